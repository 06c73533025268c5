/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "base/chars.h"

/* The first line with nothing but blanks, its end included. */
static bool find_blank(const struct lint_file *f, const struct df_instr *in,
		       struct span *at)
{
	struct str text = f->df->text;
	uint32_t end = span_end(in->head);
	for (uint32_t i = in->head.at; i < end; i++) {
		if (text.p[i] != '\n')
			continue;
		uint32_t k = i + 1;
		while (k < end && is_blank(text.p[k]))
			k++;
		if (k < end && text.p[k] == '\n') {
			*at = span_of(i + 1, k + 1);
			return true;
		}
	}
	return false;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	struct span at;
	if (!in->blank_inside || !find_blank(f, in, &at))
		return 0;
	return lint_find(out, at, err,
			 "the blank line inside this %s will end it in a "
			 "future builder; remove the line, or put a # in it",
			 str_quoted(in->keyword.text).text);
}

const struct lint_rule rule_no_empty_continuation = {
	.id = "NoEmptyContinuation",
	.severity = SEV_WARN,
	.on = DF_ADD | DF_ARG | DF_CMD | DF_COPY | DF_ENTRYPOINT | DF_ENV |
	      DF_EXPOSE | DF_FROM | DF_HEALTHCHECK | DF_LABEL | DF_MAINTAINER |
	      DF_ONBUILD | DF_RUN | DF_SHELL | DF_STOPSIGNAL | DF_USER |
	      DF_VOLUME | DF_WORKDIR | DF_UNKNOWN,
	.summary = "blank line inside an instruction",
	.check_instr = check,
};

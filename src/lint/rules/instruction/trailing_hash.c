/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/misread.h"

/* What the words become. */
static const char *becomes(enum df_kind kind)
{
	switch (kind) {
	case DF_COPY:
	case DF_ADD:
		return "the last word after it is taken as the destination";
	case DF_VOLUME:
		return "it and each word after it are volumes";
	case DF_ARG:
		return "it and each word after it are arguments";
	case DF_CMD:
	case DF_ENTRYPOINT:
	case DF_HEALTHCHECK:
	case DF_RUN:
		return "the list is no longer JSON, and a shell runs it";
	default:
		return NULL;
	}
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	static const char instead[] = "put the comment on a line of its own";
	struct span at = lint_trailing_hash(f, in);
	const char *means = becomes(in->kind);
	if (at.n == 0)
		return 0;
	if (!means)
		return lint_find(out, at, err,
				 "# does not start a comment here; it is part "
				 "of the value, so %s is %s: %s",
				 dockerfile_kind_name(in->kind),
				 str_quoted(in->rest.text).text, instead);
	return lint_find(out, at, err,
			 "# does not start a comment here; it is part of the "
			 "value, so %s: %s",
			 means, instead);
}

const struct lint_rule rule_trailing_hash = {
	.id = "PARE8002",
	.severity = SEV_WARN,
	.on = DF_ADD | DF_ARG | DF_CMD | DF_COPY | DF_ENTRYPOINT | DF_ENV |
	      DF_EXPOSE | DF_FROM | DF_HEALTHCHECK | DF_LABEL | DF_RUN |
	      DF_SHELL | DF_STOPSIGNAL | DF_USER | DF_VOLUME | DF_WORKDIR,
	.on_onbuild = true,
	.explains = "DL3000 DL3020 DL3021 DL3025 DL3045 DL3048 DL3066 "
		    "PARE7005 CopyIgnoredFile UndefinedVar SC",
	.summary = "# after an instruction, where it does not start a comment",
	.check_instr = check,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

/* A URL, a git repository, an archive. */
static bool needs_add(struct str source)
{
	return lint_word_is_archive(source) ||
	       lint_word_starts(source, "https:// http:// git:// ssh:// git@");
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	size_t n;
	const struct df_word *src = dockerfile_copy_sources(in, &n);
	const struct df_word *from = NULL, *to = NULL;
	for (size_t i = 0; i < n; i++) {
		struct str value = src[i].text;
		if (lint_value(f, in, src[i].text, &value, err) < 0)
			return -1;
		if (needs_add(lint_word_unquoted(src[i].text)) ||
		    needs_add(value))
			continue;
		from = from ? from : &src[i];
		to = &src[i];
	}
	if (!from)
		return 0;
	return lint_find(out, span_of(from->at.at, span_end(to->at)), err,
			 "ADD of %s, which COPY copies as well",
			 str_quoted(from->text).text);
}

const struct lint_rule rule_add_instead_of_copy = {
	.id = "DL3020",
	.severity = SEV_ERROR,
	.on = DF_ADD,
	.summary = "ADD of what COPY copies",
	.check_instr = check,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	size_t n;
	const struct df_word *src = dockerfile_copy_sources(in, &n);
	const struct df_word *dest = dockerfile_copy_dest(in);
	struct str value;
	if (!src || n < 2)
		return 0;
	int known = lint_value(f, in, dest->text, &value, err);
	if (known < 0)
		return -1;
	if (str_ends(lint_word_unquoted(dest->text), STR("/")) ||
	    (f->df->escape == '`' && str_ends(dest->text, STR("\\"))) ||
	    (known && str_ends(value, STR("/"))))
		return 0;
	return lint_find(out, dest->at, err,
			 "COPY has %zu sources, and the build fails unless %s "
			 "is a directory; end it with /",
			 n, str_quoted(dest->text).text);
}

const struct lint_rule rule_copy_to_no_directory = {
	.id = "DL3021",
	.severity = SEV_ERROR,
	.on = DF_COPY,
	.summary = "COPY of several sources to what may not be a directory",
	.check_instr = check,
};

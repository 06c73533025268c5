/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "base/chars.h"
#include "lint/facts/words.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	(void)f;
	if (in->n_words < 3 || !str_eq_nocase(in->words[1].text, STR("as")))
		return 0;
	struct str from = in->keyword.text, as = in->words[1].text;
	bool low = lint_word_is_lower(from), up = lint_word_is_upper(from);
	if ((!low && !up) ||
	    (low ? lint_word_is_lower(as) : lint_word_is_upper(as)))
		return 0;
	return lint_find(out, in->words[1].at, err,
			 "%s and %s differ in case, which makes the line "
			 "harder to read; write both in upper case",
			 str_quoted(as).text, str_quoted(from).text);
}

const struct lint_rule rule_from_as_casing = {
	.id = "FromAsCasing",
	.severity = SEV_WARN,
	.on = DF_FROM,
	.summary = "FROM and AS differ in case",
	.check_instr = check,
};

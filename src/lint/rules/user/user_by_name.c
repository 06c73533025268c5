/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "base/chars.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

/* hadolint takes what an ARG gives for a number. */
static bool is_argument(const struct lint_file *f, const struct df_instr *in,
			struct str word)
{
	for (uint32_t i = 0; i < in->index; i++) {
		const struct df_instr *arg = f->df->instrs[i];
		for (size_t k = 0; arg->kind == DF_ARG && k < arg->n_pairs;
		     k++) {
			struct str name = arg->pairs[k].key.text;
			size_t at = str_find(word, '$');
			at += at + 1 < word.n && word.p[at + 1] == '{';
			if (at < word.n &&
			    str_starts(str_from(word, at + 1), name))
				return true;
		}
	}
	return false;
}

static bool is_number(struct str user)
{
	user.n = str_find(user, ':');
	for (size_t i = 0; i < user.n; i++)
		if (!is_digit(user.p[i]))
			return false;
	return true;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	struct str value;
	if (in->n_words == 0)
		return 0;
	struct str word = lint_word_unquoted(in->words[0].text);
	int known = lint_value(f, in, in->words[0].text, &value, err);
	if (known <= 0)
		return known;
	if (is_number(value) ||
	    (lint_word_has_expansion(word) && is_argument(f, in, word)))
		return 0;
	return lint_find(out, in->words[0].at, err,
			 "USER %s is a name: what runs the image may need the "
			 "number",
			 str_quoted(value).text);
}

const struct lint_rule rule_user_by_name = {
	.id = "DL3066",
	.severity = SEV_INFO,
	.on = DF_USER,
	.summary = "USER by name",
	.check_instr = check,
};

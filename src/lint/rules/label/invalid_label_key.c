/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/label/label_checks.h"
#include "base/chars.h"
#include "lint/facts/words.h"

static bool is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

static const char *what_is_wrong(struct str key)
{
	if (key.n == 0 || !is_small(*key.p))
		return "does not begin with a lower-case letter";
	if (!is_small(key.p[key.n - 1]) && !is_digit(key.p[key.n - 1]))
		return "does not end with a lower-case letter or a digit";
	for (size_t i = 0; i < key.n; i++)
		if (!is_small(key.p[i]) && !is_digit(key.p[i]) &&
		    !strchr(".-_/", key.p[i]))
			return "has characters other than lower-case letters, "
			       "digits, dots, hyphens, underscores and "
			       "slashes";
	if (lint_word_contains(key, "..") || lint_word_contains(key, "--"))
		return "has two separators in a row";
	if (lint_word_starts(key, "com.docker. io.docker. org.dockerproject."))
		return "is in a namespace reserved for Docker";
	return NULL;
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	(void)f;
	for (size_t i = 0; i < in->n_pairs; i++) {
		struct str key = lint_label_name(&in->pairs[i]);
		const char *why = what_is_wrong(key);
		if (why && lint_find(out, in->pairs[i].key.at, err,
				     "label key %s %s, so other tools may "
				     "reject it; rename it",
				     str_quoted(key).text, why) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_invalid_label_key = {
	.id = "DL3048",
	.severity = SEV_STYLE,
	.on = DF_LABEL,
	.summary = "malformed label key",
	.check_instr = check,
};

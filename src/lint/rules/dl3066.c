/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "dockerfile/chars.h"
#include "lint/rules/scopes.h"
#include "lint/rules/words.h"

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	struct str value;
	if (in->n_words == 0)
		return 0;
	int known = scopes_value(f, in, in->words[0].text, &value, err);
	if (known <= 0)
		return known;
	struct str user = value;
	user.n = str_find(user, ':');
	for (size_t i = 0; i < user.n; i++)
		if (!is_digit(user.p[i]))
			return lint_find(out, in->words[0].at, err,
					 "USER %s is a name: what runs the "
					 "image may need the number",
					 str_quoted(value).text);
	return 0;
}

const struct lint_rule rule_dl3066 = {
	.id = "DL3066",
	.severity = SEV_INFO,
	.fix = FIX_SUGGESTION,
	.on = DF_USER,
	.summary = "USER by name",
	.check_instr = check,
};

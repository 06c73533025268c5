/* SPDX-License-Identifier: Apache-2.0 */
#include "base/chars.h"
#include "lint/facts/users.h"
#include "lint/rule.h"

static bool is_number(struct str user)
{
	user.n = str_find(user, ':');
	for (size_t i = 0; i < user.n; i++)
		if (!is_digit(user.p[i]))
			return false;
	return true;
}

/* Only what the container runs as matters to who starts it: a name in front of
 * it, or in a stage that does not ship, is of the build alone. Windows accounts
 * have no number that USER could take. */
static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	struct str name;
	if (in->n_words == 0 || f->target == DF_NO_STAGE ||
	    lint_user_of(f, f->target) != in)
		return 0;
	int known = lint_user_name(f, in, &name, err);
	if (known <= 0 || is_number(name) || lint_is_windows_user(name))
		return known < 0 ? -1 : 0;
	return lint_find(out, in->words[0].at, err,
			 "USER %s is a name: Kubernetes cannot tell that it is "
			 "not root (runAsNonRoot); write its number",
			 str_quoted(name).text);
}

const struct lint_rule rule_user_by_name = {
	.id = "DL3066",
	.severity = SEV_INFO,
	.on = DF_USER,
	.on_onbuild = true,
	/* root by its name is that rule's, and the worse of the two. */
	.yields_to = "DL3002",
	.summary = "USER by name",
	.check_instr = check,
};

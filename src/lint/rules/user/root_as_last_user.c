/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/users.h"

/* A stage that others build on or copy from never runs as a container: what
 * counts is who the images that come of the file run as, even where they have
 * it from such a stage. Two images may have one USER; it is told once, of the
 * first. */
static bool is_told(const struct lint_file *f, const struct df_instr *user,
		    uint32_t stage)
{
	for (uint32_t i = 0; i < stage; i++)
		if (lint_is_result(f, i) && lint_user_of(f, i) == user)
			return true;
	return false;
}

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	struct str name;
	const struct df_instr *user =
		lint_is_result(f, s->index) ? lint_user_of(f, s->index) : NULL;
	if (!user || is_told(f, user, s->index))
		return 0;
	int known = lint_user_name(f, user, &name, err);
	if (known <= 0 || !lint_user_is_root(name))
		return known < 0 ? -1 : 0;
	return lint_find(out, user->words[0].at, err,
			 "the container runs as root, since %s is the last "
			 "USER; whoever takes over the program is then root in "
			 "it; end with a USER that is not",
			 str_quoted(user->words[0].text).text);
}

const struct lint_rule rule_root_as_last_user = {
	.id = "DL3002",
	.severity = SEV_WARN,
	.whole = true,
	.summary = "the last USER of an image is root",
	.check_stage = check,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/facts/users.h"

/* A stage that others build on or copy from never runs as a container: what
 * counts is who the images that come of the file run as, even where they have
 * it from such a stage. Two images may have one USER; it is told once, of the
 * first. */
static int look(const struct lint_file *f, uint32_t stage, bool *told,
		struct lint_out *out, struct err *err)
{
	struct str name;
	const struct df_instr *user =
		lint_is_result(f, stage) ? lint_user_of(f, stage) : NULL;
	if (!user || told[user->index])
		return 0;
	told[user->index] = true;
	int known = lint_user_name(f, user, &name, err);
	if (known <= 0 || !lint_user_is_root(name))
		return known < 0 ? -1 : 0;
	return lint_find(out, user->words[0].at, err,
			 "the container runs as root, since %s is the last "
			 "USER, so whoever takes over the program is root in "
			 "it; end with a USER that is not root",
			 str_quoted(user->words[0].text).text);
}

static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	bool *told = arena_array(f->arena, f->df->n_instrs, sizeof *told, err);
	if (!told)
		return -1;
	for (uint32_t i = 0; i < f->graph->n; i++)
		if (look(f, i, told, out, err) < 0)
			return -1;
	return 0;
}

const struct lint_rule rule_root_as_last_user = {
	.id = "DL3002",
	.severity = SEV_WARN,
	.whole = true,
	.summary = "the last USER of an image is root",
	.check_file = check,
};

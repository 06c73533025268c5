/* SPDX-License-Identifier: Apache-2.0 */
/* Users, followed from stage to stage.
 *
 * What a container runs as is the last USER on the way from its base image up.
 * In
 *
 *	FROM debian AS base
 *	USER root
 *	ONBUILD USER app
 *	FROM base
 *	RUN make
 *
 * the second stage begins with the trigger of the first (Dockerfile reference,
 * ONBUILD: "as if it had been inserted immediately after FROM"), so it runs as
 * app; the root of line 2 is nobody's. Triggers fire once: a stage built on the
 * second one does not see them again. */
#include "lint/facts/users.h"

#include "base/chars.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

const struct df_instr *lint_last_instr(const struct lint_file *f,
				       uint32_t stage, enum df_kind kind)
{
	return stage == DF_NO_STAGE
		       ? NULL
		       : f->stages[stage].last[__builtin_ctz(kind)];
}

const struct df_instr *lint_user_of(const struct lint_file *f, uint32_t stage)
{
	return lint_last_instr(f, stage, DF_USER);
}

bool lint_is_result(const struct lint_file *f, uint32_t stage)
{
	if (f->stages[stage].is_used)
		return stage == f->target;
	/* With --target the user has said which image is wanted. */
	bool chosen = f->target != DF_NO_STAGE && f->target + 1 != f->graph->n;
	return !chosen || stage == f->target;
}

int lint_user_name(const struct lint_file *f, const struct df_instr *user,
		   struct str *name, struct err *err)
{
	return lint_value(f, user, user->words[0].text, name, err);
}

bool lint_user_is_root(struct str name)
{
	return lint_word_in(name, "root 0") ||
	       lint_word_starts(name, "root: 0:");
}

bool lint_is_windows_user(struct str name)
{
	return str_eq_nocase(name, STR("ContainerUser")) ||
	       str_eq_nocase(name, STR("ContainerAdministrator"));
}

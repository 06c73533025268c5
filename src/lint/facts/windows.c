/* SPDX-License-Identifier: Apache-2.0 */
/* Which stages have no POSIX shell.
 *
 * A Windows image hands RUN to `cmd /S /C`, so nothing that is known of sh
 * holds there. Five signs tell, the first one that says something decides:
 * the stage that this one is built on, a constant --platform, the image's
 * name, an account that Windows images alone have, and `# escape=`` at the head
 * of the file, which nobody writes but for the backslashes of Windows paths. A SHELL that names PowerShell or cmd is no
 * matter of the stage: it holds from its line on (script_shell.h). */
#include "dockerfile/access.h"
#include "lint/facts/bases.h"
#include "lint/facts/users.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"
#include "lint/internal.h"

/* 1, 0, or -1: --platform says nothing. */
static int by_platform(const struct lint_file *f, const struct df_instr *from,
		       int *out, struct err *err)
{
	const struct df_flag *flag = dockerfile_flag(from, "platform");
	struct str value;
	*out = -1;
	if (!flag)
		return 0;
	int known = lint_value(f, from, flag->text, &value, err);
	if (known > 0 && value.n)
		*out = str_starts(value, STR("windows"));
	return known < 0 ? -1 : 0;
}

/* USER ContainerUser or ContainerAdministrator: often all that tells, when FROM
 * is an ARG that the build gives. */
static bool has_windows_user(const struct lint_file *f,
			     const struct df_stage *s)
{
	for (uint32_t i = s->first; i < s->end; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if (in->kind == DF_USER && in->n_words &&
		    lint_is_windows_user(in->words[0].text))
			return true;
	}
	return false;
}

static int look(const struct lint_file *f, const struct df_stage *s, bool *out,
		struct err *err)
{
	int said = -1;
	if (!s->from)
		return 0;
	if (by_platform(f, s->from, &said, err) < 0)
		return -1;
	if (said < 0 && !s->is_scratch)
		said = lint_base_windows(s->image);
	if (said < 0 && !s->is_scratch)
		said = has_windows_user(f, s) || f->df->escape == '`';
	*out = said > 0;
	return 0;
}

int lint_find_windows(struct lint_file *f, struct err *err)
{
	const struct df_graph *g = f->graph;
	bool *windows = arena_array(f->arena, g->n, sizeof *windows, err);
	if (!windows)
		return -1;
	for (uint32_t i = 0; i < g->n; i++) {
		uint32_t base = g->stages[i].base;
		if (base != DF_NO_STAGE)
			windows[i] = windows[base];
		else if (look(f, &g->stages[i], &windows[i], err) < 0)
			return -1;
	}
	f->windows = windows;
	return 0;
}

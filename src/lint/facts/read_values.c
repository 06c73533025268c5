/* SPDX-License-Identifier: Apache-2.0 */
/* Variables and the working directory in front of each instruction.
 *
 * A stage's variables are one list, the newest first, and a stage that is
 * built on another one shares the tail. So what an instruction sees is a
 * suffix of that list, and one walk backwards over the instructions, with one
 * backwards over the list, gives all suffixes: a file of many thousand ENVs
 * costs its length, not the square of it. */
#include "base/chars.h"
#include "lint/facts/image_path.h"
#include "lint/facts/words.h"
#include "lint/internal.h"

/* vars[i] for the instructions [first, end). */
static void read_vars(const struct df_var *v, const struct df_var **vars,
		      size_t first, size_t end)
{
	for (size_t i = end; i-- > first;) {
		while (v && v->from && v->from->index >= i)
			v = v->older;
		vars[i] = v;
	}
}

/* Variables that are looked at for triggers, in the whole file; a file of many
 * stages with many variables each is left without them. */
enum { TRIGGER_VARS_MAX = 4096 };

/* ENV of a list, in its order: what an image keeps. */
static int keep_env(struct df_scope *to, const struct df_var *v, uint32_t *room,
		    struct err *err)
{
	const struct df_var *kept[TRIGGER_VARS_MAX];
	size_t n = 0;
	for (; v; v = v->older) {
		if (*room == 0)
			return 0;
		--*room;
		if (v->origin == DF_VAR_ENV)
			kept[n++] = v;
	}
	while (n-- > 0)
		if (dockerfile_scope_push(to, &to->vars, *kept[n], err) < 0)
			return -1;
	return 0;
}

/* A trigger is run by another build, behind all lines of its stage: it sees the
 * stage's last ENV, and ARG and ENV of the triggers in front of it, but no ARG
 * of this build. */
static int read_trigger_vars(struct lint_file *f, const struct df_stage *s,
			     const struct df_var **vars, uint32_t *room,
			     struct err *err)
{
	struct df_scope scope;
	bool begun = false;
	for (uint32_t i = s->first; i < s->end; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if (!in->inner)
			continue;
		if (!begun) {
			dockerfile_scope_init(&scope, f->df, NULL, 0, f->arena);
			scope.in_stage = true;
			if (keep_env(&scope, s->vars, room, err) < 0)
				return -1;
			begun = true;
		}
		vars[i] = scope.vars;
		if (dockerfile_scope_apply(&scope, in->inner, err) < 0)
			return -1;
	}
	return 0;
}

static int read_all_vars(struct lint_file *f, struct err *err)
{
	const struct df_graph *g = f->graph;
	size_t n = f->df->n_instrs;
	const struct df_var **vars =
		arena_array(f->arena, n, sizeof *vars, err);
	if (!vars)
		return -1;
	/* Stages lie over this: what is left are FROM and what precedes it. */
	read_vars(g->globals, vars, 0, n);
	for (uint32_t i = 0; i < g->n; i++)
		read_vars(g->stages[i].vars, vars, g->stages[i].first,
			  g->stages[i].end);
	f->vars = vars;
	for (uint32_t i = 0, room = TRIGGER_VARS_MAX; i < g->n; i++)
		if (read_trigger_vars(f, &g->stages[i], vars, &room, err) < 0)
			return -1;
	return 0;
}

/* No one goes so deep by relative steps: a hundred thousand times WORKDIR d
 * would cost the square of it, and no builder could make such a directory. */
enum { WORKDIR_MAX = 1024 };

/* What the WORKDIR makes of dir. */
static int enter(struct lint_file *f, const struct df_instr *in,
		 struct str *dir, struct err *err)
{
	struct str text = in->rest.text, to;
	bool step = text.n && (is_alpha(*text.p) || is_digit(*text.p));
	if (step && dir->n + text.n > WORKDIR_MAX && text.n < WORKDIR_MAX / 2)
		return 0; /* without a place that nobody keeps */
	if (lint_place_of(f, in, *dir, text, &to, err) < 0)
		return -1;
	if (to.n <= MAX((size_t)WORKDIR_MAX, 2 * text.n))
		*dir = to;
	return 0;
}

/* WORKDIR in front of each instruction of the stage; *dir is the one at the
 * end of the stage below, then at the end of this. */
static int read_stage(struct lint_file *f, const struct df_stage *s,
		      struct str *workdirs, struct str *dir, struct err *err)
{
	for (uint32_t i = s->first; i < s->end; i++) {
		const struct df_instr *in = f->df->instrs[i];
		workdirs[i] = *dir;
		if (in->kind == DF_WORKDIR && !in->bad &&
		    enter(f, in, dir, err) < 0)
			return -1;
	}
	return 0;
}

/* WORKDIR in front of each trigger of the stage: that at its end, and what
 * triggers in front make of it. *dir is then where a child begins. */
static int read_triggers(struct lint_file *f, const struct df_stage *s,
			 struct str *workdirs, struct str *dir, struct err *err)
{
	for (uint32_t i = s->first; i < s->end; i++) {
		const struct df_instr *in = f->df->instrs[i]->inner;
		if (!in)
			continue;
		workdirs[i] = *dir;
		if (in->kind == DF_WORKDIR && !in->bad &&
		    enter(f, in, dir, err) < 0)
			return -1;
	}
	return 0;
}

static int read_workdirs(struct lint_file *f, struct err *err)
{
	const struct df_graph *g = f->graph;
	/* Where a stage that is built on it begins. */
	struct str *child = arena_array(f->arena, g->n, sizeof *child, err);
	struct str *workdirs =
		arena_array(f->arena, f->df->n_instrs, sizeof *workdirs, err);
	if (!child || !workdirs)
		return -1;
	for (size_t i = 0; i < f->df->n_instrs; i++)
		workdirs[i] = STR("/");
	/* A stage is built on an earlier one, so that one's end is known. */
	for (uint32_t i = 0; i < g->n; i++) {
		uint32_t base = g->stages[i].base;
		child[i] = base == DF_NO_STAGE ? STR("/") : child[base];
		if (read_stage(f, &g->stages[i], workdirs, &child[i], err) <
			    0 ||
		    read_triggers(f, &g->stages[i], workdirs, &child[i], err) <
			    0)
			return -1;
	}
	f->workdirs = workdirs;
	return 0;
}

static int read_keys(struct lint_file *f, const struct df_instr *in,
		     const struct str_index **out, struct err *err)
{
	struct str_index *x = arena_alloc(f->arena, sizeof *x, err);
	struct str *keys =
		arena_array(f->arena, in->n_pairs, sizeof *keys, err);
	if (!x || !keys)
		return -1;
	for (size_t i = 0; i < in->n_pairs; i++) {
		struct str key = in->pairs[i].key.text;
		keys[i] = in->kind == DF_ARG ? key : lint_word_unquoted(key);
	}
	*out = x;
	return str_index_make(x, keys, (uint32_t)in->n_pairs, f->arena, err);
}

/* A line may set thousands, each with a value that asks for the others. */
static int read_all_keys(struct lint_file *f, struct err *err)
{
	const struct str_index **v =
		arena_array(f->arena, f->df->n_instrs, sizeof(void *), err);
	for (size_t i = 0; v && i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		in = in->inner ? in->inner : in;
		if ((in->kind & (DF_ENV | DF_ARG)) && in->n_pairs > 1 &&
		    read_keys(f, in, &v[i], err) < 0)
			return -1;
	}
	f->pair_keys = v;
	return v ? 0 : -1;
}

int lint_read_values(struct lint_file *f, struct err *err)
{
	if (read_all_vars(f, err) < 0 || read_all_keys(f, err) < 0)
		return -1;
	return read_workdirs(f, err);
}

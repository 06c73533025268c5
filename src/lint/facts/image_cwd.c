/* SPDX-License-Identifier: Apache-2.0 */
/* Where the commands of a script are run, in one walk over all of them:
 *
 *	WORKDIR /srv
 *	RUN ls; cd a; ls; (cd b; ls); ls; cd -; ls
 *	    /srv	  /srv/a   /srv/a/b  /srv/a   /srv */
#include "base/chars.h"
#include "lint/facts/image_path.h"

/* No one goes so deep by cd a hundred thousand times, and the places would take
 * the square of it. */
enum { CWD_MAX = 1024 };

/* Where the script is, and was before the last cd. */
struct where {
	struct str now, before;
	const struct sh_node *subshell; /* that it is within; NULL: none */
};

struct walk {
	const struct lint_file *f;
	struct where *v; /* the subshells around the command at hand */
	size_t n, cap;
	struct err *err;
};

static bool is_around(const struct sh_node *outer, const struct sh_node *node)
{
	while (node && node != outer)
		node = node->parent;
	return node == outer;
}

/* The subshells that begin between the innermost one around the command before
 * and this one, outermost first. A script nests SH_DEPTH_MAX deep. */
static int enter(struct walk *w, const struct sh_node *node)
{
	const struct sh_node *inner = node;
	while (inner && inner->kind != SH_SUBSHELL)
		inner = inner->parent;
	if (!inner || inner == w->v[w->n - 1].subshell)
		return 0;
	if (enter(w, inner->parent) < 0 ||
	    arena_grow(w->f->arena, &w->v, w->n, &w->cap, sizeof *w->v,
		       w->err) < 0)
		return -1;
	w->v[w->n] = w->v[w->n - 1];
	w->v[w->n++].subshell = inner;
	return 0;
}

static int change(struct walk *w, const struct lint_command *cd)
{
	struct where *at = &w->v[w->n - 1];
	struct str old = at->now, to = lint_cmd_arg(cd, 0);
	if (str_eqz(to, "-"))
		at->now = at->before;
	else if (lint_place_in(w->f, old, to.n ? to : STR("~"), &at->now,
			       w->err) < 0)
		return -1;
	if (at->now.n > CWD_MAX)
		at->now = old;
	at->before = old;
	return 0;
}

/* cd's in front of each command, in the order of the script, whatever branch
 * they stand in: a subshell ends with its cd, an if does not. cd - goes back
 * one step. */
static int walk(struct walk *w, const struct lint_run *run, struct str *cwds)
{
	struct str start = w->f->workdirs[run->outer->index];
	if (arena_grow(w->f->arena, &w->v, 0, &w->cap, sizeof *w->v, w->err) <
	    0)
		return -1;
	w->v[w->n++] = (struct where){ start, start, NULL };
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = &run->commands[i];
		while (w->n > 1 && !is_around(w->v[w->n - 1].subshell, c->node))
			w->n--;
		if (enter(w, c->node) < 0)
			return -1;
		cwds[i] = w->v[w->n - 1].now;
		if (lint_cmd_is(c, "cd pushd") && change(w, c) < 0)
			return -1;
	}
	return 0;
}

int lint_place_cwd(const struct lint_file *f, const struct lint_command *c,
		   struct str *out, struct err *err)
{
	const struct lint_run *run = c->run;
	struct lint_cwds *known = run->cwds;
	struct walk w = { .f = f, .err = err };
	if (!known->v) {
		struct str *v =
			arena_array(f->arena, run->n_commands, sizeof *v, err);
		if (!v || walk(&w, run, v) < 0)
			return -1;
		known->v = v;
	}
	*out = known->v[c->index];
	return 0;
}

/* Forty caches ask for the place of one word of an rm, and a word of four bytes
 * may stand for four thousand: the last ones are kept, where they were read. */
enum { PLACES_KEPT = 4096 };

static size_t slot_of(struct str arg)
{
	return ((uintptr_t)arg.p * UINT64_C(0x9e3779b97f4a7c15) >> 40) %
	       PLACES_KEPT;
}

int lint_place_arg(const struct lint_file *f, const struct lint_command *c,
		   struct str arg, struct str *out, struct err *err)
{
	struct lint_memo *m = f->memo;
	struct str cwd;
	if (lint_place_cwd(f, c, &cwd, err) < 0)
		return -1;
	if (!m->places)
		m->places = arena_array(f->arena, PLACES_KEPT,
					sizeof *m->places, err);
	if (!m->places)
		return -1;
	struct lint_known_place *known = &m->places[slot_of(arg)];
	if (known->arg.p != arg.p || known->arg.n != arg.n ||
	    known->cwd.p != cwd.p || known->cwd.n != cwd.n) {
		if (lint_place_in(f, cwd, arg, &known->place, err) < 0)
			return -1;
		known->arg = arg;
		known->cwd = cwd;
	}
	*out = known->place;
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "context/copies/mark_copied.h"

#include <stdlib.h>

#include "context/copies/resolve_source.h"

/* Patterns of flags as the lines of an ignore file. false: one cannot be
 * written so; nothing is said then. */
static int pattern_lines(const struct str *v, size_t n, struct buf *out,
			 struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (memchr(v[i].p, '\n', v[i].n))
			return 0;
		if ((str_starts(v[i], STR("#")) &&
		     buf_byte(out, '\\', err) < 0) ||
		    buf_str_add(out, v[i], err) < 0 ||
		    buf_byte(out, '\n', err) < 0)
			return -1;
	}
	return 1;
}

/* One source that was found. */
struct picker {
	struct context_view *w;
	uint32_t root;
	struct context_verdict *include, *exclude; /* NULL: all; none */
	struct err *err;
};

static void picker_done(struct picker *p)
{
	free(p->include);
	free(p->exclude);
}

/* A pattern that the builder refuses takes nothing away here. */
static int judge(const struct picker *p, const struct str *patterns, size_t n,
		 struct context_verdict **out)
{
	scoped(buf_done) struct buf lines = BUF_INIT(1 << 24);
	scoped(ignore_done) struct ignore ig = { 0 };
	struct err bad = { 0 };
	const struct context_tree *t = p->w->t;
	int r = pattern_lines(patterns, n, &lines, p->err);
	if (r <= 0)
		return r;
	if (ignore_parse(buf_str(&lines), &ig, &bad) < 0) {
		if (bad.code == ERR_CORRUPT)
			return 0;
		*p->err = bad;
		return -1;
	}
	struct context_verdict *v = calloc(t->n, sizeof *v);
	if (!v)
		return err_nomem(p->err, t->n * sizeof *v);
	r = context_judge(t, p->root, &ig, v, p->err);
	if (r < 0)
		free(v);
	else
		*out = v;
	return r;
}

static void take_entry(struct context_view *w, uint32_t i, uint8_t marks,
		       struct context_sum *sum)
{
	w->marks[i] |= marks;
	if (w->counted[i] == w->use || !context_is_sent(w->t, w->v, i))
		return;
	w->counted[i] = w->use;
	context_add(sum, w->t, w->v, i);
}

/* All below the root, or what the patterns leave of it. */
static void take_below(const struct picker *p, uint8_t marks,
		       struct context_sum *sum)
{
	struct context_view *w = p->w;
	const struct context_verdict *judged =
		p->include ? p->include : p->exclude;
	w->clock++;
	w->stamp[p->root] = w->clock;
	for (uint32_t i = p->root; i < w->t->n; i++) {
		if (judged ? judged[i].judged
			   : w->stamp[w->t->entries[i].parent] == w->clock ||
				     i == p->root) {
			w->stamp[i] = w->clock;
			bool in = (!p->include || p->include[i].excluded) &&
				  (!p->exclude || !p->exclude[i].excluded);
			if (in)
				take_entry(w, i, marks, sum);
		}
	}
}

static int take_root(struct context_view *w, const struct context_use *use,
		     const struct context_source *s, uint32_t root,
		     uint8_t marks, struct context_sum *sum, struct err *err)
{
	scoped(picker_done) struct picker p = { .w = w,
						.root = root,
						.err = err };
	bool dir = w->t->entries[root].type == CONTEXT_DIR;
	if (dir && s->include.n && judge(&p, &s->include, 1, &p.include) < 0)
		return -1;
	if (dir && use->n_excludes &&
	    judge(&p, use->excludes, use->n_excludes, &p.exclude) < 0)
		return -1;
	take_below(&p, marks, sum);
	return 0;
}

/* Keeps what another value of a variable would take. */
static int keep_guard(struct context_view *w, const struct context_source *s,
		      struct resolved *r, struct err *err)
{
	struct context_source guard = { .path = s->guard };
	struct context_use plain = { 0 };
	struct context_sum ignored = { 0 };
	enum context_source_state state;
	uint32_t excluded;
	r->n = r->n_via = 0;
	if (s->guard.n == 0)
		return 0;
	if (context_resolve(w, &guard, r, &state, &excluded, err) < 0)
		return -1;
	w->use++;
	for (size_t i = 0; i < r->n; i++)
		if (take_root(w, &plain, &guard, r->v[i], MARK_KEPT, &ignored,
			      err) < 0)
			return -1;
	return 0;
}

static int take_source(struct context_view *w, const struct context_use *use,
		       size_t k, uint8_t taken, struct resolved *r,
		       struct context_taken *out, struct err *err)
{
	const struct context_source *s = &use->sources[k];
	bool broad = context_takes_all(s);
	uint8_t marks = (uint8_t)(taken | (broad ? MARK_BROAD : MARK_KEPT));
	r->n = r->n_via = 0;
	if (context_resolve(w, s, r, &out->states[k], &out->excluded[k], err) <
	    0)
		return -1;
	for (size_t i = 0; i < r->n; i++)
		if (take_root(w, use, s, r->v[i], marks, &out->sum, err) < 0)
			return -1;
	for (size_t i = 0; i < r->n_via; i++)
		take_entry(w, r->via[i], (uint8_t)(taken | MARK_KEPT),
			   &out->sum);
	if (!s->known)
		out->states[k] = SOURCE_UNKNOWN;
	return 0;
}

int context_take(struct context_view *w, const struct context_use *use,
		 bool needed, struct arena *a, struct context_taken *out,
		 struct err *err)
{
	struct resolved r = { .a = a };
	*out = (struct context_taken){ 0 };
	out->states = arena_array(a, use->n, sizeof *out->states, err);
	out->excluded = arena_array(a, use->n, sizeof *out->excluded, err);
	if (!out->states || !out->excluded)
		return -1;
	for (size_t k = 0; k < use->n; k++)
		if (keep_guard(w, &use->sources[k], &r, err) < 0)
			return -1;
	w->use++;
	for (size_t k = 0; k < use->n; k++)
		if (take_source(w, use, k, needed ? MARK_TAKEN : 0, &r, out,
				err) < 0)
			return -1;
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "context/copies/mark_copied.h"

#include <stdlib.h>

#include "context/copies/resolve_source.h"

/* The patterns of --exclude and --parents as the lines of an ignore file, for
 * its matcher to read. 0: one holds a line feed and cannot be a line. A "#" in
 * front is no comment here. */
static int pattern_lines(const struct str *v, size_t n, struct buf *out,
			 struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (str_has(v[i], '\n'))
			return 0;
		if ((str_starts(v[i], STR("#")) &&
		     buf_byte(out, '\\', err) < 0) ||
		    buf_str_add(out, v[i], err) < 0 ||
		    buf_byte(out, '\n', err) < 0)
			return -1;
	}
	return 1;
}

/* An entry that a source names, and what the flags leave of it. */
struct selection {
	struct context_view *w;
	uint32_t root;
	struct context_verdict *include, *exclude; /* NULL: all; none */
	struct err *err;
};

static void selection_done(struct selection *p)
{
	free(p->include);
	free(p->exclude);
}

/* Judges what is below the root by the patterns. *out stays NULL where one
 * cannot be read: the builder refuses it, here it leaves nothing out. */
static int apply_patterns(const struct selection *p, const struct str *patterns,
			  size_t n, struct context_verdict **out)
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
	r = context_apply_ignore(t, p->root, &ig, v, p->err);
	if (r < 0)
		free(v);
	else
		*out = v;
	return r;
}

/* Two sources of one COPY may name the same file: it is counted once. */
static void mark_entry(struct context_view *w, uint32_t i, uint8_t marks,
		       struct context_sum *sum)
{
	w->marks[i] |= marks;
	if (w->counted_by[i] == w->copy_no || !context_is_sent(w->t, w->v, i))
		return;
	w->counted_by[i] = w->copy_no;
	context_add(sum, w->t, w->v, i);
}

/* Marks the root and all below it, or what the patterns leave of that. One pass
 * forwards: an entry is below the root when its parent is. Where patterns were
 * applied, their verdicts tell that as well (below_root).
 *
 * Entries stand level by level, parents first, so what is below "src" is told
 * by looking at the parent of each entry behind it, without a walk. reached_by
 * holds the number of the source instead of a bit, so nothing has to be cleared
 * for the next one. */
static void mark_below(const struct selection *p, uint8_t marks,
		       struct context_sum *sum)
{
	struct context_view *w = p->w;
	const struct context_verdict *below_root =
		p->include ? p->include : p->exclude;
	w->source_no++;
	w->reached_by[p->root] = w->source_no;
	for (uint32_t i = p->root; i < w->t->n; i++) {
		if (below_root ? below_root[i].below_root
			       : w->reached_by[w->t->entries[i].parent] ==
						 w->source_no ||
					 i == p->root) {
			w->reached_by[i] = w->source_no;
			bool in = (!p->include || p->include[i].excluded) &&
				  (!p->exclude || !p->exclude[i].excluded);
			if (in)
				mark_entry(w, i, marks, sum);
		}
	}
}

/* --exclude and --parents are for directories: a file that is named by itself
 * is copied whatever they say. */
static int mark_root(struct context_view *w, const struct context_copy *copy,
		     const struct context_source *s, uint32_t root,
		     uint8_t marks, struct context_sum *sum, struct err *err)
{
	scoped(selection_done) struct selection p = { .w = w,
						      .root = root,
						      .err = err };
	bool dir = w->t->entries[root].type == CONTEXT_DIR;
	if (dir && s->include.n &&
	    apply_patterns(&p, &s->include, 1, &p.include) < 0)
		return -1;
	if (dir && copy->n_excludes &&
	    apply_patterns(&p, copy->excludes, copy->n_excludes, &p.exclude) <
		    0)
		return -1;
	mark_below(&p, marks, sum);
	return 0;
}

/* COPY conf/$ENV with ARG ENV=dev: --build-arg ENV=prod would copy conf/prod.
 * So all of conf is marked as named, and no line is proposed for any of it. It
 * does not count as copied. */
static int mark_guard(struct context_view *w, const struct context_source *s,
		      struct resolved *r, struct err *err)
{
	struct context_source guard = { .path = s->guard };
	struct context_copy no_flags = { 0 };
	struct context_sum ignored = { 0 };
	enum context_source_state state;
	uint32_t excluded;
	r->n = r->n_via = 0;
	if (s->guard.n == 0)
		return 0;
	if (context_resolve(w, &guard, r, &state, &excluded, err) < 0)
		return -1;
	w->copy_no++;
	for (size_t i = 0; i < r->n; i++)
		if (mark_root(w, &no_flags, &guard, r->v[i], MARK_NAMED,
			      &ignored, err) < 0)
			return -1;
	return 0;
}

/* Marks what one source names, and the symlinks that lead there: without them
 * the builder would not find it. */
static int mark_source(struct context_view *w, const struct context_copy *copy,
		       size_t k, uint8_t needed, struct resolved *r,
		       struct context_copied *out, struct err *err)
{
	const struct context_source *s = &copy->sources[k];
	bool broad = context_copies_all(s);
	uint8_t marks = (uint8_t)(needed | (broad ? MARK_BROAD : MARK_NAMED));
	r->n = r->n_via = 0;
	if (context_resolve(w, s, r, &out->states[k], &out->excluded[k], err) <
	    0)
		return -1;
	for (size_t i = 0; i < r->n; i++)
		if (mark_root(w, copy, s, r->v[i], marks, &out->sum, err) < 0)
			return -1;
	for (size_t i = 0; i < r->n_via; i++)
		mark_entry(w, r->via[i], (uint8_t)(needed | MARK_NAMED),
			   &out->sum);
	if (!s->known)
		out->states[k] = SOURCE_UNKNOWN;
	return 0;
}

/* Guards first, with numbers of their own (copy_no), so that a file which a
 * guard and a source both name still counts as copied. */
int context_mark_copied(struct context_view *w, const struct context_copy *copy,
			bool needed, struct arena *a,
			struct context_copied *out, struct err *err)
{
	struct resolved r = { .a = a };
	*out = (struct context_copied){ 0 };
	out->states = arena_array(a, copy->n, sizeof *out->states, err);
	out->excluded = arena_array(a, copy->n, sizeof *out->excluded, err);
	if (!out->states || !out->excluded)
		return -1;
	for (size_t k = 0; k < copy->n; k++)
		if (mark_guard(w, &copy->sources[k], &r, err) < 0)
			return -1;
	w->copy_no++;
	for (size_t k = 0; k < copy->n; k++)
		if (mark_source(w, copy, k, needed ? MARK_NEEDED : 0, &r, out,
				err) < 0)
			return -1;
	return 0;
}

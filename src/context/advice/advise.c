/* SPDX-License-Identifier: Apache-2.0 */
#include "context/advice/advise.h"

#include <stdlib.h>

#include "context/advice/propose_lines.h"
#include "context/advice/path_pattern.h"

/* Why lines are tried although each was checked when it was proposed: a line
 * means more than it was made for. Three ways to exclude what must stay:
 *
 *   - its pattern matches another entry as well;
 *   - an exception of the user's (!pattern) stands before it, and the last
 *     pattern decides;
 *   - it matches a source that is not there yet.
 *
 * So the whole file is judged, and what a COPY names is compared with before.
 *
 * The lines on trial, and what they are tried against. */
struct trial {
	const struct context_advice_input *q;
	struct context_advice *out;
	struct err *err;
	struct ignore ig;
	struct context_verdict *v;
};

static void trial_done(struct trial *t)
{
	ignore_done(&t->ig);
	free(t->v);
	t->v = NULL;
}

static int by_reason(const void *a, const void *b)
{
	const struct context_addition *x = a, *y = b;
	if (x->reason != y->reason) /* lines without one come last */
		return x->reason == REASON_NONE	  ? 1
		       : y->reason == REASON_NONE ? -1
		       : x->reason < y->reason	  ? -1
						  : 1;
	return str_cmp(x->line, y->line);
}

/* Judges the tree by the ignore file with all lines in it: the file as it would
 * be written is parsed again, so that a mistake in writing it shows here. */
static int try_all(struct trial *t)
{
	const struct context_tree *tree = t->q->w->t;
	scoped(buf_done) struct buf text = BUF_INIT(UINT32_MAX / 2);
	trial_done(t);
	if (context_compose_ignore(t->q->text, t->out, &text, t->err) < 0 ||
	    ignore_parse(buf_str(&text), &t->ig, t->err) < 0)
		return -1;
	t->v = calloc(tree->n, sizeof *t->v);
	if (!t->v)
		return err_nomem(t->err, tree->n * sizeof *t->v);
	return context_apply_ignore(tree, CONTEXT_ROOT, &t->ig, t->v, t->err);
}

/* The line that a pattern of the new file comes from: they stand at its end,
 * one pattern each. SIZE_MAX: one of the user's. */
static size_t addition_of(const struct trial *t, uint32_t pattern)
{
	size_t old = t->ig.n - t->out->n;
	return pattern == CONTEXT_NONE || pattern < old ? SIZE_MAX
							: pattern - old;
}

static bool drop(struct trial *t, uint32_t pattern)
{
	struct context_advice *out = t->out;
	size_t i = addition_of(t, pattern);
	if (i >= out->n)
		return false;
	out->n--;
	memmove(&out->v[i], &out->v[i + 1], (out->n - i) * sizeof *out->v);
	return true;
}

/* A pattern that excludes what a COPY names; CONTEXT_NONE: there is none. */
static uint32_t offending_in_tree(const struct trial *t)
{
	const struct context_view *w = t->q->w;
	for (uint32_t i = 0; i < w->t->n; i++)
		if ((w->marks[i] & MARK_NAMED) &&
		    context_is_sent(w->t, w->v, i) && t->v[i].excluded)
			return t->v[i].pattern;
	return CONTEXT_NONE;
}

/* The same for sources that are not there yet, since a build on the host makes
 * them first. */
static int offending_in_sources(const struct trial *t, uint32_t *pattern)
{
	const struct context_advice_input *q = t->q;
	*pattern = CONTEXT_NONE;
	for (size_t i = 0; i < q->n_copies; i++)
		for (size_t k = 0; k < q->copies->v[i].n; k++) {
			struct ignore_result was, is;
			struct str path = q->copies->v[i].sources[k].path;
			if (ignore_path(q->ig, path, &was, t->err) < 0 ||
			    ignore_path(&t->ig, path, &is, t->err) < 0)
				return -1;
			if (!was.excluded && is.excluded)
				*pattern = (uint32_t)is.pattern;
		}
	return 0;
}

/* What the lines save: entries that were sent and are excluded now, each
 * counted for the line that decides. */
static void count(const struct trial *t)
{
	const struct context_view *w = t->q->w;
	struct context_advice *out = t->out;
	for (uint32_t i = 0; i < w->t->n; i++) {
		if (!context_is_sent(w->t, w->v, i) || !t->v[i].excluded)
			continue;
		size_t k = addition_of(t, t->v[i].pattern);
		context_add(&out->saves, w->t, w->v, i);
		if (k < out->n)
			context_add(&out->v[k].saves, w->t, w->v, i);
	}
}

/* Drops one offending line a round and tries the rest again. A line can only be
 * to blame for what it excludes, and each round drops one, so this ends. An
 * offending pattern of the user's own cannot be: the entry is sent without the
 * lines. Should that fail, no advice is given at all. */
int context_advise(const struct context_advice_input *q, struct arena *a,
		   struct context_advice *out, struct err *err)
{
	scoped(trial_done) struct trial t = { .q = q, .out = out, .err = err };
	*out = (struct context_advice){ 0 };
	if (context_propose_lines(q, a, out, err) < 0)
		return -1;
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, by_reason);
	while (out->n) {
		uint32_t pattern;
		if (try_all(&t) < 0)
			return -1;
		pattern = offending_in_tree(&t);
		if (pattern == CONTEXT_NONE &&
		    offending_in_sources(&t, &pattern) < 0)
			return -1;
		if (pattern == CONTEXT_NONE)
			break;
		if (!drop(&t, pattern))
			out->n = 0;
	}
	if (out->n)
		count(&t);
	return 0;
}

static int add_line(struct buf *out, struct str line, const char *end,
		    struct err *err)
{
	if (buf_str_add(out, line, err) < 0)
		return -1;
	return buf_str_add(out, str_of(end), err);
}

static const char *heading(enum catalog_reason r)
{
	if (r == REASON_NONE)
		return "no COPY takes these";
	return r == REASON_DOCKER ? "docker's own files"
				  : catalog_reason_name(r);
}

/* The user's bytes come first, untouched, so that what they exclude or
 * re-include stays so; CRLF line ends are kept to. A heading stands above the
 * lines of each reason. */
int context_compose_ignore(struct str text, const struct context_advice *ad,
			   struct buf *out, struct err *err)
{
	size_t first = str_find(text, '\n');
	bool crlf = first && first < text.n && text.p[first - 1] == '\r';
	const char *end = crlf ? "\r\n" : "\n";
	if (buf_str_add(out, text, err) < 0)
		return -1;
	if (ad->n == 0)
		return 0;
	if (text.n && text.p[text.n - 1] != '\n' &&
	    buf_str_add(out, str_of(end), err) < 0)
		return -1;
	for (size_t i = 0; i < ad->n; i++) {
		const struct context_addition *x = &ad->v[i];
		bool new = i == 0 || ad->v[i - 1].reason != x->reason;
		if (new &&
		    ((out->n && add_line(out, STR(""), end, err) < 0) ||
		     buf_str_add(out, STR("# "), err) < 0 ||
		     add_line(out, str_of(heading(x->reason)), end, err) < 0))
			return -1;
		if (add_line(out, x->line, end, err) < 0)
			return -1;
	}
	return 0;
}

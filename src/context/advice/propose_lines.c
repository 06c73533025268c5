/* SPDX-License-Identifier: Apache-2.0 */
#include "context/advice/propose_lines.h"

#include <stdlib.h>

#include "context/advice/removable.h"
#include "context/copies/wildcard.h"
#include "context/advice/path_pattern.h"

/* So many names of one directory are not listed one by one. */
enum { CROWD = 100, NEARBY = 8, PATTERNS_MAX = IGNORE_PATTERNS_MAX / 2 };

static int add(struct chooser *c, struct str line, enum context_reason reason)
{
	struct context_advice *o = c->out;
	if (o->n == c->cap) {
		size_t cap = c->cap ? 2 * c->cap : 16;
		struct context_addition *v =
			arena_array(c->a, cap, sizeof *v, c->err);
		if (!v)
			return -1;
		if (o->n)
			memcpy(v, o->v, o->n * sizeof *v);
		o->v = v;
		c->cap = cap;
	}
	o->v[o->n++] =
		(struct context_addition){ .line = line, .reason = reason };
	return 0;
}

/* Could a wildcard of a COPY match a name that the row means? */
static bool wildcard_may_match(struct str path, const struct reason_row *row)
{
	struct str part, rest = path, name = str_of(row->name);
	size_t star = str_find(name, '*');
	while (rest.n) {
		if (!str_cut(rest, '/', &part, &rest)) {
			part = rest;
			rest.n = 0;
		}
		if (!glob_has_wildcard(part))
			continue;
		if (star < name.n || glob_match(part, name))
			return true;
	}
	return false;
}

/* No source of a COPY, be it there or not, may be meant by the line. */
static int meets_source(struct chooser *c, struct str line,
			const struct reason_row *row, bool *meets)
{
	scoped(ignore_done) struct ignore ig = { 0 };
	const struct context_uses *u = c->q->uses;
	*meets = false;
	if (ignore_parse(line, &ig, c->err) < 0)
		return -1;
	for (size_t i = 0; i < c->q->n_uses; i++)
		for (size_t k = 0; k < u->v[i].n; k++) {
			const struct context_source *s = &u->v[i].sources[k];
			struct ignore_result r;
			if (ignore_path(&ig, s->path, &r, c->err) < 0)
				return -1;
			*meets |= r.excluded ||
				  wildcard_may_match(s->path, row) ||
				  (s->include.n &&
				   wildcard_may_match(s->include, row));
		}
	return 0;
}

/* Adds a line for the name anywhere, where that is safe; later entries of the
 * row are then meant by it. */
static int add_name(struct chooser *c, uint16_t r)
{
	const struct reason_row *row = &context_reasons[r];
	scoped(buf_done) struct buf b = BUF_INIT(4096);
	struct str line;
	bool meets = true;
	if (c->spread[r])
		return 0;
	c->spread[r] = -1;
	if (row->beside || row->inside || row->bytes_min ||
	    row->surety == NEVER || row->reason == REASON_DOCKER ||
	    !chooser_all_may_go(c, row, CONTEXT_NONE))
		return 0;
	if (buf_addf(&b, c->err, "**/%s", row->name) < 0 ||
	    meets_source(c, buf_str(&b), row, &meets) < 0)
		return -1;
	if (meets)
		return 0;
	c->spread[r] = 1;
	if (arena_str(c->a, buf_str(&b), &line, c->err) < 0)
		return -1;
	return add(c, line, row->reason);
}

/* 1: appended "DIR/" as an ignore file spells it, nothing for the root. */
static int dir_prefix(struct chooser *c, uint32_t dir, struct buf *out)
{
	scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
	struct str line;
	if (dir == CONTEXT_ROOT)
		return 1;
	if (context_path(c->t, CONTEXT_ROOT, dir, &path, c->err) < 0)
		return -1;
	int r = spell_path(buf_str(&path), c->a, &line, c->err);
	if (r > 0 && (buf_str_add(out, line, c->err) < 0 ||
		      buf_byte(out, '/', c->err) < 0))
		return -1;
	return r;
}

/* DIR/NAME for a row with a star, where a line a file would be many. 1: there
 * is such a line now. */
static int add_nearby(struct chooser *c, uint32_t i)
{
	uint16_t r = c->q->rows[i];
	const struct reason_row *row = &context_reasons[r];
	uint32_t dir = c->t->entries[i].parent, n = 0;
	scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
	struct str line = { 0 };
	struct nearby *was = &c->nearby[r];
	bool meets;
	if (row->name[0] != '*' || row->bytes_min)
		return 0;
	if (was->dir == dir)
		return was->spoken;
	*was = (struct nearby){ .dir = dir };
	const struct context_entry *d = &c->t->entries[dir];
	for (uint32_t k = d->first; k < d->first + d->n; k++)
		n += c->q->rows[k] == r && chooser_may_go(c, k);
	if (n < NEARBY || !chooser_all_may_go(c, row, dir))
		return 0;
	int spelled = dir_prefix(c, dir, &path);
	if (spelled <= 0)
		return spelled;
	if (buf_str_add(&path, str_of(row->name), c->err) < 0 ||
	    meets_source(c, buf_str(&path), row, &meets) < 0)
		return -1;
	if (meets)
		return 0;
	was->spoken = true;
	if (arena_str(c->a, buf_str(&path), &line, c->err) < 0 ||
	    add(c, line, row->reason) < 0)
		return -1;
	return 1;
}

static int add_path(struct chooser *c, uint32_t i)
{
	scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
	struct str line;
	if (context_path(c->t, CONTEXT_ROOT, i, &path, c->err) < 0)
		return -1;
	int r = spell_path(buf_str(&path), c->a, &line, c->err);
	if (r < 0)
		return -1;
	c->chosen[i] = r > 0;
	c->out->n_unspeakable += r == 0;
	return r == 0 ? 0 : add(c, line, context_reason_of(c->q->rows[i]));
}

static int choose(struct chooser *c, uint32_t i)
{
	uint16_t row = c->q->rows[i];
	c->chosen[i] = c->chosen[c->t->entries[i].parent];
	if (c->chosen[i] || !chooser_may_go(c, i))
		return 0;
	bool root = row != REASON_ROW_NONE && chooser_row_root(c, i) == i;
	if (root && add_name(c, row) < 0)
		return -1;
	c->chosen[i] = root && c->spread[row] > 0;
	if (root && !c->chosen[i]) {
		int r = add_nearby(c, i);
		if (r < 0)
			return -1;
		c->chosen[i] = r > 0;
	}
	if (c->chosen[i])
		return 0;
	if (c->crowded) {
		c->out->n_unspeakable++;
		return 0;
	}
	return add_path(c, i);
}

/* Children in turn; whether they are a crowd is told before. */
static int choose_children(struct chooser *c, uint32_t dir)
{
	const struct context_entry *d = &c->t->entries[dir];
	uint32_t n = 0;
	c->crowded = false;
	for (uint32_t i = d->first; i < d->first + d->n && !c->chosen[dir]; i++)
		n += chooser_may_go(c, i);
	c->crowded = n > CROWD;
	for (uint32_t i = d->first; i < d->first + d->n; i++)
		if (choose(c, i) < 0)
			return -1;
	return 0;
}

int context_choose(const struct context_question *q, struct arena *a,
		   struct context_advice *out, struct err *err)
{
	scoped(chooser_done) struct chooser c = {
		.q = q, .t = q->w->t, .a = a, .out = out, .err = err
	};
	if (chooser_init(&c) < 0)
		return -1;
	for (uint32_t i = 0; i < c.t->n; i++)
		if (c.t->entries[i].n && choose_children(&c, i) < 0)
			return -1;
	/* A new ignore file is not to be sent either, so that the next round
	 * finds nothing to do. */
	if (out->n && q->new_file &&
	    add(&c, str_of(q->new_file), REASON_DOCKER) < 0)
		return -1;
	if (out->n + q->ig->n > PATTERNS_MAX) {
		out->n_unspeakable += out->n;
		out->n = 0;
	}
	return 0;
}

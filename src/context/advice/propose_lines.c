/* SPDX-License-Identifier: Apache-2.0 */
#include "context/advice/propose_lines.h"

#include <stdlib.h>

#include "context/advice/candidates.h"
#include "context/copies/wildcard.h"
#include "context/advice/path_pattern.h"

/* Three kinds of lines, the shortest that is safe wins:
 *
 *   (name anywhere)  node_modules at any depth, when all of them may go
 *   DIR/NAME         d/ and a name with a star, where 8 or more match in d
 *   PATH             one entry
 *
 * A directory with more than LISTED_MAX candidates gets no lines of the third
 * kind: a file of ten thousand paths helps nobody. They are counted instead. */
enum {
	LISTED_MAX = 100,
	DIRECTORY_LINE_MIN = 8,
	PATTERNS_MAX = IGNORE_PATTERNS_MAX / 2,
};

/* Appends a line. Arrays in the arena grow by copying; the old ones stay there
 * until all is released. */
static int add(struct candidates *c, struct str line,
	       enum catalog_reason reason)
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

/* Could a wildcard of a COPY match a name that the row matches? Two patterns
 * are compared: where the row has a star, too, it may. */
static bool wildcard_may_match(struct str path, const struct catalog_trace *row)
{
	struct str component, rest = path, name = str_of(row->name);
	size_t star = str_find(name, '*');
	while (rest.n) {
		if (!str_cut(rest, '/', &component, &rest)) {
			component = rest;
			rest.n = 0;
		}
		if (!context_has_wildcard(component))
			continue;
		if (star < name.n || context_wildcard_match(component, name))
			return true;
	}
	return false;
}

/* *meets: the line matches a source of some COPY. The source need not be there:
 * COPY dist /d copies what a build on the host makes first, and a line "dist"
 * would break it.
 *
 * It is asked of the line as the builder will read it, by the same parser and
 * matcher, and not of the row that it came from. */
static int meets_source(struct candidates *c, struct str line,
			const struct catalog_trace *row, bool *meets)
{
	scoped(ignore_done) struct ignore ig = { 0 };
	const struct context_copies *u = c->q->copies;
	*meets = false;
	if (ignore_parse(line, &ig, c->err) < 0)
		return -1;
	for (size_t i = 0; i < c->q->n_copies; i++)
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

/* Proposes a line for the row's name anywhere, where that is safe; it then
 * covers all later entries of the row. A row that looks at what lies beside or
 * inside an entry cannot have one, as the line does not look: "target" anywhere
 * would match what is no build output. */
static int add_anywhere_line(struct candidates *c, uint16_t r)
{
	const struct catalog_trace *row = c->q->waste->rows[r];
	scoped(buf_done) struct buf b = BUF_INIT(4096);
	struct str line;
	bool meets = true;
	if (c->anywhere_line[r])
		return 0;
	c->anywhere_line[r] = -1;
	if (row->beside || row->inside || row->bytes_min ||
	    row->safe_when == SAFE_NEVER || row->reason == REASON_DOCKER ||
	    !context_may_leave_out_all(c, r, CONTEXT_NONE))
		return 0;
	if (buf_addf(&b, c->err, "**/%s", row->name) < 0 ||
	    meets_source(c, buf_str(&b), row, &meets) < 0)
		return -1;
	if (meets)
		return 0;
	c->anywhere_line[r] = 1;
	if (arena_str(c->a, buf_str(&b), &line, c->err) < 0)
		return -1;
	return add(c, line, row->reason);
}

/* Appends "DIR/" as a pattern, nothing for the root. 1: done; 0: the directory
 * has no pattern. */
static int dir_prefix(struct candidates *c, uint32_t dir, struct buf *out)
{
	scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
	struct str line;
	if (dir == CONTEXT_ROOT)
		return 1;
	if (context_path(c->t, CONTEXT_ROOT, dir, &path, c->err) < 0)
		return -1;
	int r = context_path_pattern(buf_str(&path), c->a, &line, c->err);
	if (r > 0 && (buf_str_add(out, line, c->err) < 0 ||
		      buf_byte(out, '/', c->err) < 0))
		return -1;
	return r;
}

/* Proposes DIR/NAME for a row with a star, where there would be many lines: d/
 * and "*.zip". 1: there is such a line. Children of a directory come one after
 * the other, so only the answer for the last directory is remembered. */
static int add_directory_line(struct candidates *c, uint32_t i)
{
	uint16_t r = c->q->rows[i];
	const struct catalog_trace *row = c->q->waste->rows[r];
	uint32_t dir = c->t->entries[i].parent, n = 0;
	scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
	struct str line = { 0 };
	struct directory_line *was = &c->directory_line[r];
	bool meets;
	if (row->name[0] != '*' || row->bytes_min)
		return 0;
	if (was->dir == dir)
		return was->proposed;
	*was = (struct directory_line){ .dir = dir };
	const struct context_entry *d = &c->t->entries[dir];
	for (uint32_t k = d->first; k < d->first + d->n; k++)
		n += c->q->rows[k] == r && context_may_leave_out(c, k);
	if (n < DIRECTORY_LINE_MIN || !context_may_leave_out_all(c, r, dir))
		return 0;
	int spelled = dir_prefix(c, dir, &path);
	if (spelled <= 0)
		return spelled;
	if (buf_str_add(&path, str_of(row->name), c->err) < 0 ||
	    meets_source(c, buf_str(&path), row, &meets) < 0)
		return -1;
	if (meets)
		return 0;
	was->proposed = true;
	if (arena_str(c->a, buf_str(&path), &line, c->err) < 0 ||
	    add(c, line, row->reason) < 0)
		return -1;
	return 1;
}

static int add_path_line(struct candidates *c, uint32_t i)
{
	scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
	struct str line;
	if (context_path(c->t, CONTEXT_ROOT, i, &path, c->err) < 0)
		return -1;
	int r = context_path_pattern(buf_str(&path), c->a, &line, c->err);
	if (r < 0)
		return -1;
	c->covered[i] = r > 0;
	c->out->n_unlisted += r == 0;
	return r == 0 ? 0
		      : add(c, line,
			    context_reason_of(c->q->waste, c->q->rows[i]));
}

/* Finds a line that covers entry i, if it may be left out and none does yet.
 * Parents come first, so a directory that has a line spares its contents. Only
 * the entry whose own name matches the row is asked for a line by name: below
 * node_modules everything has that row. */
static int propose(struct candidates *c, uint32_t i)
{
	uint16_t row = c->q->rows[i];
	c->covered[i] = c->covered[c->t->entries[i].parent];
	if (c->covered[i] || !context_may_leave_out(c, i))
		return 0;
	bool root = row != REASON_ROW_NONE && context_reason_root(c, i) == i;
	if (root && add_anywhere_line(c, row) < 0)
		return -1;
	c->covered[i] = root && c->anywhere_line[row] > 0;
	if (root && !c->covered[i]) {
		int r = add_directory_line(c, i);
		if (r < 0)
			return -1;
		c->covered[i] = r > 0;
	}
	if (c->covered[i])
		return 0;
	if (c->too_many) {
		c->out->n_unlisted++;
		return 0;
	}
	return add_path_line(c, i);
}

/* Candidates are counted before any gets a line: too many get none. */
static int propose_children(struct candidates *c, uint32_t dir)
{
	const struct context_entry *d = &c->t->entries[dir];
	uint32_t n = 0;
	c->too_many = false;
	for (uint32_t i = d->first; i < d->first + d->n && !c->covered[dir];
	     i++)
		n += context_may_leave_out(c, i);
	c->too_many = n > LISTED_MAX;
	for (uint32_t i = d->first; i < d->first + d->n; i++)
		if (propose(c, i) < 0)
			return -1;
	return 0;
}

int context_propose_lines(const struct context_advice_input *q, struct arena *a,
			  struct context_advice *out, struct err *err)
{
	scoped(context_candidates_done) struct candidates c = {
		.q = q, .t = q->w->t, .a = a, .out = out, .err = err
	};
	if (context_candidates_init(&c) < 0)
		return -1;
	for (uint32_t i = 0; i < c.t->n; i++)
		if (c.t->entries[i].n && propose_children(&c, i) < 0)
			return -1;
	/* The ignore file that these lines make is in the context itself. It
	 * gets a line, too, so that a second run has nothing to propose. */
	if (out->n && q->new_file &&
	    add(&c, str_of(q->new_file), REASON_DOCKER) < 0)
		return -1;
	if (out->n + q->ig->n > PATTERNS_MAX) {
		out->n_unlisted += out->n;
		out->n = 0;
	}
	return 0;
}

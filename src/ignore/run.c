/* SPDX-License-Identifier: Apache-2.0 */
/* A path against a compiled pattern: all ways at once, one character after the
 * other (Thompson's simulation). now[i] says that a match may go on at node i.
 *
 * No backtracking: a pattern of a hundred stars against a path of a hundred
 * thousand bytes costs their product. Go's engine has the same bound, so what
 * a builder can match can be matched here.
 *
 * Example: ^a*b$ has the nodes BEGIN, CHAR a star, CHAR b, END. Before the
 * first character "aab" is at 0, 1 and 2; after each a at 1 and 2; after b at 3
 * and, since the path ends there, at 4: it matches. */
#include <stdlib.h>

#include "base/chars.h"
#include "ignore/internal.h"

static bool accepts(const struct node *n, int32_t ch)
{
	if (n->kind == NODE_CHAR)
		return n->c == ch;
	if (n->kind == NODE_DOT || n->kind == NODE_DIRS)
		return ch != '\n';
	if (n->kind == NODE_BEGIN || n->kind == NODE_END)
		return false;
	for (size_t i = 0; i < n->n_ranges; i++)
		if (ch >= n->ranges[i].from && ch <= n->ranges[i].to)
			return !n->negated;
	return n->negated;
}

/* What may come at node i without a character: stars and (.*\/)? may be
 * nothing, anchors hold at their end of the path. */
static void reach(const struct ignore_program *p, bool *set, size_t i,
		  bool begin, bool end)
{
	for (;; i++) {
		set[i] = true;
		if (i == p->n)
			return;
		const struct node *n = &p->nodes[i];
		bool anchor = (n->kind == NODE_BEGIN && begin) ||
			      (n->kind == NODE_END && end);
		if (!n->star && n->kind != NODE_DIRS && !anchor)
			return;
	}
}

/* Inside (.*\/)? a path may go on after any slash; in[i] says that i is
 * inside already. */
static void step(const struct ignore_program *p, const bool *now, bool *next,
		 int32_t ch, bool end)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct node *n = &p->nodes[i];
		if (!now[i] || n->kind == NODE_BEGIN || n->kind == NODE_END ||
		    !accepts(n, ch))
			continue;
		if (n->star)
			reach(p, next, i, false, end);
		else if (n->kind != NODE_DIRS || ch == '/')
			reach(p, next, i + 1, false, end);
	}
}

/* Once the last node was passed the rest of the path does not matter: a pattern
 * without $ matches a beginning. */
static bool simulate(const struct ignore_program *p, struct str path, bool *now,
		     bool *next, bool *dirs)
{
	size_t len;
	reach(p, now, 0, true, path.n == 0);
	for (size_t at = 0; at < path.n && !now[p->n]; at += len) {
		int32_t ch = char_at(path, at, &len);
		bool end = at + len == path.n;
		memset(next, 0, p->n + 1);
		for (size_t i = 0; i < p->n; i++) {
			dirs[i] = p->nodes[i].kind == NODE_DIRS && ch != '\n' &&
				  (dirs[i] || now[i]);
			now[i] |= dirs[i];
		}
		step(p, now, next, ch, end);
		if (!p->begins)
			reach(p, next, 0, false, end);
		bool *swap = now;
		now = next;
		next = swap;
	}
	return now[p->n];
}

/* Patterns of 127 nodes and fewer, which all but hostile files have, need no
 * allocation for a path. */
static int run_one(const struct ignore_program *p, struct str path,
		   struct err *err)
{
	bool small[3 * 128];
	size_t n = p->n + 1;
	if (!str_starts(path, p->start) || !str_ends(path, p->end))
		return 0;
	if (n <= 128) {
		memset(small, 0, sizeof small);
		return simulate(p, path, small, small + 128, small + 256);
	}
	bool *big = calloc(3, n);
	if (!big)
		return err_nomem(err, 3 * n);
	int r = simulate(p, path, big, big + n, big + 2 * n);
	free(big);
	return r;
}

int ignore_run(const struct ignore_program *p, struct str path, struct err *err)
{
	int r = 0;
	for (; p && r == 0; p = p->next)
		r = run_one(p, path, err);
	return r;
}

struct str ignore_literal_start(const struct ignore_program *p)
{
	return p->next ? STR("") : p->start;
}

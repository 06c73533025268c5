/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the names in scope was meant. The distance of Levenshtein, one row
 * at a time: row[k] is what it takes to make the first k bytes of b of the
 * first i bytes of a.
 *
 *	TARGETARHC -> TARGETARCH: 2 (swapped letters are two changes)
 *
 * Only elements near the diagonal can stay below the limit, and once a row has
 * none the names are too different: most end within a few letters. Names of
 * more than 128 bytes are compared whole: the row is on the stack. */
#include "lint/rules/variable/suggest.h"

#include "dockerfile/scope.h"

enum { NAME_MAX_BYTES = 128 };

unsigned lint_edit_distance(struct str a, struct str b, unsigned limit)
{
	unsigned row[NAME_MAX_BYTES + 2], n = (unsigned)b.n;
	if (a.n > NAME_MAX_BYTES || b.n > NAME_MAX_BYTES)
		return str_eq(a, b) ? 0 : limit + 1;
	if (a.n > b.n + limit || b.n > a.n + limit)
		return limit + 1;
	for (unsigned k = 0; k <= n + 1; k++)
		row[k] = k <= limit ? k : limit + 1;
	for (unsigned i = 1; i <= a.n; i++) {
		unsigned from = i > limit ? i - limit : 1;
		unsigned corner = row[from - 1], best;
		row[from - 1] = from == 1 ? MIN(i, limit + 1) : limit + 1;
		best = row[from - 1];
		for (unsigned k = from; k <= MIN(n, i + limit); k++) {
			unsigned swap = corner + (a.p[i - 1] != b.p[k - 1]);
			corner = row[k];
			unsigned put = MIN(row[k], row[k - 1]) + 1;
			row[k] = MIN(swap, put);
			row[k] = MIN(row[k], limit + 1);
			best = MIN(best, row[k]);
		}
		if (best > limit)
			return limit + 1;
	}
	return row[n];
}

void lint_suggest_offer(struct suggestion *s, struct str name)
{
	unsigned limit = SUGGEST_DISTANCE_MAX;
	unsigned d = lint_edit_distance(s->wanted, name, limit);
	if (d > limit || d == 0 || (s->best.n && d >= s->distance))
		return;
	s->best = name;
	s->distance = d;
}

void lint_suggest_offer_vars(struct suggestion *s, const struct df_var *v,
			     bool set_alone)
{
	for (size_t n = 0; v && n < SUGGEST_NAMES_MAX; v = v->older, n++)
		if (v->set || !set_alone)
			lint_suggest_offer(s, v->name);
}

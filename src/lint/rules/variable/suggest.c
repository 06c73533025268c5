/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the names in scope was meant. The distance of Levenshtein, one row
 * at a time: row[k] is what it takes to make the first k bytes of b of the
 * first i bytes of a.
 *
 *	TARGETARHC -> TARGETARCH: 2 (swapped letters are two changes)
 *
 * Names of more than 128 bytes are compared whole: the row is on the stack. */
#include "lint/rules/variable/suggest.h"

enum { NAME_MAX_BYTES = 128 };

unsigned lint_edit_distance(struct str a, struct str b, unsigned limit)
{
	unsigned row[NAME_MAX_BYTES + 1];
	if (a.n > NAME_MAX_BYTES || b.n > NAME_MAX_BYTES)
		return str_eq(a, b) ? 0 : limit + 1;
	if (a.n > b.n + limit || b.n > a.n + limit)
		return limit + 1;
	for (unsigned k = 0; k <= b.n; k++)
		row[k] = k;
	for (unsigned i = 1; i <= a.n; i++) {
		unsigned corner = row[0];
		row[0] = i;
		for (unsigned k = 1; k <= b.n; k++) {
			unsigned swap = corner + (a.p[i - 1] != b.p[k - 1]);
			corner = row[k];
			unsigned put = MIN(row[k], row[k - 1]) + 1;
			row[k] = MIN(swap, put);
		}
	}
	return MIN(row[b.n], limit + 1);
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

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/macros.h"

enum { NAME_MAX_LEN = 40 };

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Edits (insert, drop, change, swap of neighbours) that turn a into b: optimal
 * string alignment, row by row; only three rows are kept. */
static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
	size_t rows[3][NAME_MAX_LEN + 1];
	for (size_t j = 0; j <= m; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3];
		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			size_t same =
				lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
			size_t d = MIN(above[j] + 1, row[j - 1] + 1);
			d = MIN(d, above[j - 1] + same);
			if (i > 1 && j > 1 &&
			    lower(a[i - 1]) == lower(b[j - 2]) &&
			    lower(a[i - 2]) == lower(b[j - 1]))
				d = MIN(d, rows[(i + 1) % 3][j - 2] + 1);
			row[j] = d;
		}
	}
	return rows[n % 3][m];
}

struct nearest nearest_to(const char *wanted)
{
	/* A third of the letters may be wrong, one always may. */
	size_t n = strlen(wanted), far = MAX(n / 3, (size_t)1) + 1;
	/* Of one letter, every other is near. */
	if (n < 2)
		far = 1;
	return (struct nearest){ .wanted = wanted, .distance = far };
}

void nearest_try(struct nearest *n, const char *name)
{
	size_t a = strlen(n->wanted), b = strlen(name);
	if (a > NAME_MAX_LEN || b > NAME_MAX_LEN)
		return;
	/* The beginning of a name is as good as one wrong letter. */
	bool begins = a >= 2 && strncasecmp(name, n->wanted, a) == 0;
	size_t d = begins ? 1 : distance(n->wanted, a, name, b);
	/* Of names that begin so, the shorter lacks less. */
	bool closer =
		begins && d == n->distance && n->best && b < strlen(n->best);
	if (d < n->distance || closer) {
		n->distance = d;
		n->best = name;
	}
}

struct nearest_hint nearest_hint(const struct nearest *n, const char *before)
{
	struct nearest_hint h = { "" };
	if (n->best)
		snprintf(h.text, sizeof h.text, " (did you mean %s%s?)", before,
			 n->best);
	return h;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/file_pairs.h"

#include <stdlib.h>

#include "analyze/contents.h"
#include "base/vec.h"

void analyze_pairs_done(struct file_pairs *s)
{
	free(s->v);
	*s = (struct file_pairs){ 0 };
}

int analyze_pairs_add(struct file_pairs *s, uint32_t a, uint32_t b,
		      struct err *err)
{
	if (vec_room((void **)&s->v, s->n, &s->cap, sizeof *s->v, err) < 0)
		return -1;
	s->v[s->n++] = (struct file_pair){ .a = a, .b = b };
	return 0;
}

static int by_a(const void *p, const void *q)
{
	const struct file_pair *x = p, *y = q;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

static int by_b(const void *p, const void *q)
{
	const struct file_pair *x = p, *y = q;
	return (x->b > y->b) - (x->b < y->b);
}

/* Several files of b may stand in the place of one of a: its pairs are
 * neighbours while they are sorted by a. */
static uint32_t first_of(const struct file_pairs *s, uint32_t a)
{
	uint32_t low = 0, high = s->n;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (s->v[mid].a < a)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static int look_at_a(void *self, uint32_t entry, struct str content,
		     struct err *err)
{
	struct file_pairs *s = self;
	struct fingerprint e;
	int r = analyze_fingerprint(content, s->lim, &e, err);
	if (r <= 0)
		return r;
	for (uint32_t i = first_of(s, entry); i < s->n && s->v[i].a == entry;
	     i++) {
		s->v[i].known_a = true;
		s->v[i].fingerprint = e;
	}
	return 0;
}

static int look_at_b(void *self, uint32_t entry, struct str content,
		     struct err *err)
{
	struct file_pairs *s = self;
	struct file_pair key = { .b = entry };
	struct file_pair *found = bsearch(&key, s->v, s->n, sizeof *s->v, by_b);
	struct fingerprint e;
	int r = analyze_fingerprint(content, s->lim, &e, err);
	if (r > 0)
		found->same = analyze_same_fingerprint(&e, &found->fingerprint);
	return r < 0 ? -1 : 0;
}

static void free_ids(uint32_t **v)
{
	free(*v);
}

/* Two passes, since only one content is held at a time: first the fingerprints
 * of a's files are noted, then those of b's are compared with them. Files of b
 * whose partner has none are not read. */
int analyze_pairs_compare(struct file_pairs *s, const struct loaded_image *a,
			  const struct loaded_image *b, struct err *err)
{
	scoped(free_ids) uint32_t *ids = calloc((size_t)s->n + 1, sizeof *ids);
	uint32_t n = 0;
	if (!ids)
		return err_nomem(err, s->n * sizeof *ids);
	s->lim = tree_limits(a->tree);
	if (s->n)
		qsort(s->v, s->n, sizeof *s->v, by_a);
	for (uint32_t i = 0; i < s->n; i++)
		if (n == 0 || ids[n - 1] != s->v[i].a)
			ids[n++] = s->v[i].a;
	if (analyze_read_contents(a, ids, n, FINGERPRINT_MAX, look_at_a, s,
				  err) < 0)
		return -1;
	if (s->n)
		qsort(s->v, s->n, sizeof *s->v, by_b);
	n = 0;
	for (uint32_t i = 0; i < s->n; i++)
		if (s->v[i].known_a)
			ids[n++] = s->v[i].b;
	return analyze_read_contents(b, ids, n, FINGERPRINT_MAX, look_at_b, s,
				     err);
}

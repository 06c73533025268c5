/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str_index.h"

#include <stdlib.h>

#include "base/chars.h"
#include "base/macros.h"

static int by_key(const void *a, const void *b, void *keys)
{
	uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
	const struct str *v = keys;
	int d = str_cmp(v[i], v[k]);
	return d ? d : (i > k) - (i < k);
}

int str_index_make(struct str_index *x, const struct str *keys, uint32_t n,
		   struct arena *a, struct err *err)
{
	uint32_t *ids = arena_array(a, n, sizeof *ids, err);
	if (!ids)
		return -1;
	for (uint32_t i = 0; i < n; i++)
		ids[i] = i;
	qsort_r(ids, n, sizeof *ids, by_key, (void *)keys);
	*x = (struct str_index){ .keys = keys, .ids = ids, .n = n };
	return 0;
}

typedef int compare_fn(struct str own, struct str key);

static int compare_any_case(struct str own, struct str key)
{
	for (size_t i = 0; i < MIN(own.n, key.n); i++) {
		int d = (unsigned char)own.p[i] -
			(unsigned char)lower(key.p[i]);
		if (d)
			return d;
	}
	return (own.n > key.n) - (own.n < key.n);
}

/* The first element that is not in front of the key and an id of it. */
static uint32_t bound(const struct str_index *x, compare_fn *compare,
		      struct str key, uint32_t id)
{
	uint32_t from = 0, to = x->n;
	while (from < to) {
		uint32_t mid = from + (to - from) / 2;
		int d = compare(x->keys[x->ids[mid]], key);
		if (d < 0 || (d == 0 && x->ids[mid] < id))
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

uint32_t str_index_find(const struct str_index *x, struct str key,
			const uint32_t **ids)
{
	uint32_t from = bound(x, str_cmp, key, 0);
	*ids = x->ids + from;
	return bound(x, str_cmp, key, UINT32_MAX) - from;
}

static uint32_t last(const struct str_index *x, compare_fn *compare,
		     struct str key, uint32_t below)
{
	uint32_t at = bound(x, compare, key, below);
	return at && compare(x->keys[x->ids[at - 1]], key) == 0
		       ? x->ids[at - 1]
		       : STR_INDEX_NONE;
}

uint32_t str_index_last(const struct str_index *x, struct str key,
			uint32_t below)
{
	return last(x, str_cmp, key, below);
}

uint32_t str_index_last_any_case(const struct str_index *x, struct str key,
				 uint32_t below)
{
	return last(x, compare_any_case, key, below);
}

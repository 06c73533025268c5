/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

#include "base/checked.h"

struct arena_chunk {
	struct arena_chunk *next;
	size_t cap;
	alignas(max_align_t) char data[];
};

enum { CHUNK_MIN = 4 << 10, CHUNK_MAX = 256 << 10 };

void arena_done(struct arena *a)
{
	for (struct arena_chunk *c = a->head; c;) {
		struct arena_chunk *next = c->next;
		free(c);
		c = next;
	}
	*a = (struct arena){ .max = a->max };
}

static char *arena_get(struct arena *a, size_t n, size_t align, struct err *err)
{
	size_t start = a->head ? (a->used + align - 1) & ~(align - 1) : 0;
	size_t total;
	if (ckd_add(&total, a->total, n) || (a->max && total > a->max)) {
		err_set(err, ERR_LIMIT, "a document needs over %zu bytes",
			a->max);
		return NULL;
	}
	if (!a->head || start > a->head->cap || n > a->head->cap - start) {
		size_t cap = a->head ? a->head->cap * 2 : CHUNK_MIN;
		cap = MAX(MIN(cap, (size_t)CHUNK_MAX), n);
		size_t bytes;
		struct arena_chunk *c = NULL;
		if (!ckd_add(&bytes, cap, sizeof *c))
			c = malloc(bytes);
		if (!c) {
			err_nomem(err, n);
			return NULL;
		}
		c->next = a->head;
		c->cap = cap;
		a->head = c;
		start = 0;
	}
	a->used = start + n;
	a->total = total;
	return a->head->data + start;
}

void *arena_alloc(struct arena *a, size_t n, struct err *err)
{
	char *p = arena_get(a, n, alignof(max_align_t), err);
	return p ? memset(p, 0, n) : NULL;
}

void *arena_array(struct arena *a, size_t n, size_t size, struct err *err)
{
	size_t bytes;
	if (ckd_mul(&bytes, n, size)) {
		err_nomem(err, SIZE_MAX);
		return NULL;
	}
	return arena_alloc(a, bytes, err);
}

char *arena_bytes(struct arena *a, size_t n, struct err *err)
{
	return arena_get(a, n, 1, err);
}

int arena_str(struct arena *a, struct str s, struct str *out, struct err *err)
{
	size_t n;
	if (ckd_add(&n, s.n, 1u))
		return err_nomem(err, SIZE_MAX);
	char *p = arena_get(a, n, 1, err);
	if (!p)
		return -1;
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = 0;
	*out = (struct str){ p, s.n };
	return 0;
}

int arena_grow(struct arena *a, void *p, size_t n, size_t *cap, size_t size,
	       struct err *err)
{
	void *old;
	if (n < *cap)
		return 0;
	size_t more = *cap ? *cap * 2 : 8;
	void *new = arena_array(a, more, size, err);
	if (!new)
		return -1;
	memcpy(&old, p, sizeof old);
	if (n)
		memcpy(new, old, n * size);
	memcpy(p, &new, sizeof new);
	*cap = more;
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* base/arena.h - memory that lives as long as the root of what was parsed.
 *
 * No piece is freed alone. One thread at a time. */
#pragma once
#include "base/str.h"

struct arena_chunk;
struct arena {
	struct arena_chunk *head;
	size_t used, total; /* used of the head chunk; total handed out */
	size_t max;	    /* 0: no ceiling */
};

void arena_done(struct arena *a);
/* Zeroed, aligned for any object; NULL with err set. n may be 0. */
void *arena_alloc(struct arena *a, size_t n, struct err *err);
/* n objects of the given size, overflow checked. */
void *arena_array(struct arena *a, size_t n, size_t size, struct err *err);
/* Copies with a NUL behind; *out borrows from the arena. */
must_check int arena_str(struct arena *a, struct str s, struct str *out,
			 struct err *err);
/* Unaligned bytes, for names; not zeroed, not terminated. */
char *arena_bytes(struct arena *a, size_t n, struct err *err);
/* Makes room for one more element behind the n of the array that *p points to
 * (p is the address of any object pointer): capacity doubles, elements are
 * copied, what they had stays in the arena. Spare elements are zero. */
must_check int arena_grow(struct arena *a, void *p, size_t n, size_t *cap,
			  size_t size, struct err *err);

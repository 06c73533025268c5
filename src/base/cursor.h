/* SPDX-License-Identifier: Apache-2.0 */
/* base/cursor.h - reading bytes that others wrote.
 *
 * Bounds are checked in one place. A read past the end gives zeros (or NULL)
 * and sticks, so one look at ran_out a record is enough. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct cur {
	const uint8_t *p, *end;
	bool ran_out;
};

static inline struct cur cur_of(const void *p, size_t n)
{
	const uint8_t *b = p;
	/* no arithmetic on NULL, not even + 0 */
	return (struct cur){ .p = b, .end = n ? b + n : b };
}

static inline size_t cur_left(const struct cur *c)
{
	return (size_t)(c->end - c->p);
}

static inline const uint8_t *cur_take(struct cur *c, size_t n)
{
	if (c->ran_out || n > cur_left(c)) {
		c->ran_out = true;
		return NULL;
	}
	c->p += n;
	return c->p - n;
}

static inline uint8_t cur_u8(struct cur *c)
{
	const uint8_t *p = cur_take(c, 1);
	return p ? *p : 0;
}

/* Little-endian fixed widths. */
static inline uint32_t cur_u32(struct cur *c)
{
	const uint8_t *p = cur_take(c, 4);
	uint32_t v = 0;
	if (p)
		memcpy(&v, p, sizeof v);
	return v;
}

static inline uint64_t cur_u64(struct cur *c)
{
	const uint8_t *p = cur_take(c, 8);
	uint64_t v = 0;
	if (p)
		memcpy(&v, p, sizeof v);
	return v;
}

/* LEB128, at most 10 bytes; a longer or overflowing one runs out. */
static inline uint64_t cur_varint(struct cur *c)
{
	uint64_t v = 0;
	for (unsigned shift = 0; shift < 64; shift += 7) {
		uint8_t b = cur_u8(c);
		if (shift == 63 && b > 1)
			break;
		v |= (uint64_t)(b & 0x7f) << shift;
		if (!(b & 0x80))
			return v;
	}
	c->ran_out = true;
	return 0;
}

/* A zigzag-coded signed LEB128. */
static inline int64_t cur_svarint(struct cur *c)
{
	uint64_t v = cur_varint(c);
	return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* base/str.h - bytes with a length, and a growing buffer with a ceiling. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/err.h"

/* Borrowed bytes; may hold NUL and anything else. Without bytes, p may be NULL:
 * every function here takes { NULL, 0 } for an empty string, also where memcmp
 * or memchr must not be given NULL. */
struct str {
	const char *p;
	size_t n;
};

#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })
/* For printf: "%.*s", STR_ARG(s). */
#define STR_ARG(s) (int)(s).n, (s).p

static inline struct str str_of(const char *z)
{
	return (struct str){ z, strlen(z) };
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_eqz(struct str a, const char *z)
{
	return str_eq(a, str_of(z));
}

static inline bool str_starts(struct str a, struct str prefix)
{
	return prefix.n == 0 ||
	       (a.n >= prefix.n && memcmp(a.p, prefix.p, prefix.n) == 0);
}

static inline bool str_ends(struct str a, struct str suffix)
{
	return suffix.n == 0 ||
	       (a.n >= suffix.n &&
		memcmp(a.p + a.n - suffix.n, suffix.p, suffix.n) == 0);
}

static inline struct str str_from(struct str a, size_t start)
{
	return (struct str){ start ? a.p + start : a.p, a.n - start };
}

/* Byte order; a prefix comes first. */
int str_cmp(struct str a, struct str b);
/* Position of c, or a.n. */
size_t str_find(struct str a, char c);
static inline bool str_has(struct str a, char c)
{
	return str_find(a, c) < a.n;
}
/* Does word stand anywhere in a? An empty word does. */
bool str_contains(struct str a, struct str word);
/* Splits at the first c: true, *head before it, *tail behind it. */
bool str_cut(struct str a, char c, struct str *head, struct str *tail);
/* Decimal digits only, at least one, no sign. */
bool str_to_u64(struct str a, uint64_t *out);
bool str_is_utf8(struct str a);
/* Length of the UTF-8 sequence that a begins with; 0: none. */
size_t str_utf8_len(struct str a);

/* The word for n of a thing: plural(n, "layer", "layers"). */
static inline const char *plural(uint64_t n, const char *one, const char *many)
{
	return n == 1 ? one : many;
}

/* Owns its memory. No append goes beyond max: that is ERR_LIMIT. */
struct buf {
	char *p;
	size_t n, cap, max;
};

#define BUF_INIT(ceiling)        \
	{                        \
		.max = (ceiling) \
	}

void buf_done(struct buf *b);
static inline void buf_reset(struct buf *b)
{
	b->n = 0;
}
static inline struct str buf_str(const struct buf *b)
{
	return (struct str){ b->p, b->n };
}
/* Room for n more bytes behind the content; *p is where they go. The caller
 * adds to b->n what it wrote. */
must_check int buf_room(struct buf *b, size_t n, char **p, struct err *err);
must_check int buf_add(struct buf *b, const void *p, size_t n, struct err *err);
must_check int buf_str_add(struct buf *b, struct str s, struct err *err);
must_check int buf_byte(struct buf *b, char c, struct err *err);
must_check int buf_addf(struct buf *b, struct err *err, const char *fmt, ...)
	printf_like(3, 4);
must_check int buf_u32(struct buf *b, uint32_t v, struct err *err);
must_check int buf_u64(struct buf *b, uint64_t v, struct err *err);
must_check int buf_varint(struct buf *b, uint64_t v, struct err *err);
must_check int buf_svarint(struct buf *b, int64_t v, struct err *err);
/* Content with a NUL behind it that does not count; NULL on no memory. */
const char *buf_cstr(struct buf *b);

/* Bytes from an image as text on one line, for people: its own characters, but
 * control bytes and what is not UTF-8 become \n, \t, \r, \xHH. */
must_check int buf_shown(struct buf *b, struct str s, struct err *err);
/* The same for between quotes, and where a program reads it back: quotes and
 * backslashes become \" and \\. */
must_check int buf_quoted(struct buf *b, struct str s, struct err *err);
/* The same into a small array, for error texts; cut with "..." when long. */
struct quoted {
	char text[160];
};
struct quoted str_quoted(struct str s);

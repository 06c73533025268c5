/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/checked.h"

int str_cmp(struct str a, struct str b)
{
	size_t n = MIN(a.n, b.n);
	int c = n ? memcmp(a.p, b.p, n) : 0;
	if (c)
		return c;
	return (a.n > b.n) - (a.n < b.n);
}

size_t str_find(struct str a, char c)
{
	const char *hit = a.n ? memchr(a.p, c, a.n) : NULL;
	return hit ? (size_t)(hit - a.p) : a.n;
}

bool str_contains(struct str a, struct str word)
{
	return word.n == 0 || (a.n && memmem(a.p, a.n, word.p, word.n) != NULL);
}

bool str_cut(struct str a, char c, struct str *head, struct str *tail)
{
	size_t at = str_find(a, c);
	if (at == a.n)
		return false;
	*head = (struct str){ a.p, at };
	*tail = str_from(a, at + 1);
	return true;
}

bool str_to_u64(struct str a, uint64_t *out)
{
	uint64_t v = 0;
	if (a.n == 0)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (a.p[i] < '0' || a.p[i] > '9')
			return false;
		if (ckd_mul(&v, v, 10u) ||
		    ckd_add(&v, v, (unsigned)(a.p[i] - '0')))
			return false;
	}
	*out = v;
	return true;
}

/* RFC 3629: no overlong forms, no surrogates, at most U+10FFFF. */
size_t str_utf8_len(struct str a)
{
	const uint8_t *p = (const uint8_t *)a.p;
	uint8_t lo = 0x80, hi = 0xbf;
	size_t len;
	if (a.n == 0)
		return 0;
	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		len = 2;
	else if (p[0] >= 0xe0 && p[0] <= 0xef)
		len = 3;
	else if (p[0] >= 0xf0 && p[0] <= 0xf4)
		len = 4;
	else
		return 0;
	if (a.n < len)
		return 0;
	if (p[0] == 0xe0)
		lo = 0xa0;
	else if (p[0] == 0xed)
		hi = 0x9f;
	else if (p[0] == 0xf0)
		lo = 0x90;
	else if (p[0] == 0xf4)
		hi = 0x8f;
	if (p[1] < lo || p[1] > hi)
		return 0;
	for (size_t i = 2; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return len;
}

bool str_is_utf8(struct str a)
{
	for (size_t i = 0; i < a.n;) {
		size_t len = str_utf8_len(str_from(a, i));
		if (len == 0)
			return false;
		i += len;
	}
	return true;
}

void buf_done(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ .max = b->max };
}

int buf_room(struct buf *b, size_t n, char **p, struct err *err)
{
	size_t need;
	if (ckd_add(&need, b->n, n) || need > b->max)
		return err_set(err, ERR_LIMIT,
			       "a buffer would grow past %zu bytes", b->max);
	if (need > b->cap) {
		size_t cap = MAX(need, b->cap + b->cap / 2);
		cap = MIN(MAX(cap, (size_t)64), b->max);
		/* one more than cap, for the NUL of addf and cstr */
		char *grown = realloc(b->p, cap + 1);
		if (!grown)
			return err_nomem(err, cap);
		b->p = grown;
		b->cap = cap;
	}
	*p = b->n ? b->p + b->n : b->p; /* no arithmetic on NULL */
	return 0;
}

int buf_add(struct buf *b, const void *p, size_t n, struct err *err)
{
	char *to;
	if (n == 0)
		return 0;
	if (buf_room(b, n, &to, err) < 0)
		return -1;
	memcpy(to, p, n);
	b->n += n;
	return 0;
}

int buf_str_add(struct buf *b, struct str s, struct err *err)
{
	return buf_add(b, s.p, s.n, err);
}

int buf_byte(struct buf *b, char c, struct err *err)
{
	return buf_add(b, &c, 1, err);
}

int buf_addf(struct buf *b, struct err *err, const char *fmt, ...)
{
	va_list ap;
	char *to;
	va_start(ap, fmt);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return err_set(err, ERR_USAGE, "bad format");
	if (n == 0)
		return 0;
	if (buf_room(b, (size_t)n, &to, err) < 0)
		return -1;
	va_start(ap, fmt);
	vsnprintf(to, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
	return 0;
}

int buf_u32(struct buf *b, uint32_t v, struct err *err)
{
	return buf_add(b, &v, sizeof v, err);
}

int buf_u64(struct buf *b, uint64_t v, struct err *err)
{
	return buf_add(b, &v, sizeof v, err);
}

int buf_varint(struct buf *b, uint64_t v, struct err *err)
{
	uint8_t tmp[10];
	size_t n = 0;
	do {
		tmp[n] = (uint8_t)(v & 0x7f);
		v >>= 7;
		if (v)
			tmp[n] |= 0x80;
		n++;
	} while (v);
	return buf_add(b, tmp, n, err);
}

int buf_svarint(struct buf *b, int64_t v, struct err *err)
{
	uint64_t zigzag = ((uint64_t)v << 1) ^ (uint64_t)(v >> 63);
	return buf_varint(b, zigzag, err);
}

const char *buf_cstr(struct buf *b)
{
	if (!b->p)
		b->p = malloc(1);
	if (b->p)
		b->p[b->n] = 0;
	return b->p;
}

/* C1 controls (U+0080 to U+009F) move terminals; marks and overrides of writing
 * direction (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069) let a
 * line read otherwise than it is (CVE-2021-42574). */
static bool is_control(const uint8_t *p, size_t len)
{
	if (len == 2)
		return (p[0] == 0xc2 && p[1] < 0xa0) ||
		       (p[0] == 0xd8 && p[1] == 0x9c);
	if (len != 3 || p[0] != 0xe2)
		return false;
	if (p[1] == 0x80)
		return p[2] == 0x8e || p[2] == 0x8f ||
		       (p[2] >= 0xaa && p[2] <= 0xae);
	return p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9;
}

/* One byte or sequence of s at *i, as it is shown; returns its length. */
static int show_step(struct str s, size_t *i, char out[static 8])
{
	const uint8_t *p = (const uint8_t *)s.p + *i;
	size_t len = str_utf8_len(str_from(s, *i));
	if (len > 1) {
		if (!is_control(p, len)) {
			memcpy(out, p, len);
			*i += len;
			return (int)len;
		}
		len = 0;
	}
	*i += 1;
	switch (*p) {
	case '\n':
		return snprintf(out, 8, "\\n");
	case '\t':
		return snprintf(out, 8, "\\t");
	case '\r':
		return snprintf(out, 8, "\\r");
	default:
		break;
	}
	if (len == 1 && *p >= 0x20 && *p != 0x7f) {
		out[0] = (char)*p;
		return 1;
	}
	return snprintf(out, 8, "\\x%02x", *p);
}

/* The same between quotes, from which it can be read back. */
static int quote_step(struct str s, size_t *i, char out[static 8])
{
	char c = s.p[*i];
	if (c != '"' && c != '\\')
		return show_step(s, i, out);
	*i += 1;
	return snprintf(out, 8, "\\%c", c);
}

int buf_shown(struct buf *b, struct str s, struct err *err)
{
	char step[8];
	for (size_t i = 0; i < s.n;) {
		int n = show_step(s, &i, step);
		if (buf_add(b, step, (size_t)n, err) < 0)
			return -1;
	}
	return 0;
}

int buf_quoted(struct buf *b, struct str s, struct err *err)
{
	char step[8];
	for (size_t i = 0; i < s.n;) {
		int n = quote_step(s, &i, step);
		if (buf_add(b, step, (size_t)n, err) < 0)
			return -1;
	}
	return 0;
}

struct quoted str_quoted(struct str s)
{
	struct quoted q;
	size_t at = 0;
	char step[8];
	for (size_t i = 0; i < s.n;) {
		int n = quote_step(s, &i, step);
		if (at + (size_t)n + 4 > sizeof q.text) {
			memcpy(q.text + at, "...", 3);
			at += 3;
			break;
		}
		memcpy(q.text + at, step, (size_t)n);
		at += (size_t)n;
	}
	q.text[at] = 0;
	return q;
}

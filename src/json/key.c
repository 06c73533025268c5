/* SPDX-License-Identifier: Apache-2.0 */
#include "json/key.h"

#include "base/hash_seed.h"

enum { KEY_END = -1, REPLACEMENT = 0xfffd };

static int32_t hex4(struct str *s)
{
	int32_t v = 0;
	if (s->n < 4)
		return -1;
	for (size_t i = 0; i < 4; i++) {
		char c = s->p[i];
		int digit = c >= '0' && c <= '9'   ? c - '0'
			    : c >= 'a' && c <= 'f' ? c - 'a' + 10
			    : c >= 'A' && c <= 'F' ? c - 'A' + 10
						   : -1;
		if (digit < 0)
			return -1;
		v = v << 4 | digit;
	}
	*s = str_from(*s, 4);
	return v;
}

/* Behind "\u". jansson refuses halves of surrogate pairs. */
static int32_t unicode_escape(struct str *s)
{
	int32_t hi = hex4(s);
	if (hi < 0)
		return REPLACEMENT;
	if (hi < 0xd800 || hi > 0xdbff || !str_starts(*s, STR("\\u")))
		return hi;
	struct str rest = str_from(*s, 2);
	int32_t lo = hex4(&rest);
	if (lo < 0xdc00 || lo > 0xdfff)
		return hi;
	*s = rest;
	return 0x10000 + ((hi - 0xd800) << 10) + (lo - 0xdc00);
}

static int32_t escape(struct str *s)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	if (s->n == 0)
		return REPLACEMENT;
	char c = s->p[0];
	*s = str_from(*s, 1);
	if (c == 'u')
		return unicode_escape(s);
	const char *hit = c ? strchr(from, c) : NULL;
	return hit ? to[hit - from] : (uint8_t)c;
}

/* RFC 3629; jansson has checked that it is valid. */
static int32_t multibyte(uint8_t first, struct str *s)
{
	size_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
	int32_t v = first & (0x3f >> more);
	if (s->n < more)
		more = s->n;
	for (size_t i = 0; i < more; i++)
		v = v << 6 | (s->p[i] & 0x3f);
	*s = str_from(*s, more);
	return v;
}

static int32_t next_point(struct json_key *k)
{
	struct str *s = &k->text;
	if (s->n == 0)
		return KEY_END;
	uint8_t c = (uint8_t)s->p[0];
	*s = str_from(*s, 1);
	if (c == '\\' && k->escaped)
		return escape(s);
	return c < 0x80 ? c : multibyte(c, s);
}

static int32_t folded(int32_t point)
{
	if (point >= 'A' && point <= 'Z')
		return point - 'A' + 'a';
	if (point == 0x17f)
		return 's';
	if (point == 0x212a)
		return 'k';
	return point;
}

int json_key_cmp(struct json_key a, struct json_key b, bool fold)
{
	for (;;) {
		int32_t x = next_point(&a), y = next_point(&b);
		if (fold) {
			x = folded(x);
			y = folded(y);
		}
		if (x != y)
			return x < y ? -1 : 1;
		if (x == KEY_END)
			return 0;
	}
}

/* FNV-1a, by code points, from a start that nobody knows in advance: keys that
 * collide are compared in full, and a config has room for long ones. */
uint64_t json_key_hash(struct json_key k)
{
	uint64_t h = hash_seed;
	int32_t x;
	while ((x = next_point(&k)) != KEY_END)
		h = (h ^ (uint64_t)folded(x)) * 1099511628211u;
	return h;
}

bool json_key_is(struct str inside, const char *key)
{
	return json_key_cmp((struct json_key){ inside, true },
			    (struct json_key){ str_of(key), false },
			    false) == 0;
}

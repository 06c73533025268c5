/* SPDX-License-Identifier: Apache-2.0 */
#include "base/chars.h"

int32_t char_at(struct str text, size_t at, size_t *len)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	if (at >= text.n) {
		*len = 0;
		return CHAR_END;
	}
	uint8_t first = (uint8_t)text.p[at];
	*len = 1;
	if (first < 0x80)
		return first;
	size_t n = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
	if (first < 0xc2 || first > 0xf4 || n > text.n - at)
		return CHAR_BAD;
	uint32_t c = first & (0xffu >> (n + 1));
	for (size_t i = 1; i < n; i++) {
		uint8_t next = (uint8_t)text.p[at + i];
		if ((next & 0xc0) != 0x80)
			return CHAR_BAD;
		c = c << 6 | (next & 0x3f);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return CHAR_BAD;
	*len = n;
	return (int32_t)c;
}

int32_t char_before(struct str text, size_t at, size_t *len)
{
	for (size_t n = 1; n <= 4 && n <= at; n++) {
		int32_t c = char_at(text, at - n, len);
		if (*len == n && c != CHAR_BAD)
			return c;
	}
	*len = at ? 1 : 0;
	return at ? CHAR_BAD : CHAR_END;
}

bool char_is_space(int32_t c)
{
	switch (c) {
	case '\t' ... '\r':
	case ' ':
	case 0x85:
	case 0xa0:
	case 0x1680:
	case 0x2000 ... 0x200a:
	case 0x2028:
	case 0x2029:
	case 0x202f:
	case 0x205f:
	case 0x3000:
		return true;
	}
	return false;
}

int buf_char(struct buf *b, int32_t c, struct err *err)
{
	char p[4];
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	if (n == 1)
		return buf_byte(b, (char)c, err);
	for (size_t i = n; i-- > 1; c >>= 6)
		p[i] = (char)(0x80 | (c & 0x3f));
	p[0] = (char)((0xf00 >> n) | c);
	return buf_add(b, p, n, err);
}

struct str str_trim(struct str s, size_t *lead)
{
	size_t len, from = 0;
	while (char_is_space(char_at(s, from, &len)))
		from += len;
	while (s.n > from && char_is_space(char_before(s, s.n, &len)))
		s.n -= len;
	if (lead)
		*lead = from;
	return str_from(s, from);
}

bool str_eq_nocase(struct str a, struct str b)
{
	for (size_t i = 0; a.n == b.n && i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return a.n == b.n;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "json/write.h"

/* Length of the UTF-8 sequence at s.p[i], or 0 when it is none. */
static size_t sequence_at(struct str s, size_t i)
{
	for (size_t n = 1; n <= 4 && i + n <= s.n; n++)
		if (str_is_utf8((struct str){ s.p + i, n }))
			return n;
	return 0;
}

/* One ASCII or C1 control character. DEL and C1 may stand in JSON as they
 * are, but they move terminals (RFC 8259 section 7; ECMA-48 5.3). */
static int add_escape(struct buf *to, uint8_t c, struct err *err)
{
	static const char from[] = "\"\\\b\f\n\r\t", names[] = "\"\\bfnrt";
	const char *hit = c ? strchr(from, c) : NULL;
	if (!hit)
		return buf_addf(to, err, "\\u%04x", c);
	char two[2] = { '\\', names[hit - from] };
	return buf_add(to, two, sizeof two, err);
}

/* The character at s.p[*i], whose length is 1 when it is not UTF-8. */
static int add_character(struct buf *to, struct str s, size_t *i,
			 struct err *err)
{
	size_t at = *i, n = sequence_at(s, at);
	uint8_t c = (uint8_t)s.p[at];
	*i += n ? n : 1;
	if (n == 0)
		return buf_str_add(to, STR("\xef\xbf\xbd"), err);
	if (n == 1 && (c < 0x20 || c == '"' || c == '\\' || c == 0x7f))
		return add_escape(to, c, err);
	if (n == 2 && c == 0xc2 && (uint8_t)s.p[at + 1] < 0xa0)
		return add_escape(to, (uint8_t)s.p[at + 1], err);
	return buf_add(to, s.p + at, n, err);
}

int json_add_quoted(struct buf *to, struct str s, struct err *err)
{
	if (buf_byte(to, '"', err) < 0)
		return -1;
	for (size_t i = 0; i < s.n;)
		if (add_character(to, s, &i, err) < 0)
			return -1;
	return buf_byte(to, '"', err);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* base/chars.h - characters as BuildKit's language sees them.
 *
 * Text is decoded as UTF-8; a byte that does not belong to a sequence is a
 * character of its own, CHAR_BAD. */
#pragma once
#include "base/str.h"

enum { CHAR_BAD = 0xfffd, CHAR_END = -1 };

/* The character at text.p[at] and its length; CHAR_END, 0 at the end. */
int32_t char_at(struct str text, size_t at, size_t *len);
/* The last character before at, as char_at; CHAR_END, 0 at 0. */
int32_t char_before(struct str text, size_t at, size_t *len);
/* White space of Unicode. */
bool char_is_space(int32_t c);
/* Appends the UTF-8 form. */
must_check int buf_char(struct buf *b, int32_t c, struct err *err);

/* Text without white space of Unicode at its ends; *lead is how many bytes
 * went in front. */
struct str str_trim(struct str s, size_t *lead);

/* What splits the words of most instructions: no line feed, no U+00A0. */
static inline bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r' && c != '\n');
}

static inline char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool is_alpha(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

/* Equal but for the case of ASCII letters. */
bool str_eq_nocase(struct str a, struct str b);

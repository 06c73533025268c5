/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/shell_word.h"

static bool is_plain(struct str word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_@%+=:,./-";
	for (size_t i = 0; i < word.n; i++)
		if (!word.p[i] || !strchr(plain, word.p[i]))
			return false;
	return word.n && word.p[0] != '=';
}

/* Is there anything that buf_shown would not show as it is? */
static bool is_visible(struct str word)
{
	if (!str_is_utf8(word))
		return false;
	for (size_t i = 0; i < word.n; i++) {
		uint8_t c = (uint8_t)word.p[i];
		bool c1 = c == 0xc2 && (uint8_t)word.p[i + 1] < 0xa0;
		if (c < 0x20 || c == 0x7f || c1)
			return false;
	}
	return true;
}

static int add_quoted(struct buf *b, struct str word, struct err *err)
{
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] == '\'' ? buf_str_add(b, STR("'\\''"), err) < 0
				      : buf_byte(b, word.p[i], err) < 0)
			return -1;
	return buf_byte(b, '\'', err);
}

/* Every byte that is not plain as three octal digits: a hexadecimal escape has
 * no fixed length. */
static int add_escaped(struct buf *b, struct str word, struct err *err)
{
	for (size_t i = 0; i < word.n; i++) {
		uint8_t c = (uint8_t)word.p[i];
		bool plain = c >= 0x20 && c < 0x7f && c != '\'' && c != '\\';
		if (buf_addf(b, err, plain ? "%c" : "\\%03o", c) < 0)
			return -1;
	}
	return buf_byte(b, '\'', err);
}

int cli_shell_word_add(struct buf *b, struct str word, struct err *err)
{
	if (is_plain(word))
		return buf_str_add(b, word, err);
	bool visible = is_visible(word);
	if (buf_str_add(b, visible ? STR("'") : STR("$'"), err) < 0)
		return -1;
	return visible ? add_quoted(b, word, err) : add_escaped(b, word, err);
}

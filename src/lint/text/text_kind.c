/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/text/text_kind.h"

#include "base/chars.h"
#include "base/macros.h"

/* Bytes that no editor writes into text. ESC, form feed and backspace stand in
 * logs that people paste; 0x80 to 0x9f are letters of Windows' code pages. */
static bool is_control(unsigned char c)
{
	return (c < ' ' && !strchr("\t\n\r\f\b\033", c)) || c == 0 || c == 0x7f;
}

/* A compressed file has a control character in ten bytes, a program a NUL in
 * three. One NUL alone makes no file binary: else a comment with a NUL in it
 * would hide the whole file from every rule. */
enum text_kind lint_text_kind(struct str text)
{
	enum { ONE_IN = 32 };
	size_t n = MIN(text.n, (size_t)TEXT_KIND_BYTES), controls = 0;
	if (n >= 2 && (memcmp(text.p, "\xff\xfe", 2) == 0 ||
		       memcmp(text.p, "\xfe\xff", 2) == 0))
		return TEXT_UTF16;
	for (size_t i = 0; i < n; i++)
		controls += is_control((unsigned char)text.p[i]);
	return controls * ONE_IN > n ? TEXT_BINARY : TEXT_PLAIN;
}

static struct str trim(struct str s)
{
	while (s.n && (is_blank(s.p[0]) || s.p[0] == '\r'))
		s = str_from(s, 1);
	while (s.n && (is_blank(s.p[s.n - 1]) || s.p[s.n - 1] == '\r'))
		s.n--;
	return s;
}

static bool next_line(struct str *rest, struct str *line)
{
	if (rest->n == 0)
		return false;
	if (!str_cut(*rest, '\n', line, rest)) {
		*line = *rest;
		rest->n = 0;
	}
	*line = trim(*line);
	return true;
}

/* Up to the first blank; *rest is what follows it. */
static struct str first_word(struct str line, struct str *rest)
{
	size_t n = 0;
	while (n < line.n && !is_blank(line.p[n]))
		n++;
	*rest = trim(str_from(line, n));
	return (struct str){ line.p, n };
}

static bool is_instruction(struct str word)
{
	static const char *const names[] = {
		"ADD",	   "ARG",	 "CMD",	    "COPY",	   "ENTRYPOINT",
		"ENV",	   "EXPOSE",	 "FROM",    "HEALTHCHECK", "LABEL",
		"ONBUILD", "MAINTAINER", "RUN",	    "SHELL",	   "STOPSIGNAL",
		"USER",	   "VOLUME",	 "WORKDIR",
	};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq_nocase(word, str_of(names[i])))
			return true;
	return false;
}

/* FROM [--platform=x] IMAGE [AS NAME]; a template stands for any words.
 *
 *	FROM alpine			yes
 *	from --platform=x a as b	yes
 *	FROM {{ image }}		yes, in a template
 *	From here on all is well	no: what follows is not AS and a name */
static bool is_from(struct str line)
{
	struct str rest, word = first_word(line, &rest);
	if (!str_eq_nocase(word, STR("FROM")) || rest.n == 0)
		return false;
	if (strchr("{%<$\"'", rest.p[0]))
		return true;
	do
		word = first_word(rest, &rest);
	while (str_starts(word, STR("--")));
	if (rest.n == 0 || rest.p[0] == '#' || rest.p[0] == '\\')
		return word.n > 0;
	word = first_word(rest, &rest);
	return str_eq_nocase(word, STR("AS")) && rest.n > 0 &&
	       str_find(rest, ' ') == rest.n;
}

/* Comments, and lines that a template's own language fills. */
static bool is_passed(struct str line)
{
	return line.n == 0 || line.p[0] == '#' || str_starts(line, STR("{{")) ||
	       str_starts(line, STR("{%")) || str_starts(line, STR("%%")) ||
	       str_starts(line, STR("<%"));
}

/* Names of shell functions look alike: "add x", "run y". Those who write
 * instructions in lower case begin with "from". */
static bool is_upper(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] >= 'a' && word.p[i] <= 'z')
			return false;
	return true;
}

enum text_dockerfile lint_text_dockerfile(struct str text)
{
	struct str line, rest;
	bool first = true;
	if (lint_text_kind(text) != TEXT_PLAIN)
		return DOCKERFILE_NO;
	text.n = MIN(text.n, (size_t)TEXT_KIND_BYTES);
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_from(text, 3);
	while (next_line(&text, &line)) {
		if (is_passed(line))
			continue;
		struct str word = first_word(line, &rest);
		/* A first word that is misspelt hides no file. */
		if (is_from(line))
			return DOCKERFILE_YES;
		if (first && str_eqz(word, "ARG") && rest.n)
			return DOCKERFILE_YES;
		if (first && is_instruction(word) && is_upper(word) && rest.n)
			return DOCKERFILE_BEGINS;
		first = false;
	}
	return first ? DOCKERFILE_MAYBE : DOCKERFILE_NO;
}

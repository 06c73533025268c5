/* SPDX-License-Identifier: Apache-2.0 */
#include "report/human.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/chars.h"

struct human report_human_bytes(uint64_t n)
{
	static const char *const units[] = {
		"kB", "MB", "GB", "TB", "PB", "EB"
	};
	struct human h;
	if (n < 1000) {
		snprintf(h.text, sizeof h.text, "%" PRIu64 " B", n);
		return h;
	}
	size_t u = 0;
	double v = (double)n / 1000;
	/* 999.95 kB would be shown as 1000.0 kB. */
	while (v >= 999.95 && u + 1 < ARRAY_LEN(units)) {
		v /= 1000;
		u++;
	}
	snprintf(h.text, sizeof h.text, "%.1f %s", v, units[u]);
	return h;
}

struct human report_human_count(uint64_t n)
{
	struct human h;
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%" PRIu64, n);
	size_t at = 0;
	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			h.text[at++] = ',';
		h.text[at++] = digits[i];
	}
	h.text[at] = 0;
	return h;
}

struct human report_human_part(uint64_t part, uint64_t whole)
{
	struct human h;
	double pct = whole ? 100.0 * (double)part / (double)whole : 100.0;
	snprintf(h.text, sizeof h.text, "%.1f %%", pct);
	return h;
}

struct human report_human_change(uint64_t before, uint64_t after)
{
	struct human h = { "the same size" };
	uint64_t diff = before > after ? before - after : after - before;
	const char *word = before > after ? "smaller" : "larger";
	double pct = before ? 100.0 * (double)diff / (double)before : 0;
	if (diff == 0)
		return h;
	/* What is left of something is not nothing. */
	if (before > after && after)
		pct = MIN(pct, 99.9);
	if (pct < 0.05)
		snprintf(h.text, sizeof h.text, "%.20s %s",
			 report_human_bytes(diff).text, word);
	else
		snprintf(h.text, sizeof h.text, "%.1f %% %s", pct, word);
	return h;
}

/* Drops "/bin/sh -c", "#(nop)" and "RUN |2 A=b C=d /bin/sh -c". */
static struct str bare_instruction(struct str s)
{
	static const struct str words[] = { { "/bin/sh -c ", 11 },
					    { "#(nop) ", 7 },
					    { " ", 1 } };
	if (str_starts(s, STR("RUN |")) || str_starts(s, STR("|"))) {
		const char *sh = memmem(s.p, s.n, "/bin/sh -c ", 11);
		if (sh)
			s = str_from(s, (size_t)(sh - s.p));
	}
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		while (str_starts(s, words[i]))
			s = str_from(s, words[i].n);
	return s;
}

static bool is_gap(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static bool next_word(struct str *rest, struct str *word)
{
	size_t n = 0;
	while (rest->n && is_gap(rest->p[0]))
		*rest = str_from(*rest, 1);
	while (n < rest->n && !is_gap(rest->p[n]))
		n++;
	*word = (struct str){ rest->p, n };
	*rest = str_from(*rest, n);
	return n;
}

static bool is_sha256(struct str hex)
{
	size_t n = 0;
	while (n < hex.n &&
	       (is_digit(hex.p[n]) || (hex.p[n] >= 'a' && hex.p[n] <= 'f')))
		n++;
	return n == hex.n && n == 64;
}

/* The classic builder writes what it copied by its digest:
 *
 *	COPY dir:0123...cdef in /srv	COPY <directory> /srv */
static struct str copied_thing(struct str word)
{
	static const struct {
		struct str prefix, shown;
	} rows[] = {
		{ { "dir:", 4 }, { "<directory>", 11 } },
		{ { "file:", 5 }, { "<file>", 6 } },
		{ { "multi:", 6 }, { "<files>", 7 } },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (str_starts(word, rows[i].prefix) &&
		    is_sha256(str_from(word, rows[i].prefix.n)))
			return rows[i].shown;
	return (struct str){ 0 };
}

int report_human_instruction(struct buf *b, struct str created_by,
			     struct err *err)
{
	struct str rest = bare_instruction(created_by), word, thing = { 0 };
	bool copies =
		str_starts(rest, STR("COPY ")) || str_starts(rest, STR("ADD "));
	size_t start = b->n;
	while (next_word(&rest, &word)) {
		bool in = thing.n && str_eq(word, STR("in"));
		thing = copies ? copied_thing(word) : (struct str){ 0 };
		if (in)
			continue;
		if ((b->n > start && buf_byte(b, ' ', err) < 0) ||
		    buf_shown(b, thing.n ? thing : word, err) < 0)
			return -1;
	}
	return 0;
}

struct counted report_human_things(uint64_t n, const char *one,
				   const char *many)
{
	struct counted c;
	snprintf(c.text, sizeof c.text, "%s %s", report_human_count(n).text,
		 plural(n, one, many));
	return c;
}

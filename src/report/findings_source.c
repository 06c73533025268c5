/* SPDX-License-Identifier: Apache-2.0 */
#include "report/findings_source.h"

#include <stdio.h>

enum {
	TAB = 8,
	LONG = 160,   /* bytes of a line that are shown */
	BEFORE = 40,  /* of those, in front of the finding when it is cut */
	LINES_MAX = 5 /* of a finding; the first three and the last of more */
};

/* What is shown of one line: bytes [from, to), carets below [a, b). */
struct view {
	struct str line;
	size_t from, to, a, b;
};

/* The next place at or behind i that is no middle of a character. */
static size_t character_edge(struct str s, size_t i)
{
	for (size_t n = 0; n < 3 && i < s.n && (s.p[i] & 0xc0) == 0x80; n++)
		i++;
	return i;
}

static struct view cut(struct str line, size_t a, size_t b)
{
	struct view v = { .line = line, .to = line.n };
	v.a = MIN(a, line.n);
	v.b = MAX(v.a, MIN(b, line.n));
	if (line.n <= LONG)
		return v;
	if (v.a > BEFORE)
		v.from = character_edge(line, v.a - BEFORE);
	if (line.n - v.from > LONG)
		v.to = character_edge(line, v.from + LONG);
	v.b = MIN(v.b, v.to);
	return v;
}

/* Columns that a character takes: Unicode's East Asian Width W and F, and
 * the usual marks that take none. */
static int width_of(struct str s)
{
	static const struct {
		uint32_t from, to;
		int width;
	} ranges[] = {
		{ 0x0300, 0x036f, 0 },	 { 0x1100, 0x115f, 2 },
		{ 0x200b, 0x200d, 0 },	 { 0x20d0, 0x20ff, 0 },
		{ 0x2e80, 0x303e, 2 },	 { 0x3041, 0xa4cf, 2 },
		{ 0xac00, 0xd7a3, 2 },	 { 0xf900, 0xfaff, 2 },
		{ 0xfe00, 0xfe0f, 0 },	 { 0xfe30, 0xfe6f, 2 },
		{ 0xff00, 0xff60, 2 },	 { 0xffe0, 0xffe6, 2 },
		{ 0x1f300, 0x1f64f, 2 }, { 0x1f680, 0x1f6ff, 2 },
		{ 0x1f900, 0x1f9ff, 2 }, { 0x20000, 0x3fffd, 2 },
	};
	uint32_t c = report_code_point(s);
	for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
		if (c >= ranges[i].from && c <= ranges[i].to)
			return ranges[i].width;
	return 1;
}

/* The character at *i as it is shown, *columns wide at the column at. */
static int add_character(struct buf *out, struct str line, size_t *i, int at,
			 int *columns, struct err *err)
{
	size_t n = report_visible_at(line, *i), start = out->n;
	if (line.p[*i] == '\t') {
		*columns = TAB - at % TAB;
		*i += 1;
		return buf_addf(out, err, "%*s", *columns, "");
	}
	struct str one = { line.p + *i, n ? n : report_step_at(line, *i) };
	*i += one.n;
	if (report_add_visible(out, one, err) < 0)
		return -1;
	*columns = n ? width_of(one) : (int)(out->n - start);
	return 0;
}

static int add_cut(struct buf *text, int *column, bool is_cut, struct err *err)
{
	if (!is_cut)
		return 0;
	*column += 3;
	return buf_str_add(text, STR("..."), err);
}

/* The line into *text; the columns of its carets. */
static int draw(const struct view *v, struct buf *text, int *first, int *last,
		struct err *err)
{
	struct str line = { v->line.p, v->to };
	int column = 0, width;
	*first = *last = -1;
	if (add_cut(text, &column, v->from > 0, err) < 0)
		return -1;
	for (size_t i = v->from; i < v->to; column += width) {
		if (*first < 0 && i >= v->a)
			*first = column;
		if (*last < 0 && i >= v->b)
			*last = column;
		if (add_character(text, line, &i, column, &width, err) < 0)
			return -1;
	}
	*first = *first < 0 ? column : *first;
	*last = *last < 0 ? column : *last;
	return add_cut(text, &column, v->to < v->line.n, err);
}

static int add_view(const struct view *v, uint32_t number, int gutter,
		    const char *ink, struct buf *out, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(SIZE_MAX);
	const char *plain = *ink ? "\033[0m" : "";
	int first, last;
	if (draw(v, &text, &first, &last, err) < 0 ||
	    buf_addf(out, err, "%*u |%s", gutter, number, text.n ? " " : "") <
		    0 ||
	    buf_str_add(out, buf_str(&text), err) < 0 ||
	    buf_addf(out, err, "\n%*s | %*s%s", gutter, "", first, "", ink) < 0)
		return -1;
	for (int i = first; i < MAX(last, first + 1); i++)
		if (buf_byte(out, '^', err) < 0)
			return -1;
	return buf_addf(out, err, "%s\n", plain);
}

/* Carets of a line between the first and the last begin at its text. */
static size_t first_word(struct str line)
{
	size_t i = 0;
	while (i < line.n && (line.p[i] == ' ' || line.p[i] == '\t'))
		i++;
	return i;
}

int report_add_source(const struct finding_list *file, const struct finding *f,
		      const char *ink, struct buf *out, struct err *err)
{
	char digits[16];
	uint32_t last = f->to.line;
	if (last > f->from.line && f->to.column == 1)
		last--;
	int gutter = snprintf(digits, sizeof digits, "%u", last) + 2;
	for (uint32_t i = f->from.line; i <= last && i <= file->n_lines; i++) {
		struct str line = report_line(file, i);
		if (last - f->from.line >= LINES_MAX && i == f->from.line + 3) {
			if (buf_addf(out, err, "%*s | ...\n", gutter, "") < 0)
				return -1;
			i = last - 1;
			continue;
		}
		size_t a = i == f->from.line ? f->from.column - 1
					     : first_word(line);
		size_t b = i == f->to.line ? f->to.column - 1 : line.n;
		struct view v = cut(line, a, b);
		if (add_view(&v, i, gutter, ink, out, err) < 0)
			return -1;
	}
	return 0;
}

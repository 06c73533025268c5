/* SPDX-License-Identifier: Apache-2.0 */
#include "report/table.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"
#include "base/width.h"

/* WHOLE_WIDE: how far texts in full are padded; longer ones run over. */
enum { DOTS = 3, WHOLE_WIDE = 45 };

struct table_cell {
	size_t at, n;
};

/* Where the columns are to stand. */
struct layout {
	size_t wide[TABLE_COLUMNS_MAX];
	size_t needs[TABLE_COLUMNS_MAX]; /* of the widest cell */
	bool breaks[TABLE_COLUMNS_MAX];	 /* begins a line */
	size_t indent;			 /* of lines but the first */
};

void report_table_done(struct table *t)
{
	buf_done(&t->text);
	free(t->cells);
	t->cells = NULL;
	t->n_cells = t->cap = 0;
}

static size_t cells_end(const struct table *t)
{
	if (t->n_cells == 0)
		return 0;
	const struct table_cell *last = &t->cells[t->n_cells - 1];
	return last->at + last->n;
}

int report_table_cell(struct table *t, struct str cell, struct err *err)
{
	size_t at = cells_end(t);
	if (buf_str_add(&t->text, cell, err) < 0 ||
	    vec_room((void **)&t->cells, (uint32_t)t->n_cells, &t->cap,
		     sizeof *t->cells, err) < 0)
		return -1;
	t->cells[t->n_cells++] = (struct table_cell){ at, t->text.n - at };
	return 0;
}

int report_table_cellf(struct table *t, struct err *err, const char *fmt, ...)
{
	char text[256];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return report_table_cell(t, str_of(text), err);
}

static bool is_text(const struct column *c)
{
	return c->kind >= COLUMN_TEXT;
}

static struct str cell_at(const struct table *t, size_t row, size_t column)
{
	const struct table_cell *c = &t->cells[row * t->n_columns + column];
	return (struct str){ t->text.p + c->at, c->n };
}

static size_t count_rows(const struct table *t)
{
	return t->n_cells / t->n_columns;
}

/* What each column needs, and the least of it that it is content with. */
static void measure(const struct table *t, struct layout *l)
{
	for (size_t c = 0; c < t->n_columns; c++) {
		const struct column *col = &t->columns[c];
		size_t title = t->untitled ? 0 : strlen(col->title);
		l->needs[c] = title;
		for (size_t r = 0; r < count_rows(t); r++)
			l->needs[c] = MAX(l->needs[c],
					  width_of_str(cell_at(t, r, c)));
		if (!is_text(col))
			l->wide[c] = MAX(l->needs[c], (size_t)col->least);
		else if (t->whole)
			l->wide[c] = MIN(l->needs[c], (size_t)WHOLE_WIDE);
		else
			l->wide[c] = MIN(l->needs[c], (size_t)col->least);
	}
}

/* Gives the rest of a line to the texts of columns [from, to) that need more,
 * in equal parts. */
static void share(const struct table *t, size_t from, size_t to, size_t rest,
		  struct layout *l)
{
	size_t n_hungry = 1;
	while (rest && n_hungry) {
		n_hungry = 0;
		for (size_t c = from; c < to; c++)
			n_hungry += is_text(&t->columns[c]) &&
				    l->wide[c] < l->needs[c];
		for (size_t c = from, n = n_hungry; n && c < to; c++) {
			if (!is_text(&t->columns[c]) ||
			    l->wide[c] >= l->needs[c])
				continue;
			size_t more = MIN(l->needs[c] - l->wide[c],
					  (rest + n - 1) / n);
			l->wide[c] += more;
			rest -= more;
			n--;
		}
	}
}

/* Fills lines from the left, each as far as it goes. */
static void break_lines(const struct table *t, struct layout *l)
{
	size_t from = 0, used = 0;
	size_t width = t->width ? t->width : SIZE_MAX;
	l->indent = l->wide[0] + t->columns[1].gap;
	for (size_t c = 0; c < t->n_columns; c++) {
		size_t more = l->wide[c] + (c > from ? t->columns[c].gap : 0);
		if (c > from && used + more > width) {
			share(t, from, c, width - MIN(used, width), l);
			l->breaks[c] = true;
			from = c;
			used = l->indent;
			more = l->wide[c];
		}
		used += more;
	}
	share(t, from, t->n_columns, width - MIN(used, width), l);
	/* A text alone on its line may still be wider than that. */
	size_t most = width > l->indent ? width - l->indent : 0;
	most = MAX(most, (size_t)DOTS + 1);
	for (size_t c = 0; c < t->n_columns; c++)
		if (is_text(&t->columns[c]) && l->breaks[c])
			l->wide[c] = MIN(l->wide[c], most);
}

static int put_blanks(struct buf *out, size_t n, struct err *err)
{
	char *to;
	if (n == 0)
		return 0;
	if (buf_room(out, n, &to, err) < 0)
		return -1;
	memset(to, ' ', n);
	out->n += n;
	return 0;
}

/* Cuts a cell to its column: head, dots, and of a path its end. */
static int put_cut(const struct column *col, struct str cell, size_t wide,
		   struct buf *out, struct err *err)
{
	struct str head = cell, tail = { 0 };
	const char *dots = "";
	if (width_of_str(cell) > wide) {
		size_t room = wide > DOTS ? wide - DOTS : 0;
		size_t keep = col->kind == COLUMN_PATH ? room / 3 : room;
		head.n = width_fit(cell, keep);
		tail = str_from(cell, width_fit_end(cell, room - keep));
		if (col->kind != COLUMN_PATH)
			tail.n = 0;
		dots = "...";
	}
	if (buf_str_add(out, head, err) < 0 ||
	    buf_str_add(out, str_of(dots), err) < 0)
		return -1;
	return buf_str_add(out, tail, err);
}

/* The part of a wrapped cell that goes on this line; the rest stays in it. */
static struct str take_line(struct str *cell, size_t wide)
{
	size_t fits = width_fit(*cell, wide), end = fits;
	while (fits < cell->n && end && cell->p[end] != ' ')
		end--;
	if (fits < cell->n && end == 0)
		end = MAX(fits, str_utf8_len(*cell)); /* one long word */
	struct str line = { cell->p, fits < cell->n ? end : fits };
	*cell = str_from(*cell, line.n);
	while (str_starts(*cell, STR(" ")))
		*cell = str_from(*cell, 1);
	return line;
}

int report_table_wrap(struct str text, size_t width, size_t at, size_t indent,
		      struct buf *out, struct err *err)
{
	while (text.n) {
		size_t room = width > at ? width - at : 1;
		struct str line =
			take_line(&text, width ? MAX(room, 10u) : SIZE_MAX);
		if (buf_str_add(out, line, err) < 0)
			return -1;
		if (text.n && (buf_byte(out, '\n', err) < 0 ||
			       put_blanks(out, indent, err) < 0))
			return -1;
		at = indent;
	}
	return 0;
}

static int put_cell(const struct table *t, const struct layout *l, size_t c,
		    struct str *cell, struct buf *out, struct err *err)
{
	const struct column *col = &t->columns[c];
	size_t start = out->n, wide = l->wide[c], n = width_of_str(*cell);
	struct str line = *cell;
	if (col->kind == COLUMN_NUMBER && n < wide &&
	    put_blanks(out, wide - n, err) < 0)
		return -1;
	if (col->kind == COLUMN_WRAP && !t->whole)
		line = take_line(cell, wide);
	else
		*cell = (struct str){ 0 };
	if (t->whole || !is_text(col) ? buf_str_add(out, line, err) < 0
				      : put_cut(col, line, wide, out, err) < 0)
		return -1;
	n = width_of_str((struct str){ out->p + start, out->n - start });
	return n < wide ? put_blanks(out, wide - n, err) : 0;
}

/* No blanks at the end of a line, no line of blanks alone. */
static int end_line(struct buf *out, size_t start, struct err *err)
{
	while (out->n > start && out->p[out->n - 1] == ' ')
		out->n--;
	return out->n > start ? buf_byte(out, '\n', err) : 0;
}

/* Cells that wrap are laid out again until nothing of them is left. */
static int put_line(const struct table *t, const struct layout *l, size_t from,
		    size_t to, struct str *cells, struct buf *out,
		    struct err *err)
{
	bool more = true;
	while (more) {
		size_t start = out->n;
		if (put_blanks(out, from ? l->indent : 0, err) < 0)
			return -1;
		more = false;
		for (size_t c = from; c < to; c++) {
			size_t gap = c > from ? t->columns[c].gap : 0;
			if (put_blanks(out, gap, err) < 0 ||
			    put_cell(t, l, c, &cells[c], out, err) < 0)
				return -1;
			more |= cells[c].n > 0;
		}
		if (end_line(out, start, err) < 0)
			return -1;
	}
	return 0;
}

static int put_row(const struct table *t, const struct layout *l,
		   struct str *cells, struct buf *out, struct err *err)
{
	for (size_t from = 0, to; from < t->n_columns; from = to) {
		to = from + 1;
		while (to < t->n_columns && !l->breaks[to])
			to++;
		if (put_line(t, l, from, to, cells, out, err) < 0)
			return -1;
	}
	return 0;
}

static int put_titles(const struct table *t, const struct layout *l,
		      struct buf *out, struct err *err)
{
	struct str cells[TABLE_COLUMNS_MAX];
	for (size_t c = 0; c < t->n_columns; c++)
		cells[c] = str_of(t->columns[c].title);
	if (t->color && buf_str_add(out, STR("\033[1m"), err) < 0)
		return -1;
	if (put_row(t, l, cells, out, err) < 0)
		return -1;
	if (!t->color)
		return 0;
	out->n--; /* the colour ends before the line does */
	return buf_str_add(out, STR("\033[0m\n"), err);
}

int report_table_put(const struct table *t, struct buf *out, struct err *err)
{
	struct str cells[TABLE_COLUMNS_MAX];
	struct layout l = { 0 };
	measure(t, &l);
	if (!t->whole)
		break_lines(t, &l);
	if (!t->untitled && put_titles(t, &l, out, err) < 0)
		return -1;
	for (size_t r = 0; r < count_rows(t); r++) {
		for (size_t c = 0; c < t->n_columns; c++)
			cells[c] = cell_at(t, r, c);
		if (put_row(t, &l, cells, out, err) < 0)
			return -1;
	}
	return 0;
}

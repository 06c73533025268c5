/* SPDX-License-Identifier: Apache-2.0 */
/* report/table.h - rows of cells, laid out for the width of a terminal.
 *
 * Columns of numbers are as wide as they must be. Texts share what is left and
 * are cut there ("..."), or wrapped. Where not even the least of a column has
 * room on the line, it goes to a line of its own below, with all that follow:
 *
 *	LAYER     STORED       DEAD  INSTRUCTION      LAYER     STORED
 *	    1   500.0 kB   300.0 kB  RUN make               DEAD  INSTRUCTION
 *	                                                  1   500.0 kB
 *	                                                300.0 kB  RUN make
 *
 * Widths are columns of the terminal, not bytes (base/width.h). */
#pragma once
#include "base/str.h"

enum column_kind {
	COLUMN_NUMBER, /* right, never cut */
	COLUMN_WORD,   /* left, never cut */
	COLUMN_TEXT,   /* left, cut at its end */
	COLUMN_PATH,   /* left, cut in its middle */
	COLUMN_WRAP,   /* left, goes on below itself */
};

struct column {
	const char *title;
	enum column_kind kind;
	unsigned least; /* minimum width; shorter texts are padded to it */
	unsigned gap;	/* blanks in front of it */
};

struct table {
	const struct column *columns;
	size_t n_columns;
	size_t width; /* 0: without end */
	bool color;
	bool whole;	 /* texts are neither cut nor wrapped, however long */
	bool untitled;	 /* no line of titles */
	struct buf text; /* of all cells */
	struct table_cell *cells;
	size_t n_cells;
	uint32_t cap;
};
enum { TABLE_COLUMNS_MAX = 8, TABLE_TEXT_MAX = 1 << 30 };
#define TABLE_INIT(of, columns_wide)                         \
	{                                                    \
		.columns = (of), .n_columns = ARRAY_LEN(of), \
		.width = (columns_wide),                     \
		.text = BUF_INIT((size_t)TABLE_TEXT_MAX)     \
	}

void report_table_done(struct table *t);
/* The next cell, row by row; what stands in t->text behind the last cell is
 * its beginning. */
must_check int report_table_cell(struct table *t, struct str cell,
				 struct err *err);
must_check int report_table_cellf(struct table *t, struct err *err,
				  const char *fmt, ...) printf_like(3, 4);
/* Appends a text that begins in column `at` of a line and goes on below,
 * behind `indent` blanks; width as in a table. No line's end. */
must_check int report_table_wrap(struct str text, size_t width, size_t at,
				 size_t indent, struct buf *out,
				 struct err *err);
/* Appends titles and rows. */
must_check int report_table_put(const struct table *t, struct buf *out,
				struct err *err);

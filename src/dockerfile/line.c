/* SPDX-License-Identifier: Apache-2.0 */
/* Logical lines: what continuations join, and the way back to the file.
 *
 *	file		RUN a \	| 0		logical	text "RUN a   b"
 *			# why	| 8			segs { 0 -> 0, 6 -> 14 }
 *			  b	| 14
 *
 * A position of the logical line is looked up in the segments: byte 8 is "b",
 * in the segment from 6 on, so 14 + (8 - 6) = 16 in the file. */
#include "base/chars.h"
#include "dockerfile/internal.h"

/* Pieces of code of one instruction, as spans of the file. */
struct joined {
	struct span *code;
	size_t n, cap;
	size_t bytes;
};

/* Binary search for the last segment that begins at or before i. */
uint32_t dockerfile_logical_at(const struct df_logical *l, size_t i)
{
	uint32_t low = 0, high = l->n_segs;
	if (high == 0)
		return 0;
	while (high - low > 1) {
		uint32_t mid = low + (high - low) / 2;
		if (l->segs[mid].logical <= i)
			low = mid;
		else
			high = mid;
	}
	return l->segs[low].file + (uint32_t)(i - l->segs[low].logical);
}

/* By the last byte and not by the one behind it: that one may be on another
 * line, behind a continuation that is no part of the word. */
struct span dockerfile_logical_span(const struct df_logical *l, size_t a,
				    size_t b)
{
	if (a < b)
		return span_of(dockerfile_logical_at(l, a),
			       dockerfile_logical_at(l, b - 1) + 1);
	/* An empty place stands behind what is in front of it. */
	return (struct span){ a ? dockerfile_logical_at(l, a - 1) + 1
				: dockerfile_logical_at(l, 0),
			      0 };
}

/* Where the escape that continues the line stands, or text.n. It is the last
 * character but for blanks and tabs, and no escape stands in front of it.
 *
 * "a \\" does not continue: the escape is escaped. BuildKit looks at one
 * character in front only, so "a \\\" does not continue either. */
static size_t continuation(struct str text, char escape)
{
	size_t n = text.n;
	while (n > 0 && (text.p[n - 1] == ' ' || text.p[n - 1] == '\t'))
		n--;
	if (n == 0 || text.p[n - 1] != escape ||
	    (n > 1 && text.p[n - 2] == escape))
		return text.n;
	return n - 1;
}

/* 1: the next line belongs to it.
 *
 * Blanks behind the escape go with it, as for BuildKit; to a shell "\ " would
 * be an escaped blank and the end of the command. */
static int add_code(struct reader *r, struct line l, struct joined *j)
{
	struct str text = dockerfile_line_str(r, l);
	size_t n = continuation(text, r->df->escape);
	uint32_t end = l.from + (uint32_t)n;
	if (arena_grow(&r->df->arena, &j->code, j->n, &j->cap, sizeof *j->code,
		       r->err) < 0)
		return -1;
	j->code[j->n++] = span_of(l.from, end);
	j->bytes += n;
	if (dockerfile_piece(r, DF_LEAF_OTHER, l.from, end) < 0 ||
	    dockerfile_piece(r, DF_LEAF_CONTINUATION, end, l.to) < 0 ||
	    dockerfile_piece(r, DF_LEAF_NEWLINE, l.to, l.next) < 0)
		return -1;
	return n < text.n;
}

static int add_comment(struct reader *r, struct line l, size_t lead)
{
	struct dockerfile *df = r->df;
	uint32_t from = l.from + (uint32_t)lead;
	struct df_comment c = { .at = span_of(from, l.to), .inside = true };
	c.text = str_trim(span_str(df->text, span_of(from + 1, l.to)), NULL);
	if (arena_grow(&df->arena, &df->comments, df->n_comments,
		       &r->cap_comments, sizeof c, r->err) < 0)
		return -1;
	df->comments[df->n_comments++] = c;
	if (dockerfile_piece(r, DF_LEAF_BLANK, l.from, from) < 0 ||
	    dockerfile_piece(r, DF_LEAF_COMMENT, from, l.to) < 0)
		return -1;
	return dockerfile_piece(r, DF_LEAF_NEWLINE, l.to, l.next);
}

/* A line behind a continuation: comments and empty lines vanish; others keep
 * the blanks in front. */
static int add_line(struct reader *r, struct line l, struct df_instr *in,
		    struct joined *j)
{
	size_t lead = 0, len;
	struct str text = dockerfile_line_str(r, l);
	while (char_is_space(char_at(text, lead, &len)))
		lead += len;
	if (lead < text.n && text.p[lead] == '#')
		return add_comment(r, l, lead) < 0 ? -1 : 1;
	if (lead < text.n)
		return add_code(r, l, j);
	in->blank_inside = true;
	if (dockerfile_piece(r, DF_LEAF_BLANK, l.from, l.to) < 0 ||
	    dockerfile_piece(r, DF_LEAF_NEWLINE, l.to, l.next) < 0)
		return -1;
	return 1;
}

/* One piece is borrowed from the file, several are copied.
 *
 * Most instructions have one line and cost no copy. */
static int join(struct reader *r, const struct joined *j, struct df_logical *l)
{
	struct df_seg *segs =
		arena_array(&r->df->arena, j->n, sizeof *segs, r->err);
	if (!segs)
		return -1;
	l->segs = segs;
	for (size_t i = 0; i < j->n; i++) {
		/* An empty piece would hide the way back of the next one. */
		if (l->n_segs && j->code[i].n == 0)
			continue;
		if (l->n_segs && segs[l->n_segs - 1].logical == l->text.n)
			l->n_segs--;
		segs[l->n_segs++] =
			(struct df_seg){ (uint32_t)l->text.n, j->code[i].at };
		l->text.n += j->code[i].n;
	}
	l->text.p = r->df->text.p + segs[0].file;
	if (l->n_segs <= 1)
		return 0;
	char *to = arena_bytes(&r->df->arena, j->bytes, r->err);
	if (!to)
		return -1;
	l->text.p = to;
	for (size_t i = 0; i < j->n; i++) {
		memcpy(to, r->df->text.p + j->code[i].at, j->code[i].n);
		to += j->code[i].n;
	}
	return 0;
}

/* The head ends at the last byte that is no blank; a line of nothing but an
 * escape still has one byte to point at. */
int dockerfile_read_line(struct reader *r, struct line l, struct df_instr *in)
{
	struct joined j = { 0 };
	uint32_t start = l.from;
	int more = add_code(r, l, &j);
	while (more > 0 && dockerfile_next_line(r, &l))
		more = add_line(r, l, in, &j);
	if (more < 0 || join(r, &j, &in->line) < 0)
		return -1;
	size_t n = str_trim(in->line.text, NULL).n;
	in->head = n ? dockerfile_logical_span(
			       &in->line, 0,
			       (size_t)(str_trim(in->line.text, NULL).p -
					in->line.text.p) +
				       n)
		     : (struct span){ start, 1 };
	in->head = span_of(start, span_end(in->head));
	in->at = in->head;
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a Dockerfile line by line.
 *
 * Invariants, for all files of the reader:
 *
 * - Leaves tile the file: each byte is in one leaf, in order. Whoever moves
 *   r->at behind bytes makes their leaves.
 * - An instruction is one logical line, and what is read of it are offsets in
 *   that line; dockerfile_logical_span leads back to the file. For
 *
 *	RUN a \
 *	# why
 *	  b
 *
 *   the logical line is "RUN a   b" of two pieces, and the comment between them
 *   is a leaf and a comment of the file.
 * - An error marks its instruction and reading goes on, so that one slip does
 *   not hide the rest of the file from rules. Only memory and size end it. */
#include "dockerfile/internal.h"

/* Counted first: a hostile file of line ends alone costs two passes and one
 * allocation of the right size. */
static int index_lines(struct dockerfile *df, struct err *err)
{
	uint32_t n = 1;
	for (size_t i = 0; i < df->text.n; i++)
		n += df->text.p[i] == '\n';
	uint32_t *at = arena_array(&df->arena, n, sizeof *at, err);
	if (!at)
		return -1;
	df->lines = at;
	df->n_lines = n;
	*at++ = 0;
	for (size_t i = 0; i < df->text.n; i++)
		if (df->text.p[i] == '\n')
			*at++ = (uint32_t)(i + 1);
	return 0;
}

struct text_pos dockerfile_position(const struct dockerfile *df, uint32_t at)
{
	uint32_t low = 0, high = df->n_lines;
	while (high - low > 1) {
		uint32_t mid = low + (high - low) / 2;
		if (df->lines[mid] <= at)
			low = mid;
		else
			high = mid;
	}
	return (struct text_pos){ low + 1, at - df->lines[low] + 1 };
}

/* A bare # divides: comments above it do not belong to the next instruction
 * (comments_from), as BuildKit has it for its descriptions. */
static int add_comment(struct reader *r, struct span at)
{
	struct dockerfile *df = r->df;
	struct str text = str_trim(
		span_str(df->text, span_of(at.at + 1, span_end(at))), NULL);
	if (arena_grow(&df->arena, &df->comments, df->n_comments,
		       &r->cap_comments, sizeof *df->comments, r->err) < 0)
		return -1;
	df->comments[df->n_comments++] =
		(struct df_comment){ .at = at, .text = text };
	if (text.n == 0)
		r->comments_from = (uint32_t)df->n_comments;
	return 0;
}

/* Directives end at the first line that is none (Dockerfile reference, "Parser
 * directives"); from then on `# escape=` is a comment. */
static int read_comment(struct reader *r, struct line l)
{
	struct span at = span_of(l.from, l.to);
	int directive =
		r->head || r->shebang ? dockerfile_read_directive(r, at) : 0;
	if (directive < 0)
		return -1;
	if (!directive && add_comment(r, at) < 0)
		return -1;
	return dockerfile_leaf(r,
			       directive ? DF_LEAF_DIRECTIVE : DF_LEAF_COMMENT,
			       l.from, l.to, DF_NO_INSTR);
}

/* The order counts: heredocs are announced by words, so the line is split
 * first; their bodies follow the line, so its leaves are cut before theirs; and
 * what BuildKit refuses is told of an instruction that is complete. */
static int read_instr(struct reader *r, struct line l)
{
	struct dockerfile *df = r->df;
	struct df_instr *in = dockerfile_new_instr(r);
	if (df->n_instrs == DF_INSTRS_MAX)
		return dockerfile_too_many(r, r->at - 1, DF_INSTRS_MAX,
					   "instructions");
	if (!in || arena_grow(&df->arena, &df->instrs, df->n_instrs,
			      &r->cap_instrs, sizeof in, r->err) < 0)
		return -1;
	in->index = (uint32_t)df->n_instrs;
	in->first_comment = r->comments_from;
	in->n_comments = (uint32_t)df->n_comments - r->comments_from;
	df->instrs[df->n_instrs++] = in;
	r->n_pieces = 0;
	if (dockerfile_read_line(r, l, in) < 0 ||
	    dockerfile_split(r, in, 0) < 0 ||
	    dockerfile_cut_pieces(r, in) < 0 ||
	    dockerfile_read_heredocs(r, in) < 0)
		return -1;
	if (!in->bad)
		dockerfile_check(r, in);
	r->comments_from = (uint32_t)df->n_comments;
	return 0;
}

/* A line that starts no continuation: blank, comment or instruction. */
static int read_line(struct reader *r, struct line l)
{
	size_t len;
	uint32_t start = l.from;
	while (l.from < l.to &&
	       char_is_space(char_at(dockerfile_line_str(r, l), 0, &len)))
		l.from += (uint32_t)len;
	if (dockerfile_leaf(r, DF_LEAF_BLANK, start, l.from, DF_NO_INSTR) < 0)
		return -1;
	bool comment = l.from < l.to && r->df->text.p[l.from] == '#';
	if (!comment)
		r->head = r->shebang = false;
	if (l.from < l.to && !comment)
		return read_instr(r, l);
	if (comment && read_comment(r, l) < 0)
		return -1;
	return dockerfile_leaf(r, DF_LEAF_NEWLINE, l.to, l.next, DF_NO_INSTR);
}

/* A byte order mark is passed over, as BuildKit does; it is a leaf, so an edit
 * keeps it. */
static int read_file(struct reader *r)
{
	struct line l;
	if (index_lines(r->df, r->err) < 0)
		return -1;
	if (str_starts(r->df->text, STR("\xef\xbb\xbf"))) {
		if (dockerfile_leaf(r, DF_LEAF_BOM, 0, 3, DF_NO_INSTR) < 0)
			return -1;
		r->at = 3;
	}
	while (dockerfile_next_line(r, &l))
		if (read_line(r, l) < 0)
			return -1;
	if (r->df->n_instrs == 0)
		dockerfile_report(r, (struct span){ 0 },
				  "the file has no instruction");
	return 0;
}

int dockerfile_parse(struct str text, struct diag_sink *sink,
		     struct dockerfile *out, struct err *err)
{
	*out = (struct dockerfile){ .text = text, .escape = '\\' };
	struct reader r = { .df = out, .sink = sink, .err = err, .head = true };
	if (text.n > DF_SIZE_MAX)
		return err_set(err, ERR_LIMIT,
			       "a Dockerfile of %zu bytes is over %d", text.n,
			       DF_SIZE_MAX);
	if (read_file(&r) < 0) {
		dockerfile_done(out);
		return -1;
	}
	return 0;
}

void dockerfile_done(struct dockerfile *df)
{
	arena_done(&df->arena);
	*df = (struct dockerfile){ 0 };
}

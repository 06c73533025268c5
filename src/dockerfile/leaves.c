/* SPDX-License-Identifier: Apache-2.0 */
/* Leaves: every byte of the file in its place, in order.
 *
 *	RUN --mount=x  apt \	KEYWORD " " FLAG "  " WORD CONTINUATION NEWLINE
 *	 get			WORD NEWLINE
 *
 * for the words of a shell form (one WORD that runs over both lines and is cut
 * at each). Concatenated, leaves are the file: that is tested for every input
 * of the fuzzer, and is what lets an edit replace one word and keep every other
 * byte. */
#include "base/chars.h"
#include "dockerfile/internal.h"

/* What is known of an instruction's code, in order of the file. */
struct marks {
	struct df_leaf *m;
	size_t n, cap;
};

int dockerfile_leaf(struct reader *r, enum df_leaf_kind kind, uint32_t from,
		    uint32_t to, uint32_t instr)
{
	struct dockerfile *df = r->df;
	if (from == to)
		return 0;
	if (df->n_leaves == DF_LEAVES_MAX)
		return dockerfile_too_many(r, from, DF_LEAVES_MAX,
					   "words, blanks and comments");
	if (arena_grow(&df->arena, &df->leaves, df->n_leaves, &r->cap_leaves,
		       sizeof *df->leaves, r->err) < 0)
		return -1;
	df->leaves[df->n_leaves++] =
		(struct df_leaf){ span_of(from, to), kind, instr };
	return 0;
}

/* Lines are met before it is known what their words are, so their pieces wait:
 * code as DF_LEAF_OTHER, to be cut at the marks by dockerfile_cut_pieces. */
int dockerfile_piece(struct reader *r, enum df_leaf_kind kind, uint32_t from,
		     uint32_t to)
{
	if (from == to)
		return 0;
	if (arena_grow(&r->df->arena, &r->pieces, r->n_pieces, &r->cap_pieces,
		       sizeof *r->pieces, r->err) < 0)
		return -1;
	r->pieces[r->n_pieces++] =
		(struct df_leaf){ span_of(from, to), kind, DF_NO_INSTR };
	return 0;
}

static int mark(struct reader *r, struct marks *m, enum df_leaf_kind kind,
		struct span at)
{
	if (at.n == 0)
		return 0;
	if (arena_grow(&r->df->arena, &m->m, m->n, &m->cap, sizeof *m->m,
		       r->err) < 0)
		return -1;
	m->m[m->n++] = (struct df_leaf){ at, kind, 0 };
	return 0;
}

static int mark_args(struct reader *r, const struct df_instr *in,
		     struct marks *m)
{
	for (size_t i = 0; i < in->n_words; i++)
		if (mark(r, m, DF_LEAF_WORD, in->words[i].at) < 0)
			return -1;
	for (size_t i = 0; i < in->n_pairs; i++)
		if (mark(r, m, DF_LEAF_WORD, in->pairs[i].key.at) < 0 ||
		    mark(r, m, DF_LEAF_WORD, in->pairs[i].value.at) < 0)
			return -1;
	if (in->n_words == 0 && in->n_pairs == 0 && !in->inner &&
	    in->form != DF_FORM_JSON)
		return mark(r, m, DF_LEAF_WORD, in->rest.at);
	return 0;
}

/* Outer keyword, then the inner instruction of an ONBUILD: both are of one
 * line, and so in order. */
static int mark_instr(struct reader *r, const struct df_instr *in,
		      struct marks *m)
{
	for (; in; in = in->inner) {
		if (mark(r, m, DF_LEAF_KEYWORD, in->keyword.at) < 0)
			return -1;
		for (size_t i = 0; i < in->n_flags; i++)
			if (mark(r, m, DF_LEAF_FLAG, in->flags[i].at) < 0)
				return -1;
		if (mark_args(r, in, m) < 0)
			return -1;
	}
	return 0;
}

/* Code between the marks: blanks, and what is neither word nor blank. */
static int cut_gap(struct reader *r, uint32_t from, uint32_t to, uint32_t instr)
{
	const char *p = r->df->text.p;
	while (from < to) {
		uint32_t end = from + 1;
		bool blank = is_blank(p[from]);
		while (end < to && is_blank(p[end]) == blank)
			end++;
		if (dockerfile_leaf(r, blank ? DF_LEAF_BLANK : DF_LEAF_OTHER,
				    from, end, instr) < 0)
			return -1;
		from = end;
	}
	return 0;
}

/* A mark may run over several pieces where a word is continued on the next
 * line: it is cut at the end of each, and *next stays with it until the piece
 * that it ends in. */
static int cut_code(struct reader *r, struct df_leaf piece,
		    const struct marks *m, size_t *next, uint32_t instr)
{
	uint32_t from = piece.at.at, to = span_end(piece.at);
	for (; *next < m->n && m->m[*next].at.at < to; ++*next) {
		struct df_leaf mk = m->m[*next];
		uint32_t start = MAX(from, mk.at.at);
		uint32_t end = MIN(to, span_end(mk.at));
		if (end <= start)
			continue;
		if (cut_gap(r, from, start, instr) < 0 ||
		    dockerfile_leaf(r, mk.kind, start, end, instr) < 0)
			return -1;
		from = end;
		if (span_end(mk.at) > to)
			break;
	}
	return cut_gap(r, from, to, instr);
}

/* Both rows rise, so they are merged in one pass. */
int dockerfile_cut_pieces(struct reader *r, const struct df_instr *in)
{
	struct marks m = { 0 };
	size_t next = 0;
	if (mark_instr(r, in, &m) < 0)
		return -1;
	for (size_t i = 0; i < r->n_pieces; i++) {
		struct df_leaf p = r->pieces[i];
		if (p.kind == DF_LEAF_OTHER) {
			if (cut_code(r, p, &m, &next, in->index) < 0)
				return -1;
		} else if (dockerfile_leaf(r, p.kind, p.at.at, span_end(p.at),
					   in->index) < 0) {
			return -1;
		}
	}
	return 0;
}

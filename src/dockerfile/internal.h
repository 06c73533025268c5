/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/internal.h - what the files of the reader share. */
#pragma once
#include "base/chars.h"
#include "dockerfile/dockerfile.h"

/* State of one dockerfile_parse. */
struct reader {
	struct dockerfile *df;
	struct diag_sink *sink;
	struct err *err;
	uint32_t at; /* next physical line */
	size_t cap_leaves, cap_instrs, cap_comments, cap_directives;
	uint32_t comments_from; /* first comment not yet given away */
	bool head;		/* parser directives may still come */
	bool shebang;		/* the first line was #! */
	/* The lines of the instruction at hand; DF_LEAF_OTHER is code that is
	 * cut into words when they are known. */
	struct df_leaf *pieces;
	size_t n_pieces, cap_pieces;
};

/* One physical line: content [from, to), its end [to, next). */
struct line {
	uint32_t from, to, next;
};

/* Reports and marks the instruction; only the first error of an instruction
 * is told. */
void dockerfile_bad(struct reader *r, struct df_instr *in, struct span at,
		    const char *fmt, ...) printf_like(4, 5);
void dockerfile_report(struct reader *r, struct span at, const char *message);

/* ERR_LIMIT; at is in the line that has one too many. Returns -1. */
int dockerfile_too_many(const struct reader *r, uint32_t at, int most,
			const char *what);

struct str dockerfile_line_str(const struct reader *r, struct line l);

/* false at the end of the file. */
bool dockerfile_next_line(struct reader *r, struct line *out);
must_check int dockerfile_leaf(struct reader *r, enum df_leaf_kind kind,
			       uint32_t from, uint32_t to, uint32_t instr);

/* head.c: a comment line at c = [from, to). 1: it was a directive. */
must_check int dockerfile_read_directive(struct reader *r, struct span c);

/* line.c: the logical line that starts in l, whose blanks in front are
 * gone. */
must_check int dockerfile_read_line(struct reader *r, struct line l,
				    struct df_instr *in);
/* heredoc.c */
must_check int dockerfile_read_heredocs(struct reader *r, struct df_instr *in);
/* split.c: keyword, flags and arguments of in->line from offset `from`. */
must_check int dockerfile_split(struct reader *r, struct df_instr *in,
				size_t from);
struct df_instr *dockerfile_new_instr(struct reader *r);
/* leaves.c: leaves of the pieces of an instruction's lines. */
must_check int dockerfile_piece(struct reader *r, enum df_leaf_kind kind,
				uint32_t from, uint32_t to);
must_check int dockerfile_cut_pieces(struct reader *r,
				     const struct df_instr *in);
/* flags.c: flags from the logical byte *at on; *at is then behind them. */
must_check int dockerfile_read_flags(struct reader *r, struct df_instr *in,
				     size_t *at, size_t to);
/* check.c: what BuildKit refuses of an instruction that can be read. */
void dockerfile_check(struct reader *r, struct df_instr *in);
/* check_health.c: the part of it that is HEALTHCHECK's. */
void dockerfile_check_health(struct reader *r, struct df_instr *in);

/* words.c: in->words become the quoted words of the logical bytes [from, to)
 * as ENV, LABEL and ARG have them (escapes and quotes stay), or those that
 * blanks split. */
must_check int dockerfile_quoted_words(struct reader *r, struct df_instr *in,
				       size_t from, size_t to);
must_check int dockerfile_blank_words(struct reader *r, struct df_instr *in,
				      size_t from, size_t to);
struct df_word dockerfile_word_at(const struct df_instr *in, size_t a,
				  size_t b);

must_check int dockerfile_add_word(struct reader *r, struct df_instr *in,
				   size_t *cap, struct df_word w);

/* json.c: appends to in->words. 1: a JSON array of strings; 0: not JSON;
 * 2: an array with something else than strings, *at is where (logical). */
must_check int dockerfile_json_words(struct reader *r, struct df_instr *in,
				     size_t from, size_t to, size_t *at);

/* Flags an instruction may have. */
struct flag_desc {
	const char *name;
	enum flag_type { FLAG_STRING, FLAG_BOOL, FLAG_LIST } type;
};

struct kind_desc {
	enum df_kind kind;
	const char *name;
	enum args {
		ARGS_LINE,
		ARGS_BLANKS,
		ARGS_JSON_OR_LINE,
		ARGS_JSON_OR_BLANKS,
		ARGS_PAIRS,
		ARGS_NAMES,
		ARGS_HEALTH,
		ARGS_INNER,
		ARGS_NONE,
	} args;
	bool any_flag; /* flags are read and forgotten */
	struct flag_desc flags[9];
};
/* The row of the keyword, or of DF_UNKNOWN. */
const struct kind_desc *dockerfile_kind_desc(struct str keyword);
struct nearest;
void dockerfile_kind_nearest(struct nearest *near);

struct df_graph;
/* graph_find.c: for dockerfile_graph_find; names are there. */
must_check int dockerfile_graph_sort_names(struct df_graph *g, struct arena *a,
					   struct err *err);
/* graph_find.c: order and n_above of the stages; bases are there. */
void dockerfile_graph_order_bases(struct df_graph *g);

/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/internal.h - what the files of this folder share: the reader of
 * Dockerfiles, the lexer of words. */
#pragma once
#include "base/chars.h"
#include "dockerfile/dockerfile.h"
#include "dockerfile/expand.h"

/* --- Dockerfiles --------------------------------------------------------- */

/* State of one df_parse. */
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
void df_bad(struct reader *r, struct df_instr *in, struct span at,
	    const char *fmt, ...) printf_like(4, 5);
void df_report(struct reader *r, struct span at, const char *message);

struct str line_str(const struct reader *r, struct line l);

/* false at the end of the file. */
bool df_next_line(struct reader *r, struct line *out);
must_check int df_leaf(struct reader *r, enum df_leaf_kind kind, uint32_t from,
		       uint32_t to, uint32_t instr);

/* head.c: a comment line at c = [from, to). 1: it was a directive. */
must_check int df_read_directive(struct reader *r, struct span c);

/* line.c: the logical line that starts in l, whose blanks in front are
 * gone. */
must_check int df_read_line(struct reader *r, struct line l,
			    struct df_instr *in);
/* heredoc.c */
must_check int df_read_heredocs(struct reader *r, struct df_instr *in);
/* split.c: keyword, flags and arguments of in->line from offset `from`. */
must_check int df_split(struct reader *r, struct df_instr *in, size_t from);
struct df_instr *df_new_instr(struct reader *r);
/* leaves.c: leaves of the pieces of an instruction's lines. */
must_check int df_piece(struct reader *r, enum df_leaf_kind kind, uint32_t from,
			uint32_t to);
must_check int df_cut_pieces(struct reader *r, const struct df_instr *in);
/* flags.c: flags from the logical byte *at on; *at is then behind them. */
must_check int df_read_flags(struct reader *r, struct df_instr *in, size_t *at,
			     size_t to);
/* check.c: what BuildKit refuses of an instruction that can be read. */
void df_check(struct reader *r, struct df_instr *in);

/* words.c: in->words become the quoted words of the logical bytes [from, to)
 * as ENV, LABEL and ARG have them (escapes and quotes stay), or those that
 * blanks split. */
must_check int df_quoted_words(struct reader *r, struct df_instr *in,
			       size_t from, size_t to);
must_check int df_blank_words(struct reader *r, struct df_instr *in,
			      size_t from, size_t to);
struct df_word df_word_at(const struct df_instr *in, size_t a, size_t b);

must_check int df_add_word(struct reader *r, struct df_instr *in, size_t *cap,
			   struct df_word w);

/* json.c: appends to in->words. 1: a JSON array of strings; 0: not JSON;
 * 2: an array with something else than strings, *at is where (logical). */
must_check int df_json_words(struct reader *r, struct df_instr *in, size_t from,
			     size_t to, size_t *at);

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
const struct kind_desc *df_kind_desc(struct str keyword);
struct nearest;
void df_kind_nearest(struct nearest *near);

/* --- words and variables -------------------------------------------------- */

/* One run of the lexer over one source. */
struct lexer {
	const struct expand *x;
	struct str src;
	size_t at;
	bool raw_escapes;
	unsigned depth;
	/* The word being collected. A nested level uses the same buffer and
	 * empties it at its start and end, so what stood directly in front of
	 * ${x:-y} is lost from words (not from text), as in BuildKit. */
	struct buf word;
	size_t word_from, word_to;
	struct arena *a; /* NULL: words are not wanted */
	struct expand_word *words;
	size_t n_words, cap_words;
	struct err *err;
};

static inline int lex_bad(struct lexer *l, const char *why)
{
	return err_set(l->err, ERR_CORRUPT, "%s", why);
}

static inline int32_t lex_peek(const struct lexer *l)
{
	size_t len;
	return char_at(l->src, l->at, &len);
}

static inline int32_t lex_next(struct lexer *l)
{
	size_t len;
	int32_t c = char_at(l->src, l->at, &len);
	l->at += len;
	return c;
}

/* expand.c: appends the text up to stop (CHAR_END: to the end), which is
 * consumed. pattern: escapes within quotes are doubled. */
int lex_text(struct lexer *l, int32_t stop, bool raw_escapes, bool pattern,
	     struct buf *out);
/* expand_dollar.c: what stands at $. */
int lex_dollar(struct lexer *l, struct buf *out);

/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/internal.h - what the files of this folder share: the reader of
 * Dockerfiles, the lexer of words, compiled ignore patterns, the parser of
 * the shell. */
#pragma once
#include "dockerfile/chars.h"
#include "dockerfile/dockerfile.h"
#include "dockerfile/expand.h"
#include "dockerfile/ignore_program.h"
#include "dockerfile/shell.h"

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

/* --- ignore patterns ------------------------------------------------------ */

enum node_kind {
	NODE_CHAR,
	NODE_DOT,   /* anything but a line feed */
	NODE_CLASS, /* or its opposite */
	NODE_BEGIN, /* ^ */
	NODE_END,   /* $ */
	NODE_DIRS,  /* (.*\/)?: nothing, or anything up to a slash */
};

struct range {
	int32_t from, to;
};

struct node {
	enum node_kind kind;
	bool star; /* any number of times */
	bool negated;
	int32_t c;
	const struct range *ranges;
	size_t n_ranges;
};

/* One alternative; a match may start and end anywhere unless ^ and $ are
 * among the nodes. */
struct ignore_program {
	struct node *nodes;
	size_t n;
	bool begins;	       /* the first node is ^ */
	struct str start, end; /* literal bytes at both ends of the path */
	struct ignore_program *next;
};

/* --- the shell ------------------------------------------------------------ */

enum { SH_PENDING_MAX = 32 };

struct sh_parser {
	struct sh_script *s;
	struct str text;
	size_t at, end; /* [at, end) is left */
	struct arena *a;
	struct err *err;
	unsigned depth;
	bool bash, failed, in_heredoc;
	bool no_record; /* text is a copy: nothing of it is kept */
	/* Heredocs whose bodies start behind the next line end. */
	struct sh_node *pending[SH_PENDING_MAX];
	size_t pending_index[SH_PENDING_MAX];
	size_t n_pending;
};

/* All return false when the script cannot be read (or memory is short, then
 * err is set): p->failed holds from then on. */
bool sh_fail(struct sh_parser *p, const char *why);
bool sh_deeper(struct sh_parser *p);

char sh_look(const struct sh_parser *p, size_t ahead);
bool sh_starts(const struct sh_parser *p, const char *z);
bool sh_is_meta(char c); /* ends a word; NUL: the end of the text */

/* sh_word.c: the word at p->at, at least one character. */
bool sh_read_word(struct sh_parser *p, struct sh_word *w);
/* Parts of a heredoc's body [p->at, p->end). */
bool sh_read_body(struct sh_parser *p, struct sh_word *w);
/* Up to the closing character, quotes minded; p->at is behind the opening. */
bool sh_skip_balanced(struct sh_parser *p, char open, char close);

/* sh_word.c. What is added ends at p->at. */
struct sh_part *sh_add_part(struct sh_parser *p, struct sh_word *w,
			    enum sh_part_kind kind, size_t from, bool quoted);
bool sh_is_name(char c);
size_t sh_name_length(const struct sh_parser *p);
bool sh_single_quoted(struct sh_parser *p, struct sh_word *w);
bool sh_ansi_quoted(struct sh_parser *p, struct sh_word *w);
bool sh_double_quoted(struct sh_parser *p, struct sh_word *w);
/* One expansion at p->at, or a literal $. *from is where the literal text
 * behind it starts. */
bool sh_expansion(struct sh_parser *p, struct sh_word *w, bool quoted,
		  size_t *from);
/* sh_expand.c: p->at is unchanged when the $ is a literal. */
bool sh_dollar(struct sh_parser *p, struct sh_word *w, bool quoted);
bool sh_backquoted(struct sh_parser *p, struct sh_word *w, bool quoted);

/* sh_parse.c: a list up to the closing character (0: the end). */
struct sh_node *sh_read_list(struct sh_parser *p, char close);
/* Skips blanks, line continuations and a comment. */
void sh_blanks(struct sh_parser *p);

struct sh_node *sh_new(struct sh_parser *p, enum sh_kind kind);
void sh_adopt(struct sh_node *parent, struct sh_node **last,
	      struct sh_node *child);
struct sh_word *sh_add_word(struct sh_parser *p, struct sh_word **words,
			    size_t *n, size_t *cap);
struct str sh_plain(const struct sh_parser *p);
bool sh_accept(struct sh_parser *p, const char *reserved);
bool sh_newline(struct sh_parser *p);
bool sh_newlines(struct sh_parser *p);
/* sh_redirect.c. p->at is behind a line end: the bodies that start there. */
bool sh_read_heredocs(struct sh_parser *p);
/* 1: read one; 0: none stands there; -1: cannot be read. */
int sh_redirection(struct sh_parser *p, struct sh_node *n);

struct sh_node *sh_simple(struct sh_parser *p);
/* A compound or simple command. */
struct sh_node *sh_command(struct sh_parser *p);
/* A list of commands up to what ends one. */
struct sh_node *sh_terms(struct sh_parser *p);
/* name is the simple command read so far; p->at is at its (. */
struct sh_node *sh_function(struct sh_parser *p, struct sh_node *name);
/* At ), ;;, a reserved word that ends a list, or the end. */
bool sh_list_ends(const struct sh_parser *p);

/* SPDX-License-Identifier: Apache-2.0 */
/* shell/shell.h - the shell language of RUN, with spans.
 *
 * POSIX.1-2024 XCU chapter 2 as dash reads it, and what of bash can stand in
 * a Dockerfile: [[ ]], (( )), arrays, process substitution, $'..', &>, <<<,
 * function. Those are opaque: they have a span and no inside. A script that
 * cannot be read has readable = false, says where and why, and has no
 * commands: it is to be left alone. Nesting deeper than SH_DEPTH_MAX is such
 * a reason. All spans are offsets in the script's text. */
#pragma once
#include "base/arena.h"
#include "base/span.h"

enum { SH_DEPTH_MAX = 80 };
/* More are ERR_LIMIT. */
enum { SH_COMMANDS_MAX = 65536 };

enum sh_dialect { SH_POSIX, SH_BASH };

enum sh_part_kind {
	SH_LITERAL,
	SH_PARAM,   /* $x, ${x...} */
	SH_COMMAND, /* $(...), `...` */
	SH_ARITH,   /* $((...)) */
	SH_RAW,	    /* bash: array, <(...), a piece of [[ */
};

/* Words are flat: what stands in double quotes is marked so. */
struct sh_part {
	enum sh_part_kind kind;
	bool quoted;
	struct span at;	    /* without the double quotes around it */
	struct span inside; /* of quotes, braces, parentheses; else as at */
	struct span name;   /* SH_PARAM: x */
	/* SH_COMMAND: NULL when it holds escapes that move its bytes. */
	struct sh_node *body;
};

struct sh_word {
	struct span at;
	struct sh_part *parts;
	size_t n_parts, cap_parts;
};

struct sh_redirect {
	struct span at;
	struct span op; /* "2>" has op ">" */
	int32_t fd;	/* -1: the operator's own */
	struct sh_word target;
	bool is_heredoc, strip_tabs, quoted;
	struct str end;	     /* the delimiter without quotes */
	struct sh_word body; /* lines of the heredoc */
};

enum sh_kind {
	SH_SIMPLE,   /* assignments, words, redirects */
	SH_PIPELINE, /* children, joined by | */
	SH_AND_OR,   /* children, joined by && and || */
	SH_LIST,     /* children, ended by ; & or a line end */
	SH_BRACE,    /* one list */
	SH_SUBSHELL, /* one list */
	SH_IF,	     /* lists: condition, body, ... , the last may be else */
	SH_WHILE,    /* condition, body */
	SH_UNTIL,
	SH_FOR,	 /* words: name, then the items; body */
	SH_CASE, /* words: the subject; a list an item, words its patterns */
	SH_FUNCTION, /* words: name; one command */
	SH_OPAQUE,   /* bash: [[ ]], (( )) */
};

enum sh_op {
	SH_OP_NONE,
	SH_OP_AND,
	SH_OP_OR,
	SH_OP_PIPE,
	SH_OP_SEMI,
	SH_OP_BACKGROUND,
	SH_OP_NEWLINE
};

struct sh_node {
	enum sh_kind kind;
	struct span at;
	enum sh_op op;	   /* that follows it within its parent */
	struct span op_at; /* empty for SH_OP_NONE */
	bool negated;	   /* ! in front */
	bool in_heredoc;   /* stands in the body of a heredoc */
	struct sh_node *parent, *child, *next;
	struct sh_word *assigns;
	size_t n_assigns, cap_assigns;
	struct sh_word *words;
	size_t n_words, cap_words;
	struct sh_redirect *redirects;
	size_t n_redirects, cap_redirects;
};

struct sh_script {
	struct str text;
	enum sh_dialect dialect;
	bool readable;
	struct span bad; /* where reading ended */
	const char *why;
	struct sh_node *root; /* SH_LIST, maybe without children */
	/* Every SH_SIMPLE in order of the text, those in substitutions too. */
	struct sh_node **commands;
	size_t n_commands, cap_commands;
};

/* text is borrowed. 0: see out->readable; -1: ERR_NOMEM, ERR_LIMIT. */
must_check int shell_parse(struct str text, enum sh_dialect dialect,
			   struct arena *a, struct sh_script *out,
			   struct err *err);

/* The word's value when it has no expansion: appended to *out without quotes
 * and escapes. false, and nothing appended, when it has one. */
bool shell_word_text(const struct sh_script *s, const struct sh_word *w,
		     struct buf *out);
/* The same compared; false when the word has an expansion. */
bool shell_word_is(const struct sh_script *s, const struct sh_word *w,
		   const char *text);

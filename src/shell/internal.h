/* SPDX-License-Identifier: Apache-2.0 */
/* shell/internal.h - what the files of the parser share. */
#pragma once
#include "base/chars.h"
#include "shell/shell.h"

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

/* word.c: the word at p->at, at least one character. */
bool sh_read_word(struct sh_parser *p, struct sh_word *w);
/* Parts of a heredoc's body [p->at, p->end). */
bool sh_read_body(struct sh_parser *p, struct sh_word *w);
/* Up to the closing character, quotes minded; p->at is behind the opening. */
bool sh_skip_balanced(struct sh_parser *p, char open, char close);

/* word.c. What is added ends at p->at. */
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
/* expand.c: p->at is unchanged when the $ is a literal. */
bool sh_dollar(struct sh_parser *p, struct sh_word *w, bool quoted);
bool sh_backquoted(struct sh_parser *p, struct sh_word *w, bool quoted);

/* parse.c: a list up to the closing character (0: the end). */
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
/* redirect.c. p->at is behind a line end: the bodies that start there. */
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

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
bool shell_fail(struct sh_parser *p, const char *why);
bool shell_deeper(struct sh_parser *p);

char shell_look(const struct sh_parser *p, size_t ahead);
bool shell_starts(const struct sh_parser *p, const char *z);
bool shell_is_meta(char c); /* ends a word; NUL: the end of the text */

/* word.c: the word at p->at, at least one character. */
bool shell_read_word(struct sh_parser *p, struct sh_word *w);
/* Parts of a heredoc's body [p->at, p->end). */
bool shell_read_body(struct sh_parser *p, struct sh_word *w);
/* Up to the closing character, quotes minded; p->at is behind the opening. */
bool shell_skip_balanced(struct sh_parser *p, char open, char close);

/* word.c. What is added ends at p->at. */
struct sh_part *shell_add_part(struct sh_parser *p, struct sh_word *w,
			       enum sh_part_kind kind, size_t from,
			       bool quoted);
bool shell_is_name(char c);
size_t shell_name_length(const struct sh_parser *p);
bool shell_single_quoted(struct sh_parser *p, struct sh_word *w);
bool shell_ansi_quoted(struct sh_parser *p, struct sh_word *w);
bool shell_double_quoted(struct sh_parser *p, struct sh_word *w);
/* One expansion at p->at, or a literal $. *from is where the literal text
 * behind it starts. */
bool shell_expansion(struct sh_parser *p, struct sh_word *w, bool quoted,
		     size_t *from);
/* expand.c: p->at is unchanged when the $ is a literal. */
bool shell_dollar(struct sh_parser *p, struct sh_word *w, bool quoted);
bool shell_backquoted(struct sh_parser *p, struct sh_word *w, bool quoted);

/* parse.c: a list up to the closing character (0: the end). */
struct sh_node *shell_read_list(struct sh_parser *p, char close);
/* Skips blanks, line continuations and a comment. */
void shell_blanks(struct sh_parser *p);

struct sh_node *shell_new(struct sh_parser *p, enum sh_kind kind);
void shell_adopt(struct sh_node *parent, struct sh_node **last,
		 struct sh_node *child);
struct sh_word *shell_add_word(struct sh_parser *p, struct sh_word **words,
			       size_t *n, size_t *cap);
struct str shell_plain(const struct sh_parser *p);
bool shell_accept(struct sh_parser *p, const char *reserved);
bool shell_newline(struct sh_parser *p);
bool shell_newlines(struct sh_parser *p);
/* redirect.c. p->at is behind a line end: the bodies that start there. */
bool shell_read_heredocs(struct sh_parser *p);
/* 1: read one; 0: none stands there; -1: cannot be read. */
int shell_redirection(struct sh_parser *p, struct sh_node *n);

struct sh_node *shell_simple(struct sh_parser *p);
/* A compound or simple command. */
struct sh_node *shell_command(struct sh_parser *p);
/* A list of commands up to what ends one. */
struct sh_node *shell_terms(struct sh_parser *p);
/* name is the simple command read so far; p->at is at its (. */
struct sh_node *shell_function(struct sh_parser *p, struct sh_node *name);
/* bash.c: behind [[ and the first ( of ((; n is the node of it. */
bool shell_read_test(struct sh_parser *p, struct sh_node *n);
bool shell_read_arithmetic(struct sh_parser *p, struct sh_node *n);
/* At ), ;;, a reserved word that ends a list, or the end. */
bool shell_list_ends(const struct sh_parser *p);

/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/sh_internal.h - state of one sh_parse. */
#pragma once
#include "dockerfile/shell.h"

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

/* sh_parse.c: a list up to the closing character (0: the end). */
struct sh_node *sh_read_list(struct sh_parser *p, char close);
/* Skips blanks, line continuations and a comment. */
void sh_blanks(struct sh_parser *p);

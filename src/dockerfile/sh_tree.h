/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/sh_tree.h - what the two halves of the grammar share. */
#pragma once
#include "dockerfile/sh_internal.h"

struct sh_node *sh_new(struct sh_parser *p, enum sh_kind kind);
struct sh_node *sh_end(struct sh_parser *p, struct sh_node *n);
void sh_adopt(struct sh_node *parent, struct sh_node **last,
	      struct sh_node *child);
struct sh_word *sh_add_word(struct sh_parser *p, struct sh_word **words,
			    size_t *n, size_t *cap);
struct str sh_plain(const struct sh_parser *p);
bool sh_accept(struct sh_parser *p, const char *reserved);
bool sh_newline(struct sh_parser *p);
bool sh_newlines(struct sh_parser *p);
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

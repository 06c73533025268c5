/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/words.h - questions about words, and about expansions in them.
 *
 * An expansion ($x, ${x}, $(x), `x`) stands for text that is not known, so
 * characters inside one are not characters of the word. */
#pragma once
#include "base/str.h"

/* The next word of a list with blanks between; *list moves behind it. false:
 * no more, or no list. */
bool lint_word_next(const char **list, struct str *word);
/* word is one of the list's, which has single blanks between them. */
bool lint_word_in(struct str word, const char *list);
bool lint_word_in_nocase(struct str word, const char *list);
bool lint_word_contains(struct str word, const char *text);
bool lint_word_contains_nocase(struct str word, const char *text);
bool lint_word_ends(struct str word, const char *list);
bool lint_word_starts(struct str word, const char *list);
/* Behind the last slash or backslash. */
struct str lint_word_base(struct str path);
/* Without quotes at both ends, any number of them. */
struct str lint_word_unquoted(struct str word);
/* Without slashes at its end, except for "/". */
struct str lint_word_no_slash(struct str path);
/* The name of what ADD unpacks. */
bool lint_word_is_archive(struct str word);
bool lint_word_is_upper(struct str word); /* no small letter in it */
bool lint_word_is_lower(struct str word);

/* The first of the characters outside expansions, from a place on; word.n
 * when there is none. */
size_t lint_word_find(struct str word, size_t from, const char *characters);
bool lint_word_has_expansion(struct str word);

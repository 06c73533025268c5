/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/words.h"

#include "base/chars.h"

bool lint_word_next(const char **list, struct str *word)
{
	if (!*list)
		return false;
	*list += strspn(*list, " ");
	word->p = *list;
	word->n = strcspn(*list, " ");
	*list += word->n;
	return word->n;
}

bool lint_word_in(struct str word, const char *list)
{
	struct str w;
	while (lint_word_next(&list, &w))
		if (str_eq(word, w))
			return true;
	return false;
}

bool lint_word_in_nocase(struct str word, const char *list)
{
	struct str w;
	while (lint_word_next(&list, &w))
		if (str_eq_nocase(word, w))
			return true;
	return false;
}

static bool contains(struct str word, struct str text, bool any_case)
{
	for (size_t i = 0; i + text.n <= word.n; i++) {
		struct str part = { word.p + i, text.n };
		if (any_case ? str_eq_nocase(part, text) : str_eq(part, text))
			return true;
	}
	return false;
}

bool lint_word_contains(struct str word, const char *text)
{
	return contains(word, str_of(text), false);
}

bool lint_word_contains_nocase(struct str word, const char *text)
{
	return contains(word, str_of(text), true);
}

bool lint_word_ends(struct str word, const char *list)
{
	struct str w;
	while (lint_word_next(&list, &w))
		if (str_ends(word, w))
			return true;
	return false;
}

bool lint_word_starts(struct str word, const char *list)
{
	struct str w;
	while (lint_word_next(&list, &w))
		if (str_starts(word, w))
			return true;
	return false;
}

struct str lint_word_base(struct str path)
{
	for (size_t i = path.n; i-- > 0;)
		if (path.p[i] == '/' || path.p[i] == '\\')
			return str_from(path, i + 1);
	return path;
}

struct str lint_word_unquoted(struct str word)
{
	while (word.n && (*word.p == '"' || *word.p == '\''))
		word = str_from(word, 1);
	while (word.n &&
	       (word.p[word.n - 1] == '"' || word.p[word.n - 1] == '\''))
		word.n--;
	return word;
}

struct str lint_word_no_slash(struct str path)
{
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	return path;
}

bool lint_word_is_archive(struct str word)
{
	return lint_word_ends(
		lint_word_unquoted(word),
		".tar .Z .bz2 .gz .lz .lzma .tZ .tb2 .tbz .tbz2 .tgz "
		".tlz .tpz .txz .tzst .tzs .xz .zst");
}

bool lint_word_is_upper(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] >= 'a' && word.p[i] <= 'z')
			return false;
	return true;
}

bool lint_word_is_lower(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (word.p[i] >= 'A' && word.p[i] <= 'Z')
			return false;
	return true;
}

/* Without its closing character it takes the rest of the word. */
static size_t skip_balanced(struct str word, size_t i, char open, char close)
{
	size_t depth = 0;
	for (; i < word.n; i++) {
		if (word.p[i] == open)
			depth++;
		else if (word.p[i] == close && --depth == 0)
			return i + 1;
	}
	return word.n;
}

/* Behind the expansion that starts at i; i itself when none does. */
static size_t skip_expansion(struct str word, size_t i)
{
	char then = i + 1 < word.n ? word.p[i + 1] : 0;
	size_t end = i + 1;
	if (word.p[i] == '`') {
		while (end < word.n && word.p[end] != '`')
			end++;
		return MIN(end + 1, word.n);
	}
	if (word.p[i] != '$' || !then)
		return i;
	if (then == '{')
		return skip_balanced(word, end, '{', '}');
	if (then == '(')
		return skip_balanced(word, end, '(', ')');
	while (end < word.n && (is_alpha(word.p[end]) ||
				is_digit(word.p[end]) || word.p[end] == '_'))
		end++;
	if (end == i + 1 && strchr("@*#?-!$", then))
		end++;
	return end > i + 1 ? end : i;
}

/* Expansions are stepped over from the start, since `from` may lie in one. */
size_t lint_word_find(struct str word, size_t from, const char *characters)
{
	for (size_t i = 0; i < word.n;) {
		size_t behind = skip_expansion(word, i);
		if (behind > i) {
			i = behind;
			continue;
		}
		if (i >= from && word.p[i] && strchr(characters, word.p[i]))
			return i;
		i++;
	}
	return word.n;
}

bool lint_word_has_expansion(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (skip_expansion(word, i) > i)
			return true;
	return false;
}

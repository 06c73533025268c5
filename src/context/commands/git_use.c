/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/git_use.h"

#include "base/chars.h"
#include "catalog/catalog.h"
#include "context/commands/command_text.h"

/* One of the list's words stands at the front of the text. */
static bool starts_with_word(struct str text, const char *list)
{
	struct str rest = str_of(list), word;
	while (context_next_word(&rest, &word))
		if (str_starts(text, word) &&
		    (text.n == word.n || !context_is_name_byte(text.p[word.n])))
			return true;
	return false;
}

/* "git clone x", "git --version", "git config --global a b": git works without
 * a repository around it. `behind` is the end of the word git. */
static bool needs_no_repository(struct str text, size_t behind)
{
	while (behind < text.n && is_blank(text.p[behind]))
		behind++;
	struct str rest = str_from(text, behind);
	if (starts_with_word(rest, catalog_version_control.repository->alone))
		return true;
	struct str args = context_arguments(rest, 0);
	return context_find_word(args, STR("config"), 0) == 0 &&
	       (context_find_word(args, STR("--global"), 0) < args.n ||
		context_find_word(args, STR("--system"), 0) < args.n);
}

/* Programs that ask git themselves. They are looked for anywhere, in the
 * list of a pip install too: they take the version of a package from its
 * repository. */
static bool names_reader(struct str text)
{
	struct str rest = str_of(catalog_version_control.repository->readers);
	struct str name;
	while (context_next_word(&rest, &name))
		if (context_find_word(text, name, 0) < text.n)
			return true;
	return false;
}

/* "sh -c 'git log'", "timeout 60 git describe", "$G describe": what stands here
 * is not seen to be a command, but the verb behind it makes it one. */
static bool asks_by_verb(struct str text, size_t at, size_t n)
{
	size_t end = at + n;
	while (end < text.n && is_blank(text.p[end]))
		end++;
	return end > at + n &&
	       starts_with_word(str_from(text, end),
				catalog_version_control.repository->needs);
}

/* $GIT or ${GIT} in the place of a command. */
static bool variable_asks(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		size_t n = 1;
		if (text.p[i] != '$' || !context_at_command(text, i))
			continue;
		while (i + n < text.n && (context_is_name_byte(text.p[i + n]) ||
					  strchr("{}", text.p[i + n])))
			n++;
		if (asks_by_verb(text, i, n))
			return true;
	}
	return false;
}

/* Each place where a name stands alone is looked at:
 *
 *   git log              in a command's place, and log needs a repository
 *   timeout 9 git log    not in a command's place, but log tells it is one
 *   apk add git make     neither: it is installed
 *   git clone x          in a command's place, and needs none
 */
bool context_commands_ask_git(struct str text)
{
	struct str rest = str_of(catalog_version_control.repository->programs);
	struct str word;
	if (names_reader(text) || variable_asks(text))
		return true;
	while (context_next_word(&rest, &word))
		for (size_t at = context_find_word(text, word, 0); at < text.n;
		     at = context_find_word(text, word, at + 1))
			if ((context_at_command(text, at) ||
			     asks_by_verb(text, at, word.n)) &&
			    !needs_no_repository(text, at + word.n))
				return true;
	return false;
}

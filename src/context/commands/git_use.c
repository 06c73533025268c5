/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/git_use.h"

#include "base/chars.h"
#include "context/commands/command_text.h"

/* "git clone x", "git --version", "git config --global a b": git works without
 * a repository around it. `behind` is the end of the word git. */
static bool needs_no_repository(struct str text, size_t behind)
{
	static const char *const verbs[] = { "clone", "init",	 "--version",
					     "help",  "version", "ls-remote" };
	while (behind < text.n && is_blank(text.p[behind]))
		behind++;
	struct str rest = str_from(text, behind);
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		if (context_find_word(rest, str_of(verbs[i]), 0) == 0)
			return true;
	struct str args = context_arguments(rest, 0);
	return context_find_word(args, STR("config"), 0) == 0 &&
	       (context_find_word(args, STR("--global"), 0) < args.n ||
		context_find_word(args, STR("--system"), 0) < args.n);
}

/* Programs that ask git themselves. They are looked for anywhere, in the list of
 * a pip install too: they take the version of a package from its repository. */
static bool names_git_program(struct str text)
{
	static const char *const names[] = {
		"setuptools_scm",
		"setuptools-scm",
		"hatch-vcs",
		"versioneer",
		"poetry-dynamic-versioning",
		"dunamai",
		"goreleaser",
		"gitversion",
		"nbgv",
		"-buildvcs=true",
	};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (context_find_word(text, str_of(names[i]), 0) < text.n)
			return true;
	return false;
}

/* "sh -c 'git log'", "timeout 60 git describe", "$G describe": what stands here
 * is not seen to be a command, but the verb behind it makes it one. */
static bool asks_by_verb(struct str text, size_t at, size_t n)
{
	static const char *const verbs[] = {
		"describe",	"log",		"rev-parse",	"rev-list",
		"status",	"diff",		"show",		"shortlog",
		"ls-files",	"archive",	"branch",	"submodule",
		"symbolic-ref", "name-rev",	"cat-file",	"fetch",
		"tag",		"checkout",	"blame",	"pull",
		"merge",	"reset",	"stash",	"worktree",
		"clean",	"restore",	"switch",	"remote",
		"show-ref",	"for-each-ref", "rebase",	"cherry-pick",
		"ls-tree",	"diff-index",	"update-index", "whatchanged",
		"-C",		"-c",		"--no-pager",	"--git-dir",
		"--work-tree",	"-P",		"-p",		"--paginate",
	};
	size_t end = at + n;
	while (end < text.n && is_blank(text.p[end]))
		end++;
	for (size_t i = 0; i < ARRAY_LEN(verbs) && end > at + n; i++)
		if (context_find_word(str_from(text, end), str_of(verbs[i]),
				      0) == 0)
			return true;
	return false;
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
	static const char *const names[] = { "git", "hg", "svn", "bzr", "jj" };
	if (names_git_program(text) || variable_asks(text))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct str word = str_of(names[i]);
		for (size_t at = context_find_word(text, word, 0); at < text.n;
		     at = context_find_word(text, word, at + 1))
			if ((context_at_command(text, at) ||
			     asks_by_verb(text, at, word.n)) &&
			    !needs_no_repository(text, at + word.n))
				return true;
	}
	return false;
}

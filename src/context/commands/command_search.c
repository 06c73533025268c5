/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/command_search.h"

#include "base/chars.h"
#include "catalog/catalog.h"
#include "context/commands/command_text.h"

/* "yarn", "yarn --frozen-lockfile": every word starts with a dash. */
static bool only_options(struct str args)
{
	for (size_t i = 0; i < args.n; i++) {
		bool starts = i == 0 || is_blank(args.p[i - 1]);
		if (starts && !is_blank(args.p[i]) && args.p[i] != '-')
			return false;
	}
	return true;
}

/* verbs is "" (any use) or "ci+install". The verb may stand anywhere among the
 * arguments, as options that take a word come before it: npm --loglevel error
 * ci. That "npm run ci" is taken for an install is the price. */
static bool has_verb(struct str args, struct str verbs)
{
	struct str verb, rest = verbs;
	while (rest.n) {
		if (!str_cut(rest, '+', &verb, &rest)) {
			verb = rest;
			rest.n = 0;
		}
		if (str_eqz(verb, "-")
			    ? only_options(args)
			    : context_find_word(args, verb, 0) < args.n)
			return true;
	}
	return verbs.n == 0;
}

static bool has_word_of(struct str args, const char *list)
{
	struct str rest = str_of(list), word;
	while (context_next_word(&rest, &word))
		if (context_find_word(args, word, 0) < args.n)
			return true;
	return false;
}

/* Told to install elsewhere, or nothing: "npm i -g x", "npm --prefix c ci",
 * "npm ci --dry-run". Words of all tools count for each, as one runs another:
 * make -C client npm-install. */
static bool runs_elsewhere(struct str args)
{
	if (has_word_of(args, "--dry-run --help"))
		return true;
	for (size_t i = 0; catalog_tools[i]; i++)
		if (catalog_tools[i]->elsewhere &&
		    has_word_of(args, catalog_tools[i]->elsewhere))
			return true;
	return false;
}

/* "cd client && npm ci" makes client/node_modules, so node_modules of the
 * context is not made again. Every cd in front of the command on its line is
 * looked at. One to an absolute directory (cd /app) may well be to where the
 * context was copied, one to "$DIR" or ".." as well: those say nothing. */
static bool runs_in_subdirectory(struct str text, size_t at)
{
	size_t line = at;
	while (line && text.p[line - 1] != '\n')
		line--;
	struct str before = { text.p + line, at - line };
	for (size_t cd = context_find_word(before, STR("cd"), 0); cd < before.n;
	     cd = context_find_word(before, STR("cd"), cd + 1)) {
		struct str to = str_from(before, cd + 2);
		while (to.n && is_blank(to.p[0]))
			to = str_from(to, 1);
		if (str_starts(to, STR("./")))
			to = str_from(to, 2);
		if (to.n && context_at_command(before, cd) &&
		    !strchr("/$\"'. ", to.p[0]))
			return true;
	}
	return false;
}

/* "npm+ci+install" is the tool npm and the verbs "ci+install". */
static void split_command(struct str command, struct str *tool,
			  struct str *verbs)
{
	if (!str_cut(command, '+', tool, verbs)) {
		*tool = command;
		*verbs = STR("");
	}
}

/* Any one of its places in the text is enough: in "npm -v && npm ci" the second
 * counts, in "npm i -g x; cd web && npm ci" neither does. */
static bool is_run(struct str text, struct str command)
{
	struct str tool, verbs;
	split_command(command, &tool, &verbs);
	for (size_t at = context_find_word(text, tool, 0); at < text.n;
	     at = context_find_word(text, tool, at + 1)) {
		struct str args = context_arguments(text, at + tool.n);
		if (context_at_command(text, at) && has_verb(args, verbs) &&
		    !runs_elsewhere(args) && !runs_in_subdirectory(text, at))
			return true;
	}
	return false;
}

bool context_commands_run(struct str text, const char *list)
{
	struct str rest = str_of(list), command;
	while (context_next_word(&rest, &command))
		if (command.n && is_run(text, command))
			return true;
	return false;
}

bool context_commands_run_before(struct str text, const char *list,
				 struct str name)
{
	size_t end = context_find_word(text, name, 0);
	return context_commands_run((struct str){ text.p, end }, list);
}

/* Offset of the first run of the command, or text.n. Where it works does not
 * matter: "npm --prefix client run build" wants its packages, too. */
static size_t first_run(struct str text, struct str command)
{
	struct str tool, verbs;
	split_command(command, &tool, &verbs);
	for (size_t at = context_find_word(text, tool, 0); at < text.n;
	     at = context_find_word(text, tool, at + 1))
		if (context_at_command(text, at) &&
		    has_verb(context_arguments(text, at + tool.n), verbs))
			return at;
	return text.n;
}

/*   npm ci && npm run build     list "npm+run": "npm ci && " is left
 *   npm run build && npm ci     nothing is left: npm ci comes too late */
struct str context_commands_before(struct str text, const char *list)
{
	struct str rest = str_of(list), command;
	while (context_next_word(&rest, &command))
		text.n = first_run(text, command);
	return text;
}

bool context_commands_mention(struct str text, struct str name)
{
	return context_find_word(text, name, 0) < text.n;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/command_search.h"

#include "base/chars.h"
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

/* Told to install elsewhere, or nothing: "npm i -g x", "npm --prefix c ci",
 * "npm ci --dry-run". */
static bool runs_elsewhere(struct str args)
{
	static const char *const words[] = {
		"-g",	  "--global",  "global",
		"-C",	  "--prefix",  "--cwd",
		"--dir",  "--dry-run", "--package-lock-only",
		"--root", "--help",    "--lockfile-only",
	};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (context_find_word(args, str_of(words[i]), 0) < args.n)
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

static bool is_run(struct str text, struct str command)
{
	struct str tool, verbs;
	if (!str_cut(command, '+', &tool, &verbs)) {
		tool = command;
		verbs = STR("");
	}
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

/* Offset of the first run of the tool with one of the verbs; "": with any. */
static size_t first_run(struct str text, const char *tool, const char *verbs)
{
	struct str word = str_of(tool), verb, rest;
	for (size_t at = context_find_word(text, word, 0); at < text.n;
	     at = context_find_word(text, word, at + 1)) {
		struct str args = context_arguments(text, at + word.n);
		rest = str_of(verbs);
		bool used = rest.n == 0;
		while (!used && context_next_word(&rest, &verb))
			used = context_find_word(args, verb, 0) < args.n;
		if (used && context_at_command(text, at))
			return at;
	}
	return text.n;
}

/* The text is cut at the earliest of the three, then searched as ever:
 *
 *   npm ci && npm run build     cut before "npm run": npm ci is run, yes
 *   npm run build && npm ci     cut before "npm run": nothing is left, no
 */
bool context_commands_run_before(struct str text, const char *list,
				 struct str name)
{
	size_t end = context_find_word(text, name, 0);
	end = MIN(end, first_run(text, "npm", "run test start build"));
	end = MIN(end, first_run(text, "npx", ""));
	return context_commands_run((struct str){ text.p, end }, list);
}

bool context_commands_mention(struct str text, struct str name)
{
	return context_find_word(text, name, 0) < text.n;
}

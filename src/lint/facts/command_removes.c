/* SPDX-License-Identifier: Apache-2.0 */
/* Does a command take a directory away? */
#include <stdio.h>

#include "lint/facts/command.h"
#include "lint/facts/words.h"

/* The directory with or without a pattern behind it, or a parent of it; not
 * what lies deeper.
 *
 * For /var/lib/apt/lists: the path itself, with a star behind it, /var/lib/apt,
 * or /var/lib/a and a star; not /var/lib/apt/lists/partial. */
static bool takes(struct str path, struct str dir)
{
	struct str last = lint_word_base(path);
	bool all = str_has(last, '*');
	if (all)
		path.n -= last.n;
	path = lint_word_no_slash(path);
	if (path.n == 0 || !str_starts(dir, path))
		return false;
	if (path.n == 1)
		return all;
	if (path.n == dir.n)
		return true;
	if (dir.p[path.n] != '/')
		return false;
	/* A pattern below a parent has to fit the next name of dir. */
	struct str next = str_from(dir, path.n + 1);
	last.n = str_find(last, '*');
	return !all || str_starts(next, last);
}

/* The same where the shell makes several words of a{b,c}.
 *
 * "/var/{cache,lib/apt/lists}": the first pair of braces alone, which is what
 * people write. */
static bool takes_one(struct str path, struct str dir)
{
	size_t open = str_find(path, '{'), close = str_find(path, '}');
	char one[256];
	if (open >= close || close == path.n)
		return takes(path, dir);
	struct str head = { path.p, open }, tail = str_from(path, close + 1);
	struct str rest = { path.p + open + 1, close - open - 1 }, item;
	for (bool more = true; more;) {
		more = str_cut(rest, ',', &item, &rest);
		if (!more)
			item = rest;
		int n = snprintf(one, sizeof one, "%.*s%.*s%.*s", STR_ARG(head),
				 STR_ARG(item), STR_ARG(tail));
		if (n > 0 && (size_t)n < sizeof one &&
		    takes((struct str){ one, (size_t)n }, dir))
			return true;
	}
	return false;
}

bool lint_cmd_removes(const struct lint_command *c, const char *directory)
{
	bool find = lint_cmd_is(c, "find");
	if (!find && !lint_cmd_is(c, "rm"))
		return false;
	if (find && !lint_cmd_has_arg(c, "-delete rm"))
		return false;
	for (size_t i = 0; i < c->n_args; i++) {
		const struct lint_arg *arg = &c->args[i];
		if ((arg->text.n > 1 && arg->text.p[0] == '-' &&
		     !str_eqz(arg->text, "--")))
			continue;
		if (!arg->known &&
		    lint_word_find(arg->text, 0, "/") == arg->text.n)
			return true;
		if (takes_one(arg->text, str_of(directory)))
			return true;
	}
	return false;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/cmd.h"

#include <stdio.h>

#include "lint/facts/words.h"

static bool is_option(struct str arg)
{
	return arg.n > 1 && arg.p[0] == '-' && !str_eqz(arg, "--");
}

/* exec's own options, one of which takes a word. */
static size_t behind_exec(const struct lint_command *c)
{
	size_t i = 0;
	while (i < c->n_args && is_option(c->args[i].text))
		i += str_ends(c->args[i].text, STR("a")) ? 2 : 1;
	return i;
}

bool cmd_read(const struct lint_file *f, const struct lint_command *c,
	      struct cmd *out)
{
	*out = (struct cmd){ .file = f,
			     .c = c,
			     .name = c->base,
			     .at = c->name.at,
			     .args = c->args,
			     .n = c->n_args };
	if (!c->name.known || c->name.text.n == 0)
		return false;
	if (!word_in(c->base, "command exec builtin busybox"))
		return true;
	size_t i = str_eqz(c->base, "exec") ? behind_exec(c) : 0;
	if (i >= c->n_args || is_option(c->args[i].text))
		return true;
	out->name = word_base(c->args[i].text);
	out->at = c->args[i].at;
	out->args += i + 1;
	out->n -= i + 1;
	return c->args[i].known;
}

bool cmd_is(const struct cmd *c, const char *names)
{
	return word_in(c->name, names);
}

size_t cmd_find(const struct cmd *c, const char *words)
{
	size_t i = 0;
	while (i < c->n &&
	       !(c->args[i].known && word_in(c->args[i].text, words)))
		i++;
	return i;
}

bool cmd_has(const struct cmd *c, const char *words)
{
	return cmd_find(c, words) < c->n;
}

size_t cmd_options(const struct cmd *c, const char *names)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++) {
		struct str arg = c->args[i].text, head, tail;
		if (!is_option(arg))
			continue;
		if (arg.p[1] == '-') {
			if (!str_cut(arg, '=', &head, &tail))
				head = arg;
			n += word_in(str_from(head, 2), names);
			continue;
		}
		for (size_t k = 1; k < arg.n; k++)
			n += word_in((struct str){ arg.p + k, 1 }, names);
	}
	return n;
}

struct span cmd_span(const struct cmd *c, size_t i)
{
	if (i >= c->n)
		return c->at;
	return span_of(c->at.at, span_end(c->args[i].at));
}

struct quoted cmd_words(const struct cmd *c, size_t i)
{
	struct quoted q = str_quoted(c->name);
	size_t n = strlen(q.text);
	if (i < c->n)
		snprintf(q.text + n, sizeof q.text - n, " %.60s",
			 str_quoted(c->args[i].text).text);
	return q;
}

int cmd_each(const struct lint_file *f, const struct lint_run *run,
	     int (*check)(const struct cmd *c, struct lint_out *out,
			  struct err *err),
	     struct lint_out *out, struct err *err)
{
	struct cmd c;
	for (size_t i = 0; i < run->n_commands; i++)
		if (cmd_read(f, &run->commands[i], &c) &&
		    check(&c, out, err) < 0)
			return -1;
	return 0;
}

bool cmd_followed(const struct cmd *c, bool (*is_such)(const struct cmd *c))
{
	const struct lint_run *run = c->c->run;
	struct cmd later;
	for (size_t i = c->c->index + 1; i < run->n_commands; i++)
		if (lint_cmd_after(c->c, &run->commands[i]) &&
		    cmd_read(c->file, &run->commands[i], &later) &&
		    is_such(&later))
			return true;
	return false;
}

/* The directory with or without a pattern behind it, or a parent of it; not
 * what lies deeper. */
static bool takes(struct str path, struct str dir)
{
	struct str last = word_base(path);
	bool all = last.n && memchr(last.p, '*', last.n);
	if (all)
		path.n -= last.n;
	path = word_no_slash(path);
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

/* The same where the shell makes several words of a{b,c}. */
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

bool cmd_removes(const struct cmd *c, const char *directory)
{
	bool find = cmd_is(c, "find");
	if (!find && !cmd_is(c, "rm"))
		return false;
	if (find && !cmd_has(c, "-delete rm"))
		return false;
	for (size_t i = 0; i < c->n; i++) {
		const struct lint_arg *arg = &c->args[i];
		if (is_option(arg->text))
			continue;
		if (!arg->known && word_find(arg->text, 0, "/") == arg->text.n)
			return true;
		if (takes_one(arg->text, str_of(directory)))
			return true;
	}
	return false;
}

bool cmd_mount_has(const struct lint_run *run, const char *text)
{
	for (size_t i = 0; i < run->n_mounts; i++) {
		const struct df_mount *m = &run->mounts[i];
		if ((m->type == DF_MOUNT_CACHE || m->type == DF_MOUNT_TMPFS) &&
		    word_contains(m->target, text))
			return true;
	}
	return false;
}

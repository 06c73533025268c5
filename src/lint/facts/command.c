/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about one command's words. Options are as getopt(3) has them: "-qy"
 * is -q and -y, "-ofile" and "-o file" give -o a value, "--out=x" and "--out x"
 * likewise. Which options take the next word is the catalogue's knowledge, as
 * words alone do not tell. */
#include "lint/facts/command.h"

#include <stdio.h>

#include "base/chars.h"
#include "catalog/catalog.h"
#include "lint/facts/words.h"

bool lint_cmd_is(const struct lint_command *c, const char *names)
{
	return c->name.known && lint_word_in(c->base, names);
}

static bool is_option(const struct lint_arg *arg)
{
	return arg->text.n > 1 && arg->text.p[0] == '-';
}

bool lint_cmd_verb(const struct lint_command *c, const char *names,
		   const char *verbs)
{
	if (!lint_cmd_is(c, names))
		return false;
	for (size_t i = 0; i < c->n_args; i++) {
		if (!is_option(&c->args[i]))
			return c->args[i].known &&
			       lint_word_in(c->args[i].text, verbs);
		i += catalog_option_takes_word(c->base, c->args[i].text);
	}
	return false;
}

/* "-y" in "-qy": a bundle is letters behind one hyphen.
 *
 * "-fsSLO" has an O; "-Dfoo=bar" is no bundle, as not all of it is letters. */
static bool bundle_has(struct str arg, char letter)
{
	if (arg.n < 2 || arg.p[0] != '-' || arg.p[1] == '-')
		return false;
	for (size_t i = 1; i < arg.n; i++)
		if (!is_alpha(arg.p[i]))
			return false;
	return memchr(arg.p + 1, letter, arg.n - 1);
}

bool lint_cmd_has(const struct lint_command *c, const char *option)
{
	struct str want = str_of(option);
	bool letter = want.n == 2 && want.p[0] == '-' && want.p[1] != '-';
	for (size_t i = 0; i < c->n_args; i++) {
		struct str arg = c->args[i].text, head, tail;
		if (str_eqz(arg, "--"))
			return false;
		if (str_eq(arg, want) || (letter && bundle_has(arg, want.p[1])))
			return true;
		if (!letter && str_cut(arg, '=', &head, &tail) &&
		    str_eq(head, want))
			return true;
	}
	return false;
}

struct str lint_cmd_arg(const struct lint_command *c, size_t i)
{
	return i < c->n_args ? c->args[i].text : (struct str){ 0 };
}

/* The value that arg, or the word behind it, gives to the option. */
static bool option_value(const struct lint_command *c, size_t i,
			 struct str name, struct str *out)
{
	struct str a = c->args[i].text, behind = lint_cmd_arg(c, i + 1);
	bool is_long = name.n > 2 && name.p[1] == '-';
	if (str_eq(a, name)) {
		*out = behind;
		return behind.n;
	}
	if (is_long) {
		if (!str_starts(a, name) || a.p[name.n] != '=')
			return false;
		*out = str_from(a, name.n + 1);
		return out->n;
	}
	if (a.n < 3 || a.p[0] != '-' || a.p[1] == '-' || name.n != 2)
		return false;
	size_t at = 1 + str_find(str_from(a, 1), name.p[1]);
	if (at == a.n)
		return false;
	struct str rest = str_from(a, at + 1);
	bool value = rest.n && (at == 1 || !is_alpha(rest.p[0]));
	*out = rest.n == 0 ? behind : value ? rest : (struct str){ 0 };
	return out->n;
}

struct str lint_cmd_option(const struct lint_command *c, const char *names)
{
	struct str out = { 0 }, name;
	for (size_t i = 0; i < c->n_args; i++) {
		const char *list = names;
		while (lint_word_next(&list, &name))
			if (option_value(c, i, name, &out))
				return out;
	}
	return out;
}

/* Behind "--" nothing is, but hadolint reads on. */
static bool is_option_word(struct str arg)
{
	return arg.n > 1 && arg.p[0] == '-' && !str_eqz(arg, "--");
}

size_t lint_cmd_find_arg(const struct lint_command *c, const char *words)
{
	size_t i = 0;
	while (i < c->n_args &&
	       !(c->args[i].known && lint_word_in(c->args[i].text, words)))
		i++;
	return i;
}

bool lint_cmd_has_arg(const struct lint_command *c, const char *words)
{
	return lint_cmd_find_arg(c, words) < c->n_args;
}

size_t lint_cmd_count_options(const struct lint_command *c, const char *names)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n_args; i++) {
		struct str arg = c->args[i].text, head, tail;
		if (!is_option_word(arg))
			continue;
		if (arg.p[1] == '-') {
			if (!str_cut(arg, '=', &head, &tail))
				head = arg;
			n += lint_word_in(str_from(head, 2), names);
			continue;
		}
		for (size_t k = 1; k < arg.n; k++)
			n += lint_word_in((struct str){ arg.p + k, 1 }, names);
	}
	return n;
}

struct span lint_cmd_span(const struct lint_command *c, size_t i)
{
	if (i >= c->n_args)
		return c->name.at;
	return span_of(c->name.at.at, span_end(c->args[i].at));
}

struct quoted lint_cmd_words(const struct lint_command *c, size_t i)
{
	struct quoted q = str_quoted(c->base);
	size_t n = strlen(q.text);
	if (i < c->n_args)
		snprintf(q.text + n, sizeof q.text - n, " %.60s",
			 str_quoted(c->args[i].text).text);
	return q;
}

bool lint_arg_has(const struct lint_arg *arg, const char *characters)
{
	if (!arg->known)
		return lint_word_find(arg->text, 0, characters) < arg->text.n;
	for (size_t i = 0; i < arg->text.n; i++)
		if (arg->text.p[i] && strchr(characters, arg->text.p[i]))
			return true;
	return false;
}

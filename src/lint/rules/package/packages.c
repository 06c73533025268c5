/* SPDX-License-Identifier: Apache-2.0 */
/* What a command of a package manager installs: the verb is the first operand,
 * packages are the operands behind it. Which options take the next word for
 * their value is the catalogue's knowledge; without it a value would pass for a
 * package:
 *
 *	apt-get -o Dpkg::Use-Pty=0 install -y -t bookworm curl
 *	        ^^ value           verb       ^^ value    package
 *	python3 -m pip install x		verb behind the module
 *	pip3.11 install x			a versioned name of pip */
#include "lint/rules/package/packages.h"

#include <stdio.h>

#include "base/chars.h"
#include "catalog/catalog.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

/* The name by which the catalogue knows the tool's options. */
static struct str tool_of(const struct packages *p)
{
	return catalog_listed(p->tool->programs, p->cmd->base)
		       ? p->cmd->base
		       : str_of(p->tool->name);
}

static bool is_option(const struct lint_arg *arg)
{
	return arg->text.n > 1 && arg->text.p[0] == '-';
}

/* The option may have the word behind it for its value, as far as the tool is
 * known: `gem install x --new-option v` must not take v for a gem.
 *
 * A tool with a list of its flags is known well enough to take what is not in
 * the list for an option with a value. "--no-x" never has one. */
static bool may_take_word(const struct packages *p, struct str tool,
			  struct str option)
{
	if (catalog_option_takes_word(tool, option))
		return true;
	return p->tool->flags && str_find(option, '=') == option.n &&
	       str_starts(option, STR("--")) &&
	       !str_starts(option, STR("--no-")) &&
	       !catalog_listed(p->tool->flags, option);
}

/* The first operand from i on; c->n_args. */
static size_t operand(const struct packages *p, size_t i)
{
	const struct lint_command *c = p->cmd;
	struct str tool = tool_of(p);
	for (; i < c->n_args; i++) {
		if (!is_option(&c->args[i]))
			return i;
		if (str_eqz(c->args[i].text, "--"))
			continue;
		i += may_take_word(p, tool, c->args[i].text);
	}
	return c->n_args;
}

/* pip3.11, pip-3.2, but not pipenv, which begins with pip as well. */
static bool is_versioned(struct str name, const char *list)
{
	struct str word;
	while (lint_word_next(&list, &word)) {
		if (!str_starts(name, word))
			continue;
		size_t i = word.n;
		while (i < name.n && (is_digit(name.p[i]) || name.p[i] == '.' ||
				      name.p[i] == '-'))
			i++;
		if (i == name.n)
			return true;
	}
	return false;
}

/* "python3 -m pip install": *from is the first word behind the module. */
static bool is_module(const struct catalog_tool *tool,
		      const struct lint_command *c, size_t *from, bool *wrapper)
{
	if (!tool->module_of || !str_starts(c->base, str_of(tool->module_of)))
		return false;
	for (size_t i = 0; i < c->n_args; i++) {
		struct str a = c->args[i].text;
		bool apart = str_eqz(a, "-m");
		if (!str_starts(a, STR("-m")))
			continue;
		struct str module =
			apart ? lint_cmd_arg(c, i + 1) : str_from(a, 2);
		*from = i + 1 + apart;
		*wrapper = catalog_listed(tool->kin, module);
		return *wrapper || str_eqz(module, tool->name);
	}
	return false;
}

bool lint_packages_of(const struct catalog_tool *tool,
		      const struct lint_command *c, struct packages *out)
{
	size_t from = 0;
	if (!c->name.known)
		return false;
	bool wrapper = tool->versioned && is_versioned(c->base, tool->kin);
	if (!lint_cmd_is(c, tool->programs) &&
	    !(tool->versioned && is_versioned(c->base, tool->programs)) &&
	    !wrapper && !is_module(tool, c, &from, &wrapper))
		return false;
	*out = (struct packages){ .tool = tool, .cmd = c, .wrapper = wrapper };
	out->verb = operand(out, from);
	out->first = MIN(out->verb + 1, c->n_args);
	return true;
}

bool lint_packages_verb(const struct packages *p, const char *verbs)
{
	return p->verb < p->cmd->n_args && p->cmd->args[p->verb].known &&
	       catalog_listed(verbs, p->cmd->args[p->verb].text);
}

struct quoted lint_packages_words(const struct packages *p)
{
	struct quoted q = lint_cmd_words(p->cmd, p->verb);
	if (p->tool->module_of &&
	    str_starts(p->cmd->base, str_of(p->tool->module_of)))
		snprintf(q.text, sizeof q.text, "%s %.40s", p->tool->name,
			 p->verb < p->cmd->n_args
				 ? str_quoted(p->cmd->args[p->verb].text).text
				 : "");
	return q;
}

struct span lint_packages_span(const struct packages *p)
{
	return lint_cmd_span(p->cmd, p->verb);
}

const struct lint_arg *lint_packages_next(const struct packages *p, size_t *at)
{
	size_t from = MAX(*at, p->first);
	size_t i = operand(p, from);
	/* Behind -- gem hands on what is left. */
	for (size_t k = from; k < i && p->tool == &catalog_gem; k++)
		if (str_eqz(p->cmd->args[k].text, "--"))
			return NULL;
	*at = i + 1;
	return i < p->cmd->n_args ? &p->cmd->args[i] : NULL;
}

/* One finding a command, from the first package that is not pinned to the last:
 * ten packages are one line to mend. */
int lint_packages_pin(const struct packages *p,
		      bool (*pinned)(const struct lint_command *c,
				     const struct lint_arg *arg),
		      const char *how, struct lint_out *out, struct err *err)
{
	const struct lint_arg *arg, *from = NULL, *to = NULL;
	char names[128] = "";
	size_t n = 0, used = 0;
	for (size_t at = 0; (arg = lint_packages_next(p, &at));) {
		if (pinned(p->cmd, arg))
			continue;
		from = from ? from : arg;
		to = arg;
		if (++n <= 3 && used < sizeof names)
			used += (size_t)snprintf(
				names + used, sizeof names - used, "%s%s",
				n > 1 ? ", " : "", str_quoted(arg->text).text);
	}
	if (n == 0)
		return 0;
	char more[40] = "";
	if (n > 3)
		snprintf(more, sizeof more, " and %zu more", n - 3);
	return lint_find(out, span_of(from->at.at, span_end(to->at)), err,
			 "%s takes %s%s in whatever version is there that "
			 "day, so the same file builds something else later; "
			 "pin with %s",
			 lint_packages_words(p).text, names, more, how);
}

static bool is_version_char(char c)
{
	return is_alpha(c) || is_digit(c) || (c && strchr(".~^_:+", c));
}

static bool is_version_part(struct str part, bool *digit)
{
	for (size_t i = 0; i < part.n; i++)
		if (!is_version_char(part.p[i]))
			return false;
	*digit |= part.n && is_digit(*part.p);
	return true;
}

/* One of the word's variables is set by ENV or ARG. */
static bool is_set(const struct lint_command *c, struct str word)
{
	const struct lint_file *f = c->run->file;
	for (size_t i = 0; i + 1 < word.n; i++) {
		size_t from = i + 1 + (word.p[i + 1] == '{'), n = 0;
		while (from + n < word.n &&
		       (is_alpha(word.p[from + n]) ||
			is_digit(word.p[from + n]) || word.p[from + n] == '_'))
			n++;
		struct str name = { word.p + from, n };
		if (word.p[i] == '$' && n &&
		    (lint_var_at(f, c->run->outer, name) ||
		     dockerfile_scope_find(f->graph->globals, name)))
			return true;
	}
	return false;
}

/*	curl-8.5.0-1.fc39	a version: digits behind a hyphen
 *	gcc-c++			no digit: a name
 *	python3-devel		"devel" begins with no digit
 *	pkg-$VERSION		if ENV or ARG sets VERSION */
bool lint_packages_rpm_pinned(const struct lint_command *c,
			      const struct lint_arg *arg)
{
	struct str part, rest;
	bool digit = false;
	/* Groups have no versions; a file or a URL is one version. */
	if (str_starts(arg->text, STR("@")) || str_ends(arg->text, STR(".rpm")))
		return true;
	if (!str_cut(arg->text, '-', &part, &rest))
		return false;
	if (!arg->known)
		return lint_word_find(arg->text, 0, "-") < arg->text.n &&
		       is_set(c, arg->text);
	for (bool more = true; more;) {
		more = str_cut(rest, '-', &part, &rest);
		if (!is_version_part(more ? part : rest, &digit))
			return false;
	}
	return digit;
}

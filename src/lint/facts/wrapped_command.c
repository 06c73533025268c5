/* SPDX-License-Identifier: Apache-2.0 */
/* Commands behind other commands, and the values of their options. */
#include "base/chars.h"
#include "lint/facts/option_words.h"
#include "lint/facts/image_path.h"

/* Options of wrappers that take a value of their own. */
static bool takes_value(struct str wrapper, struct str option)
{
	static const struct {
		const char *wrapper, *options;
	} rows[] = {
		{ "sudo", "ugphCT" }, { "env", "uSC" },	   { "nice", "n" },
		{ "timeout", "sk" },  { "ionice", "cnp" }, { "gosu", "" },
		{ "exec", "a" },      { "stdbuf", "ioe" }, { "xargs", "nPILs" },
	};
	if (option.n != 2)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (str_eqz(wrapper, rows[i].wrapper))
			return strchr(rows[i].options, option.p[1]);
	return false;
}

/* Words behind a wrapper that are not yet the command: `timeout 60`,
 * `gosu user`. */
static size_t operands(struct str wrapper)
{
	return str_eqz(wrapper, "timeout") || str_eqz(wrapper, "gosu") ||
	       str_eqz(wrapper, "su-exec");
}

static bool is_assignment(struct str word)
{
	size_t eq = str_find(word, '=');
	if (eq == 0 || eq == word.n || is_digit(word.p[0]))
		return false;
	for (size_t i = 0; i < eq; i++)
		if (!is_alpha(word.p[i]) && !is_digit(word.p[i]) &&
		    word.p[i] != '_')
			return false;
	return true;
}

static bool step(struct lint_command *c)
{
	static const char wrappers[] =
		"sudo env exec command time nice nohup timeout ionice "
		"eatmydata stdbuf gosu su-exec busybox builtin xargs chronic";
	if (!lint_cmd_is(c, wrappers))
		return false;
	size_t i = 0, skip = operands(c->base);
	for (; i < c->n_args; i++) {
		struct str a = c->args[i].text;
		if (a.n > 1 && a.p[0] == '-') {
			i += takes_value(c->base, a);
			continue;
		}
		if (is_assignment(a) || skip-- > 0)
			continue;
		break;
	}
	if (i >= c->n_args)
		return false;
	c->name = c->args[i];
	c->base = place_base(c->name.text);
	c->args += i + 1;
	c->n_args -= i + 1;
	return true;
}

/* What stands up to the last such value goes. */
static void drop_values(struct lint_command *c)
{
	size_t drop = 0;
	for (size_t i = 0; i + 1 < c->n_args; i++) {
		struct str a = c->args[i].text;
		if (a.n == 0 || a.p[0] != '-')
			break;
		if (lint_option_takes_word(c->base, a))
			drop = ++i + 1;
	}
	c->args += drop;
	c->n_args -= drop;
}

struct lint_command place_unwrap(const struct lint_command *c)
{
	struct lint_command out = *c;
	for (int i = 0; i < 4 && step(&out); i++)
		;
	drop_values(&out);
	return out;
}

bool next_word(const char **list, struct str *word)
{
	if (!*list)
		return false;
	*list += strspn(*list, " ");
	word->p = *list;
	word->n = strcspn(*list, " ");
	*list += word->n;
	return word->n;
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

struct str place_option(const struct lint_command *c, const char *names)
{
	struct str out = { 0 }, name;
	for (size_t i = 0; i < c->n_args; i++) {
		const char *list = names;
		while (next_word(&list, &name))
			if (option_value(c, i, name, &out))
				return out;
	}
	return out;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Commands behind other commands.
 *
 * Words are only stepped over, never copied: a wrapped command's arguments are
 * a tail of the outer one's. A wrapper without a command behind it (`env`,
 * `sudo -l`) stays what it is.
 *
 *	sudo -u app env A=1 timeout 5 npm ci
 *	     ^^ value   ^^^ assignment  ^ operand
 *
 * is npm ci behind three wrappers. Which options take a word, and how many
 * operands come first, is the catalogue's knowledge of each wrapper. */
#include "base/chars.h"
#include "catalog/catalog.h"
#include "lint/facts/image_path.h"
#include "lint/facts/words.h"
#include "lint/internal.h"

/* As many wrappers are looked through as a person writes; a line of a
 * thousand sudos is not worth a thousand steps for each rule. */
enum { WRAPPERS_MAX = 4 };

static bool is_option(struct str arg)
{
	return arg.n > 1 && arg.p[0] == '-' && !str_eqz(arg, "--");
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

/* The wrapper's verb, when it has one, is its first word that is no option. */
static bool is_verb(const struct catalog_wrapper *w, struct str word,
		    bool *seen)
{
	if (!w->verb || *seen || !str_eqz(word, w->verb))
		return false;
	*seen = true;
	return true;
}

/* One wrapper: over its options, assignments (env A=1), verb and operands, to
 * the command that it runs. */
static bool step(struct lint_command *c)
{
	const struct catalog_wrapper *w =
		c->name.known ? catalog_wrapper_of(c->base) : NULL;
	if (!w)
		return false;
	size_t i = 0, skip = w->operands;
	bool verb = false;
	for (; i < c->n_args; i++) {
		struct str a = c->args[i].text;
		if (catalog_listed(w->asks, a))
			return false;
		if (a.n > 1 && a.p[0] == '-') {
			i += catalog_wrapper_takes_word(w, a);
			continue;
		}
		if (is_assignment(a) || is_verb(w, a, &verb))
			continue;
		if (skip == 0)
			break;
		skip--;
	}
	if (i >= c->n_args || (w->verb && !verb))
		return false;
	c->name = c->args[i];
	c->base = lint_place_base(c->name.text);
	c->args += i + 1;
	c->n_args -= i + 1;
	return true;
}

/* Where the script of `sh -c SCRIPT` or `su app -c SCRIPT` stands; n_args. */
static size_t script_of(const struct lint_command *c)
{
	bool su = lint_cmd_is(c, "su");
	if (!su && !lint_cmd_is(c, "sh bash ash dash"))
		return c->n_args;
	for (size_t i = 0; i + 1 < c->n_args; i++) {
		struct str a = c->args[i].text;
		if (a.n < 2 || a.p[0] != '-' || a.p[1] == '-')
			continue;
		if (a.p[a.n - 1] == 'c')
			return c->args[i + 1].known ? i + 1 : c->n_args;
		i += a.p[a.n - 1] == 'o'; /* -o pipefail, -eo pipefail */
	}
	return c->n_args;
}

/* Nothing but words: what a shell makes of the rest is not ours to guess. */
static bool is_words(struct str script, size_t *n)
{
	bool in_word = false;
	for (size_t i = 0; i < script.n; i++) {
		char b = script.p[i];
		bool blank = is_blank(b);
		if (!blank && !is_alpha(b) && !is_digit(b) &&
		    (!b || !strchr("/._-+:=,@%", b)))
			return false;
		*n += !blank && !in_word;
		in_word = !blank;
	}
	return *n > 0;
}

/* The command that a shell is given as text. Its words all have the place of
 * that text. 1: *c is that one; 0: it is none; -1. */
static int enter_script(struct lint_command *c, struct arena *a,
			struct err *err)
{
	size_t at = script_of(c), n = 0;
	if (at == c->n_args || !is_words(c->args[at].text, &n))
		return 0;
	struct lint_arg *words = arena_array(a, n, sizeof *words, err);
	if (!words)
		return -1;
	struct str rest = c->args[at].text;
	for (size_t i = 0, k = 0; k < n; k++) {
		while (is_blank(rest.p[i]))
			i++;
		size_t from = i;
		while (i < rest.n && !is_blank(rest.p[i]))
			i++;
		words[k] = c->args[at];
		words[k].text = (struct str){ rest.p + from, i - from };
	}
	c->name = words[0];
	c->base = lint_place_base(words[0].text);
	c->args = words + 1;
	c->n_args = n - 1;
	return 1;
}

/* What stands up to the last such value goes. */
static void drop_values(struct lint_command *c)
{
	size_t drop = 0;
	for (size_t i = 0; i + 1 < c->n_args; i++) {
		struct str a = c->args[i].text;
		if (a.n == 0 || a.p[0] != '-')
			break;
		if (catalog_option_takes_word(c->base, a))
			drop = ++i + 1;
	}
	if (drop) /* a command without arguments has no array */
		c->args += drop;
	c->n_args -= drop;
}

/* exec's own options, one of which takes a word: exec -a NAME command; and
 * those of time. */
static size_t behind_options(const struct lint_command *c)
{
	size_t i = 0;
	while (i < c->n_args && is_option(c->args[i].text))
		i += str_ends(c->args[i].text, STR("a")) ? 2 : 1;
	return i;
}

/* What hadolint compares; false: nobody knows its name. */
static bool look_through(struct lint_command *c)
{
	if (!c->name.known || c->name.text.n == 0)
		return false;
	if (!lint_word_in(c->base, "command exec builtin busybox time"))
		return true;
	size_t i = lint_word_in(c->base, "exec time") ? behind_options(c) : 0;
	if (i >= c->n_args || is_option(c->args[i].text))
		return true;
	c->name = c->args[i];
	c->base = lint_word_base(c->name.text);
	c->args += i + 1;
	c->n_args -= i + 1;
	return c->name.known;
}

/* c itself when the view has the same words, else a copy in the arena. */
static const struct lint_command *keep(const struct lint_command *c,
				       struct lint_command view,
				       struct arena *a, struct err *err)
{
	if (view.args == c->args && view.n_args == c->n_args)
		return c;
	struct lint_command *kept = arena_alloc(a, sizeof *kept, err);
	if (!kept)
		return NULL;
	*kept = view;
	kept->called = kept->unwrapped = kept->inner = kept;
	return kept;
}

int lint_unwrap(struct lint_command *c, struct arena *a, struct err *err)
{
	struct lint_command called = *c, inner = *c;
	if (look_through(&called) && !(c->called = keep(c, called, a, err)))
		return -1;
	for (int i = 0, r = 1; i < WRAPPERS_MAX && r; i++) {
		r = step(&inner) ? 1 : enter_script(&inner, a, err);
		if (r < 0)
			return -1;
	}
	if (!(c->unwrapped = keep(c, inner, a, err)))
		return -1;
	drop_values(&inner);
	c->inner = keep(c->unwrapped, inner, a, err);
	return c->inner ? 0 : -1;
}

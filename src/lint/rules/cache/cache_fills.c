/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a command fills a cache, by its words alone. */
#include "lint/rules/cache/cache.h"

#include "lint/facts/words.h"

static bool is_option(struct str word)
{
	return word.n && word.p[0] == '-';
}

static bool has_letter(struct str word, const char *letters)
{
	for (; letters && *letters; letters++)
		if (str_has(word, *letters))
			return true;
	return false;
}

/* An option that says what is done, instead of a verb: pacman's -S and -Syu,
 * but not -Sc, which cleans, nor -Ss and -Si, which ask. The first counts. */
static bool acts(const struct catalog_cache *k, const struct lint_command *c)
{
	struct str act;
	for (size_t i = 0; i < c->n_args; i++) {
		struct str a = c->args[i].text;
		for (const char *list = k->acts; lint_word_next(&list, &act);) {
			if (str_eq(a, act))
				return true;
			if (act.n == 2 && str_starts(a, act))
				return !has_letter(a, k->acts_not);
		}
	}
	return false;
}

static bool asks(const struct catalog_cache *k, const struct lint_command *c)
{
	for (size_t i = 0; i < c->n_args; i++)
		if (catalog_listed(k->asks, c->args[i].text))
			return true;
	return false;
}

/* The i-th word that is no option; empty: there is none. */
static struct str operand(const struct lint_command *c, size_t i)
{
	for (size_t k = 0; k < c->n_args; k++)
		if (!is_option(c->args[k].text) && i-- == 0)
			return c->args[k].text;
	return (struct str){ 0 };
}

/* "uv pip" fills the cache as "uv pip install": the word behind a verb that
 * `second` has must be one of those that stand behind it there. */
static bool second_fits(const struct catalog_cache *k,
			const struct lint_command *c)
{
	struct str row, verb, word, want = operand(c, 1);
	for (const char *list = k->second; lint_word_next(&list, &row);) {
		if (!str_cut(row, '+', &verb, &row) ||
		    !str_eq(operand(c, 0), verb))
			continue;
		for (bool more = true; more;) {
			more = str_cut(row, '+', &word, &row);
			if (str_eq(want, more ? word : row))
				return true;
		}
		return false;
	}
	return true;
}

/*	npm ci			verbs has ci
 *	yarn			no operand: verbs has "-", yarn alone installs
 *	pacman -Syu x		acts has -S
 *	mvn			told nothing, it does nothing */
bool lint_cache_fills(const struct catalog_cache *k,
		      const struct lint_command *c)
{
	if (!lint_cmd_is(c, k->programs) || asks(k, c))
		return false;
	if (k->acts)
		return acts(k, c);
	/* mvn and gradle do nothing when they are told nothing. */
	if (!k->verbs)
		return !k->asks || c->n_args;
	if (operand(c, 0).n == 0)
		return catalog_listed(k->verbs, STR("-"));
	return lint_cmd_verb(c, k->programs, k->verbs) && second_fits(k, c);
}

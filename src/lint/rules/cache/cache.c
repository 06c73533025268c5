/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a RUN leaves the cache of a tool in its layer. The catalogue says
 * what fills it, what empties it, what switches it off and where it lies; here
 * that is held against the commands of one RUN, in their order:
 *
 *	npm ci						left
 *	npm ci && npm cache clean --force		not left
 *	npm cache clean --force && npm ci		filled again: left
 *	npm help					fills nothing
 *	--mount=type=cache,target=/root npm ci		not in the layer
 *
 * Doubt is for the user: a variable that may be a mount's target, or a mention
 * of the variable that moves the cache anywhere in the file, is silence. */
#include "lint/rules/cache/cache.h"

#include "dockerfile/access.h"
#include "base/chars.h"
#include "lint/facts/words.h"
#include "lint/facts/image_path.h"

static bool is_name(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_';
}

/* At word boundaries: "TINI_VERSION" does not say tini, "usr/bin/tini" does. */
bool lint_has_word(struct str s, struct str word)
{
	for (size_t i = 0; word.n && i + word.n <= s.n; i++) {
		struct str at = { s.p + i, word.n };
		if (lower(s.p[i]) != lower(word.p[0]) ||
		    !str_eq_nocase(at, word))
			continue;
		bool before = i && is_name(s.p[i - 1]);
		bool behind = i + word.n < s.n && is_name(s.p[i + word.n]);
		if (!before && !behind)
			return true;
	}
	return false;
}

static bool look_in_file(const struct lint_file *f, struct str word)
{
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if (lint_has_word(in->line.text, word))
			return true;
		for (size_t k = 0; k < in->n_heredocs; k++)
			if (lint_has_word(
				    span_str(f->df->text, in->heredocs[k].body),
				    word))
				return true;
	}
	return false;
}

static bool look_at_start(const struct lint_file *f, struct str word)
{
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if ((in->kind & (DF_CMD | DF_ENTRYPOINT)) &&
		    lint_ships(f, in) && lint_has_word(in->rest.text, word))
			return true;
	}
	return false;
}

static bool look_for_letters(const struct lint_file *f, struct str letters)
{
	for (size_t i = 0; i < f->df->n_instrs; i++)
		if (str_contains(f->df->instrs[i]->line.text, letters))
			return true;
	return false;
}

/* Words are the catalogue's and the rules' own, some hundreds, and each is
 * looked for once: thousands of RUNs ask. Where there is no memory to remember
 * it, it is looked for again. */
static bool says(const struct lint_file *f, struct str word,
		 enum lint_said_how how)
{
	struct lint_memo *m = f->memo;
	struct err err = { 0 };
	for (size_t i = 0; i < m->n_words; i++)
		if (m->words[i].how == how && str_eq(m->words[i].word, word))
			return m->words[i].said;
	bool said = how == SAID_START	  ? look_at_start(f, word)
		    : how == SAID_LETTERS ? look_for_letters(f, word)
					  : look_in_file(f, word);
	struct lint_word_said w = { .how = how, .said = said };
	if (arena_str(f->arena, word, &w.word, &err) == 0 &&
	    arena_grow(f->arena, &m->words, m->n_words, &m->cap_words, sizeof w,
		       &err) == 0)
		m->words[m->n_words++] = w;
	return said;
}

bool lint_file_says(const struct lint_file *f, const char *word)
{
	return says(f, str_of(word), SAID_WORD);
}

bool lint_file_mentions(const struct lint_file *f, const char *letters)
{
	return says(f, str_of(letters), SAID_LETTERS);
}

/* Words of the catalogue are short. */
static bool copy_word(struct str word, char out[64])
{
	if (word.n >= 64)
		return false;
	memcpy(out, word.p, word.n);
	out[word.n] = 0;
	return true;
}

static bool says_any(const struct lint_file *f, const char *list)
{
	struct str word;
	char name[64];
	while (lint_word_next(&list, &word))
		if (copy_word(word, name) && lint_file_says(f, name))
			return true;
	return false;
}

bool lint_file_starts(const struct lint_file *f, const char *programs)
{
	struct str word;
	while (lint_word_next(&programs, &word))
		if (says(f, word, SAID_START))
			return true;
	return false;
}

struct str lint_cache_dir(const struct catalog_cache *k)
{
	const char *list = k->mounts;
	struct str dir = { 0 };
	lint_word_next(&list, &dir);
	return k->shown ? str_of(k->shown) : dir;
}

/* A command that cannot but fetch, a version, or a mention of a manifest:
 * `go build` of a program that needs no module fetches none. */
static bool has_to_fetch(const struct lint_file *f,
			 const struct catalog_cache *k,
			 const struct lint_command *c)
{
	if (!k->manifests || lint_cmd_verb(c, k->programs, k->always))
		return true;
	for (size_t i = 0; i < c->n_args; i++)
		if (str_find(c->args[i].text, '@') < c->args[i].text.n)
			return true;
	return says_any(f, k->manifests);
}

/* The pattern takes the directory away, or all that is in it. */
static bool empties(struct str pattern, struct str dir)
{
	while (str_ends(pattern, STR("/*")) || str_ends(pattern, STR("/.*")))
		pattern.n -= pattern.p[pattern.n - 2] == '.' ? 3 : 2;
	return pattern.n && lint_place_matches(pattern, dir);
}

/* One of the cache's directories. The place may be deeper, when it is a
 * pattern: /usr/local/bundle/cache/, *.gem */
static int removes(const struct lint_file *f, const struct catalog_cache *k,
		   const struct lint_command *c, struct str word,
		   struct err *err)
{
	struct str place, dir;
	if (lint_place_arg(f, c, word, &place, err) < 0 ||
	    lint_place_home(f, place, &place, err) < 0)
		return -1;
	for (const char *list = k->mounts; lint_word_next(&list, &dir);) {
		if (empties(place, dir) ||
		    (lint_cmd_is(c, "find") &&
		     (place.n == 1 || lint_place_within(dir, place))))
			return 1;
		size_t star = str_find(place, '*');
		struct str fixed = { place.p, star };
		if (star < place.n && lint_place_within(fixed, dir))
			return 1;
	}
	return 0;
}

static bool removes_files(const struct lint_command *c)
{
	if (lint_cmd_is(c, "rm unlink"))
		return true;
	if (!lint_cmd_is(c, "find"))
		return false;
	for (size_t i = 0; i < c->n_args; i++)
		if (str_eqz(c->args[i].text, "-delete") ||
		    str_eqz(c->args[i].text, "rm"))
			return true;
	return false;
}

static bool has_option(const struct lint_command *c, const char *options)
{
	struct str word;
	char option[64];
	while (lint_word_next(&options, &word))
		if (copy_word(word, option) && lint_cmd_has(c, option))
			return true;
	return false;
}

int lint_cache_cleans(const struct lint_file *f, const struct catalog_cache *k,
		      const struct lint_command *c, struct err *err)
{
	const char *cleaners = catalog_cache_cleaners(k);
	if (cleaners &&
	    (k->clean_verbs ? lint_cmd_verb(c, cleaners, k->clean_verbs)
			    : lint_cmd_is(c, cleaners)))
		return 1;
	if (k->clean_options && lint_cmd_is(c, k->programs))
		return has_option(c, k->clean_options);
	if (!removes_files(c))
		return 0;
	for (size_t i = 0; i < c->n_args; i++) {
		struct str a = c->args[i].text;
		int r = a.n && a.p[0] != '-' ? removes(f, k, c, a, err) : 0;
		if (r)
			return r;
	}
	return 0;
}

/* k->needs: a cache that the program itself uses when it runs is no waste. */
static bool is_off(const struct lint_file *f, const struct catalog_cache *k,
		   const struct lint_command *c)
{
	for (size_t i = 0; i < c->n_args; i++)
		if (catalog_listed(k->options, c->args[i].text))
			return true;
	if (says_any(f, k->variables) || !has_to_fetch(f, k, c))
		return true;
	return k->needs && lint_file_starts(f, k->needs);
}

/* A cache or tmpfs mount on the cache, above it or in it.
 *
 * A mount on /root takes what is written to /root/.npm; one within the cache
 * shows that someone thought of it. */
static int mounted(const struct lint_file *f, const struct catalog_cache *k,
		   const struct lint_run *run, struct err *err)
{
	for (size_t i = 0; i < run->n_mounts; i++) {
		const struct df_mount *m = &run->mounts[i];
		struct str place, dir;
		if (m->type != DF_MOUNT_CACHE && m->type != DF_MOUNT_TMPFS &&
		    m->type != DF_MOUNT_VARIABLE)
			continue;
		if (lint_place_of(f, run->outer, STR("/"), m->target, &place,
				  err) < 0 ||
		    lint_place_home(f, place, &place, err) < 0)
			return -1;
		if (str_find(place, '$') < place.n)
			return 1;
		for (const char *list = k->mounts; lint_word_next(&list, &dir);)
			if (lint_place_within(dir, place) ||
			    lint_place_within(place, dir))
				return 1;
	}
	return 0;
}

/* *by is the command that fills it first, which is where a user looks. */
int lint_cache_left(const struct lint_file *f, const struct catalog_cache *k,
		    const struct lint_run *run, struct lint_command *by,
		    struct err *err)
{
	bool left = false;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		int cleans = lint_cache_cleans(f, k, c, err);
		if (cleans < 0)
			return -1;
		if (cleans)
			left = false;
		else if (!left && lint_cache_fills(k, c) && !is_off(f, k, c)) {
			left = true;
			*by = *c;
			by->at = run->commands[i].at;
		}
	}
	if (!left)
		return 0;
	int m = mounted(f, k, run, err);
	return m < 0 ? -1 : !m;
}

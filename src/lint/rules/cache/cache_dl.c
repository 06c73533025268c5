/* SPDX-License-Identifier: Apache-2.0 */
/* The same question as in cache.c, asked as hadolint asks it, for the rules
 * that bear its codes (DL3009, DL3042): its findings and its silences are kept,
 * as people have their files clean by it. Mounts are told by their text,
 * cleaning counts only behind the command that fills. */
#include "lint/rules/cache/cache_dl.h"

#include <stdio.h>

#include "lint/facts/words.h"

enum { WORD_MAX = 64 };

/* The text of a mount has one of the directories, without the home. */
static bool is_named(const char *dirs, const struct lint_run *run)
{
	struct str dir;
	char path[WORD_MAX];
	while (lint_word_next(&dirs, &dir)) {
		if (str_starts(dir, STR("~/")))
			dir = str_from(dir, 2);
		snprintf(path, sizeof path, "%.*s", STR_ARG(dir));
		if (lint_run_mount_has(run, path))
			return true;
	}
	return false;
}

/* A mount on the first directory, or above it; at home is root's home. */
static bool is_mounted(const char *dirs, const struct lint_run *run)
{
	struct str dir = { 0 };
	char path[WORD_MAX + 8];
	(void)lint_word_next(&dirs, &dir);
	bool home = str_starts(dir, STR("~/"));
	if (home)
		dir = str_from(dir, 2);
	snprintf(path, sizeof path, "%s%.*s", home ? "/root/" : "",
		 STR_ARG(dir));
	return lint_run_mounted(run, path);
}

bool lint_cache_dl_mounted(const struct catalog_cache *k,
			   const struct lint_run *run)
{
	return is_named(k->mounts, run) || is_named(k->dl_mounts, run) ||
	       is_mounted(k->mounts, run);
}

bool lint_cache_dl_is_off(const struct catalog_cache *k,
			  const struct lint_command *c)
{
	struct str word;
	char option[WORD_MAX];
	for (const char *list = k->options; lint_word_next(&list, &word);) {
		while (word.n && *word.p == '-')
			word = str_from(word, 1);
		snprintf(option, sizeof option, "%.*s", STR_ARG(word));
		if (lint_cmd_count_options(c, option))
			return true;
	}
	return false;
}

/* c empties what by has filled. */
static bool cleans(const struct catalog_cache *k, const struct lint_command *by,
		   const struct lint_command *c)
{
	struct str dir;
	char path[WORD_MAX];
	const char *programs =
		k->dl_cleaners ? k->dl_cleaners : catalog_cache_cleaners(k);
	if (catalog_listed(k->dl_alone, by->base))
		programs = k->dl_alone;
	if (programs && lint_cmd_is(c, programs) &&
	    lint_cmd_has_arg(c, k->clean_verbs))
		return true;
	const char *list = k->dl_emptied ? k->dl_emptied : k->mounts;
	while (lint_word_next(&list, &dir)) {
		snprintf(path, sizeof path, "%.*s", STR_ARG(dir));
		if (*path == '/' && lint_cmd_removes(c, path))
			return true;
	}
	return false;
}

/* From the end: what cleans once behind all of them answers for each. */
static bool is_cleaned(const struct catalog_cache *k,
		       const struct lint_command *by,
		       bool (*is_cleaning)(const struct lint_command *c))
{
	const struct lint_run *run = by->run;
	for (size_t i = run->n_commands; i-- > by->index + 1;) {
		const struct lint_command *c = run->commands[i].unwrapped;
		if (lint_cmd_after(by, &run->commands[i]) &&
		    (is_cleaning ? is_cleaning(c) : cleans(k, by, c)))
			return true;
	}
	return false;
}

bool lint_cache_dl_left(const struct catalog_tool *tool,
			const struct catalog_cache *k,
			const struct lint_run *run,
			bool (*is_cleaning)(const struct lint_command *c),
			struct packages *p)
{
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].unwrapped;
		if (!lint_packages_of(tool, c, p))
			continue;
		if (k->dl_verbs ? !lint_cmd_has_arg(c, k->dl_verbs)
				: !lint_packages_verb(p, k->left_to_dl
								 ? k->left_to_dl
								 : k->verbs))
			continue;
		if (!is_cleaned(k, c, is_cleaning))
			return true;
	}
	return false;
}

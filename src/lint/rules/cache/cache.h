/* SPDX-License-Identifier: Apache-2.0 */
/* rules/cache.h - what tools keep of what they fetched or built, and where.
 *
 * One table for the rules that find a cache in a layer that ships and for the
 * one that finds it removed too late. */
#pragma once
#include "lint/facts/facts.h"

/* Lists have blanks between their words. */
struct cache_kind {
	const char *name;
	const char *tools;     /* commands that fill it */
	const char *verbs;     /* their first operands; NULL: any */
	const char *dirs;      /* what a mount or rm of it names, parents too; ~
			      * is the home of whoever runs it */
	const char *holds;     /* where its bytes lie and no others: patterns of
			      * directories or files, ** at the beginning any
			      * directory; as analyze/drop_rules.c has them */
	const char *key;       /* of the table of estimates */
	const char *options;   /* that leave none */
	const char *variables; /* that turn it off or move it */
	const char *cleaner, *clean_verbs; /* the command that empties it */
	const char *needs; /* programs that want it when the container runs */
	const char *dl;	   /* the hadolint rule that finds it; or NULL */
	const char *shown; /* to people, where dirs would mislead; or NULL */
};

const struct cache_kind *cache_find(const char *name);
extern const struct cache_kind cache_kinds[];
extern const size_t n_cache_kinds;

/* c (an inner command) fills the cache, wherever it then is. */
bool cache_fills(const struct cache_kind *k, const struct lint_command *c);
/* 1: c empties it; 0; -1. */
must_check int cache_cleans(const struct lint_file *f,
			    const struct cache_kind *k,
			    const struct lint_command *c, struct err *err);
/* 1: the RUN leaves it in its layer, *by is the first command that fills it;
 * 0: it does not, or the file tells that the cache is off or elsewhere. */
must_check int cache_left(const struct lint_file *f, const struct cache_kind *k,
			  const struct lint_run *run, struct lint_command *by,
			  struct err *err);
/* Where it is, for people: the first of dirs. */
struct str cache_dir(const struct cache_kind *k);
/* Are the bytes of the file, a path without a slash in front, the cache's? */
bool cache_holds(const struct cache_kind *k, struct str path);

/* --- what the file says elsewhere ---------------------------------------- */

/* Some instruction of the file has the word in its text, in any case. */
bool file_says(const struct lint_file *f, const char *word);
/* What the layer of the RUN has of the kind of this name, when it was
 * measured: true, with *bytes, 0 too. */
bool run_measured(const struct lint_file *f, const struct lint_run *run,
		  const char *name, uint64_t *bytes);
/* An ENTRYPOINT or CMD that ships names one of the programs. */
bool file_starts(const struct lint_file *f, const char *programs);
/* The word stands in s with nothing of a name at its sides. */
bool has_word(struct str s, struct str word);

/* --- the rules ------------------------------------------------------------ */

struct lint_out;
/* Finds the cache of this name in a RUN that ships; the remedy is a phrase
 * that follows a semicolon. */
must_check int cache_rule(const struct lint_file *f, const struct lint_run *run,
			  const char *name, const char *remedy,
			  struct lint_out *out, struct err *err);

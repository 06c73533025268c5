/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/cache/cache.h - caches of tools in the layers of a Dockerfile.
 *
 * What a cache is stands in the catalogue; here is whether the commands of a
 * RUN fill one, empty it, or have it elsewhere. Shared by the rules that find a
 * cache in a layer that ships and the one that finds it removed too late. */
#pragma once
#include "catalog/catalog.h"
#include "lint/facts/facts.h"

/* c (an inner command) fills the cache, wherever it then is. */
bool lint_cache_fills(const struct catalog_cache *k,
		      const struct lint_command *c);
/* 1: c empties it; 0; -1. */
must_check int lint_cache_cleans(const struct lint_file *f,
				 const struct catalog_cache *k,
				 const struct lint_command *c, struct err *err);
/* 1: the RUN leaves it in its layer, *by is the first command that fills it;
 * 0: it does not, or the file tells that the cache is off or elsewhere. */
must_check int lint_cache_left(const struct lint_file *f,
			       const struct catalog_cache *k,
			       const struct lint_run *run,
			       struct lint_command *by, struct err *err);
/* What lint_cache_left says of all RUNs of the file. */
must_check int lint_cache_lefts(const struct lint_file *f,
				const struct catalog_cache *kind,
				const struct lint_left **out, struct err *err);
/* Where it is, for people: the first of its mounts. */
struct str lint_cache_dir(const struct catalog_cache *k);

/* --- what the file says elsewhere ---------------------------------------- */

/* Some instruction of the file has the word in its text, in any case. */
bool lint_file_says(const struct lint_file *f, const char *word);
/* The line of some instruction has these letters, whatever stands around. */
bool lint_file_mentions(const struct lint_file *f, const char *letters);
/* What the layer of the RUN has of the kind of this name, when it was
 * measured: true, with *bytes, 0 too. */
bool lint_run_measured(const struct lint_file *f, const struct lint_run *run,
		       const char *name, uint64_t *bytes);
/* An ENTRYPOINT or CMD that ships names one of the programs. */
bool lint_file_starts(const struct lint_file *f, const char *programs);
/* The word stands in s with nothing of a name at its sides. */
bool lint_has_word(struct str s, struct str word);

/* --- the rules ------------------------------------------------------------ */

struct lint_out;
/* Finds the cache of this name in a RUN that ships. */
must_check int lint_cache_rule(const struct lint_file *f,
			       const struct lint_run *run, const char *name,
			       struct lint_out *out, struct err *err);

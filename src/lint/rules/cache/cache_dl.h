/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/cache/cache_dl.h - a cache as hadolint's rules look at it.
 *
 * They read no home directory and no variable, take any word of a command for
 * its verb, and a mount counts when its text names the cache. */
#pragma once
#include "lint/rules/cache/cache.h"
#include "lint/rules/package/packages.h"

/* A mount of the RUN has the cache, or may. */
bool lint_cache_dl_mounted(const struct catalog_cache *k,
			   const struct lint_run *run);
/* An option of the command switches the cache off. */
bool lint_cache_dl_is_off(const struct catalog_cache *k,
			  const struct lint_command *c);
/* The first command of the tool in the RUN that fills the cache and is not
 * followed by one that empties it: one of hadolint's cleaners, the removal of a
 * directory, or what the rule knows instead (is_cleaning; or NULL). *p is
 * that command. */
bool lint_cache_dl_left(const struct catalog_tool *tool,
			const struct catalog_cache *k,
			const struct lint_run *run,
			bool (*is_cleaning)(const struct lint_command *c),
			struct packages *p);

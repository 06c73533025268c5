/* SPDX-License-Identifier: Apache-2.0 */
/* lint/shellcheck/shellcheck_memory.h - what shellcheck said of a script before.
 *
 * To start it costs several times what all rules cost together, and most
 * scripts of a run are those of the run before. So its answer about one script
 * is a note in the user's cache, under the script, the program's path, size
 * and time. Answers that are too long for a note are asked for again. */
#pragma once
#include "lint/shellcheck/shellcheck_answer.h"

struct cache;

struct check_memory {
	struct cache *cache; /* NULL: nothing is remembered */
	struct str program;  /* path, size, time; in the arena given */
};

/* A program that cannot be looked at is not remembered. */
must_check int lint_shellcheck_memory_open(struct cache *cache,
					   struct str program, struct arena *a,
					   struct check_memory *out,
					   struct err *err);
/* 1: *answer is what was said of a file "0" with this text; 0: nothing is
 * known; -1: ERR_NOMEM. */
must_check int lint_shellcheck_memory_get(const struct check_memory *m,
					  struct str text, struct buf *answer,
					  struct err *err);
/* Remembers an answer, file by file. -1: ERR_NOMEM; all else is soft. */
must_check int lint_shellcheck_memory_put(const struct check_memory *m,
					  const struct check_answer *answer,
					  struct err *err);

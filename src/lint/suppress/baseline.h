/* SPDX-License-Identifier: Apache-2.0 */
/* lint/suppress/baseline.h - findings of yesterday, so that only new ones count.
 *
 * A baseline is a text file with one line a finding, in byte order: path,
 * rule, fingerprint of the logical line that the finding stands in, and which
 * of the equal ones it is (lint/suppress/fingerprint.h; docs/lint-formats.md,
 * "Baseline"). Positions are not in it: a finding that moved is still the
 * same, one whose instruction changed is new. */
#pragma once
#include "lint/lint.h"

/* Of the file. */
enum { BASELINE_SIZE_MAX = 64 << 20 };

struct baseline_entry {
	struct str path, rule, hex;
	uint64_t nth;
	size_t line; /* of the baseline, from 1 */
	bool met;    /* a finding was taken out */
	bool looked; /* its file was among those linted */
};

struct baseline {
	struct arena arena;
	struct baseline_entry *entries; /* sorted */
	size_t n;
};
void lint_baseline_done(struct baseline *b);

/* text is the file's and may go. ERR_CORRUPT names the line that is none. */
must_check int lint_baseline_read(struct str text, struct baseline *out,
				  struct err *err);
/* Takes out of the results what the baseline has; *n_hidden is how many. */
must_check int lint_baseline_apply(struct baseline *b,
				   struct finding_list *results, size_t n,
				   size_t *n_hidden, struct err *err);
/* After lint_baseline_apply: the next entry, from *at (0 at first), that no
 * finding matched though its file was linted; NULL at the end. Means something
 * only when all rules ran that ran for the baseline: no --select, --ignore,
 * --severity. */
const struct baseline_entry *lint_baseline_stale(const struct baseline *b,
						 size_t *at);
/* Appends the baseline file of these findings; before lint_baseline_apply. */
must_check int lint_baseline_write(const struct finding_list *results, size_t n,
				   struct buf *out, struct err *err);

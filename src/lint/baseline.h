/* SPDX-License-Identifier: Apache-2.0 */
/* lint/baseline.h - findings of yesterday, so that only new ones count.
 *
 * A baseline is a text file with one line a finding, in byte order: path,
 * rule, fingerprint of the logical line that the finding stands in, and which
 * of the equal ones it is (docs/lint-formats.md, "Baseline"). Line numbers
 * are not in it: a finding that moved is still the same, one whose
 * instruction changed is new. */
#pragma once
#include "lint/lint.h"

enum { BASELINE_SIZE_MAX = 64 << 20 };

struct baseline_entry;
struct baseline {
	struct arena arena;
	struct baseline_entry *entries;
	size_t n;
};
#define BASELINE_INIT \
	{             \
		0     \
	}
void baseline_done(struct baseline *b);

/* text is the file's. ERR_CORRUPT names the line that is none. */
must_check int baseline_read(struct str text, struct baseline *out,
			     struct err *err);
/* Takes out of the results what the baseline has; *n_hidden is how many. */
must_check int baseline_apply(struct baseline *b, struct lint_result *results,
			      size_t n, size_t *n_hidden, struct err *err);
/* After baseline_apply: entries that no finding met any more, though their
 * file was looked at. 1 with *path, *rule and *line (of the baseline)
 * borrowed; 0: no more. *at begins with 0. */
int baseline_stale(const struct baseline *b, size_t *at, struct str *path,
		   struct str *rule, size_t *line);
/* Appends the baseline file of these findings. */
must_check int baseline_write(const struct lint_result *results, size_t n,
			      struct buf *out, struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* cli/lint_option.h - the options of `pare lint`. */
#pragma once
#include "cli/build_arg.h"
#include "cli/option.h"
#include "work/lint.h"

struct lint_options {
	const char *format, *config, *context, *target, *base_image, *image;
	const char *baseline, *write_baseline;
	struct option_list select, ignore, exclude;
	struct build_args args;
	const char *shellcheck;
	int severity; /* 0: not said; else a level and 1 */
	struct lint_fail_on {
		int level; /* the same */
		bool has_bytes;
		uint64_t bytes;
	} fail_on;
	struct lint_min_bytes {
		bool said;
		uint64_t n;
	} min_bytes;
	int sort; /* 1: by bytes */
	const char *today, *stdin_filename, *explain;
	bool no_config, no_suppressions, list_rules;
};

enum { LINT_OPTIONS = 23 };
extern const struct option lint_option_table[LINT_OPTIONS];

/* What they ask for, without where the result goes. Borrows from inv; events
 * are the caller's to set. */
struct work_lint_options cli_lint_option_work(const struct invocation *inv);

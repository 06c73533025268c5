/* SPDX-License-Identifier: Apache-2.0 */
/* cli/drop_option.h - what --drop and --removed mean. */
#pragma once
#include "base/atomic_file.h"
#include "cli/option.h"
#include "work/optimize.h"

struct drop_option {
	uint64_t rules; /* as struct work_optimize wants them */
	/* --removed: written beside FILE, then put in its place. */
	const char *file;
	struct atomic_file out;
};
#define DROP_OPTION_INIT                \
	{                               \
		.out = ATOMIC_FILE_INIT \
	}

void cli_drop_option_done(struct drop_option *d);
/* rules: names between commas; removed may be NULL. The file is opened before
 * the work begins. */
must_check int cli_drop_option_open(const struct option_list *rules,
				    const char *removed, struct drop_option *d,
				    struct err *err);
/* Writes the list of --removed, if one was asked for. */
must_check int cli_drop_option_save(struct drop_option *d,
				    const struct work_optimized *o,
				    struct err *err);

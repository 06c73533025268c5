/* SPDX-License-Identifier: Apache-2.0 */
/* cli/drop_option.h - what --drop, --drop-list and --removed mean. */
#pragma once
#include "analyze/drop.h"
#include "cli/session.h"
#include "base/atomic_file.h"

struct drop_option {
	uint64_t rules;
	struct dropping *v; /* one an image, in the order of the images */
	const struct tree **trees;
	size_t n;
	uint32_t cap, cap_trees;
	/* --removed: written beside FILE, then put in its place. */
	const char *file;
	struct atomic_file out;
};
#define DROP_OPTION_INIT                \
	{                               \
		.out = ATOMIC_FILE_INIT \
	}

void drop_option_done(struct drop_option *d);
/* rules: names between commas; removed may be NULL. The file is opened before
 * the work begins. */
must_check int drop_option_open(const struct option_list *rules,
				const char *removed, struct drop_option *d,
				struct err *err);
/* For optimize_options.find_removals; self is the drop_option. */
must_check int drop_option_find(void *self, const struct loaded_image *li,
				uint32_t n_base, const uint32_t **nodes,
				uint32_t *n, struct err *err);
/* Writes the list of --removed, if one was asked for. */
must_check int drop_option_save(struct drop_option *d, struct err *err);

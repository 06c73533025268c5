/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/diff.h - what changed from one image to another: a line a path.
 *
 * verify.h tells every differing value; here the fields of a path are brought
 * together. */
#pragma once
#include "tree/compare.h"
#include "tree/load.h"

enum change { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED };
extern const char *const analyze_change_name[]; /* JSON values */

struct file_change {
	struct str path;
	enum change change;
	unsigned fields; /* bits 1 << enum tree_field, of CHANGE_CHANGED */
};

struct diff_sink {
	int (*file)(void *self, const struct file_change *f, struct err *err);
	/* key: "config.Env"; values as JSON, empty where there is none. */
	int (*config)(void *self, struct str key, struct str a, struct str b,
		      struct err *err);
	void *self;
};

struct diff_counts {
	uint64_t files[CHANGE_CHANGED + 1], config;
};

must_check int analyze_diff(const struct loaded_image *a,
			    const struct loaded_image *b,
			    const struct diff_sink *to, struct diff_counts *out,
			    struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* work/diff.h - what changed from one image to another, and what that costs a
 * node which has the first. */
#pragma once
#include "analyze/diff.h"
#include "analyze/versions.h"
#include "analyze/transfer.h"
#include "work/platforms.h"
#include "work/session.h"

struct work_diff_options {
	const char *from, *to; /* as a user names images */
	bool transfer;	       /* what is fetched, and why */
	bool packages;	       /* the versions that both have */
};

/* One platform of both images. */
struct work_diff_pair {
	const struct loaded_image *a, *b;
	struct package_list packages[2]; /* empty unless asked for */
	struct transfer transfer;	 /* layers NULL: not asked for */
	struct str platform;		 /* empty with one pair only */
};

struct work_diff {
	struct source *source[2];
	struct platform_pairs platforms; /* those of one side as well */
	struct work_diff_pair *v;	 /* those that both have */
	size_t n;
	struct loaded_image *loaded; /* two a pair; v points to them */
};

/* Release with work_diff_done, before the session and whether or not it
 * failed. Errors are those of opening and reading an image; contents are read
 * once more for .transfer. */
must_check int work_diff_run(struct work_session *s,
			     const struct work_diff_options *opt,
			     struct work_diff *out, struct err *err);
void work_diff_done(struct work_diff *d);

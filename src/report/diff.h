/* SPDX-License-Identifier: Apache-2.0 */
/* report/diff.h - what changed between two images, and what a node that has the
 * first must fetch for the second (docs/json.md). */
#pragma once
#include "analyze/diff.h"
#include "analyze/versions.h"
#include "analyze/wire.h"
#include "report/report.h"

/* One platform of both images. */
struct diff_pair {
	const struct loaded_image *a, *b;
	struct package_list packages[2];
	struct wire wire;    /* layers NULL: not asked for */
	struct str platform; /* empty with one pair only */
};

must_check int report_diff_json(const struct diff_pair *v, struct buf *out,
				struct err *err);
/* Several platforms, and those that one image alone has. */
struct diff_platforms {
	const struct diff_pair *v;
	size_t n;
	struct str *added, *removed;
	size_t n_added, n_removed;
};
must_check int report_diff_platforms_json(const struct diff_platforms *d,
					  struct buf *out, struct err *err);
must_check int report_diff_text(const struct diff_pair *v,
				const struct text_style *style, struct buf *out,
				struct err *err);
must_check int report_wire_text(const struct diff_pair *v,
				const struct text_style *style, struct buf *out,
				struct err *err);

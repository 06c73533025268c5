/* SPDX-License-Identifier: Apache-2.0 */
/* report/diff.h - what changed between two images, and what a node that has the
 * first must fetch for the second (docs/json.md). */
#pragma once
#include "report/report.h"
#include "work/diff.h"

must_check int report_diff_json(const struct work_diff_pair *v, struct buf *out,
				struct err *err);
/* Several platforms, and those that one image alone has. */
struct diff_platforms {
	const struct work_diff_pair *v;
	size_t n;
	struct str *added, *removed;
	size_t n_added, n_removed;
};
must_check int report_diff_platforms_json(const struct diff_platforms *d,
					  struct buf *out, struct err *err);
must_check int report_diff_text(const struct work_diff_pair *v,
				const struct text_style *style, struct buf *out,
				struct err *err);
must_check int report_wire_text(const struct work_diff_pair *v,
				const struct text_style *style, struct buf *out,
				struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* report/diff.h - what changed between two images, and what a node that has the
 * first must fetch for the second (docs/json.md). */
#pragma once
#include "report/report.h"
#include "work/diff.h"

struct report_diff {
	const struct work_diff *d;
	bool transfer; /* a text of what is fetched, not of what changed */
};
must_check int report_diff_text(const struct report_diff *r,
				const struct text_style *style, struct buf *out,
				struct err *err);
must_check int report_diff_json(const struct report_diff *r,
				const struct text_style *style, struct buf *out,
				struct err *err);

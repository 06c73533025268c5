/* SPDX-License-Identifier: Apache-2.0 */
/* report/removed.h - what a user's rules took out (private to the reports of
 * optimize). */
#pragma once
#include "json/write.h"
#include "report/report.h"

/* Sums by rule, what the base keeps, what package managers will miss. */
must_check int report_removed_text(const struct dropping *d, struct buf *out,
				   struct err *err);
/* "removed", "kept_in_base", "missed_by". */
must_check int report_removed_json(struct json_out *o, const struct tree *t,
				   const struct dropping *d, struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* report/history.h - an image's history beside what its layers hold. */
#pragma once
#include "report/report.h"

/* One line: an entry of the history, a layer, or both. */
struct history_row {
	const struct oci_history *entry; /* NULL: a layer without one */
	bool has_layer;
	uint32_t layer;
	/* Of the layer; 0 for an entry that makes none. Not known for entries
	 * of a history that is out of step with the layers. */
	bool known;
	uint64_t stored, dead, compressed;
};

struct history_rows {
	struct history_row *v; /* newest first */
	size_t n;
	bool in_step;
};
void report_history_rows_done(struct history_rows *h);
must_check int report_history_rows(const struct loaded_image *li,
				   struct history_rows *out, struct err *err);

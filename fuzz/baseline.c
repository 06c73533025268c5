/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a baseline: entries have all four fields. */
#include <stdlib.h>

#include "fuzz.h"
#include "lint/suppress/baseline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(lint_baseline_done) struct baseline b = { 0 };
	struct err err = { 0 };
	struct str text = { (const char *)data, size };
	if (lint_baseline_read(text, &b, &err) < 0) {
		if (!err.code || !err.text[0])
			abort();
		return 0;
	}
	for (size_t i = 0; i < b.n; i++)
		if (!b.entries[i].path.n || !b.entries[i].rule.n ||
		    b.entries[i].hex.n != 32 || !b.entries[i].nth)
			abort();
	return 0;
}

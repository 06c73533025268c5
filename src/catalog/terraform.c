/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_terraform = {
	.name = "terraform",
	.traces = TRACES(
		TRACE_DIR(".terraform", REASON_DEPENDENCIES, SAFE_IF_MADE,
			  .made_by = "terraform+init tofu+init", .heavy = 14)),
};

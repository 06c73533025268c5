/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_stack = {
	.name = "stack",
	.programs = "stack",
	.compiles = true,
	.traces = TRACES(TRACE_DIR(".stack-work", REASON_DEPENDENCIES,
				   SAFE_IF_MADE, .made_by = "stack")),
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_zig = {
	.name = "zig",
	.traces = TRACES(TRACE_DIR("zig-cache", REASON_BUILD_OUTPUT,
				   SAFE_IF_MADE, .made_by = "zig"),
			 TRACE_DIR(".zig-cache", REASON_BUILD_OUTPUT,
				   SAFE_IF_MADE, .made_by = "zig"),
			 TRACE_DIR("zig-out", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
				   .made_by = "zig")),
};

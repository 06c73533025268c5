/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_dart = {
	.name = "dart",
	.traces = TRACES(TRACE_DIR(".dart_tool", REASON_DEPENDENCIES,
				   SAFE_IF_MADE, .made_by = "dart flutter")),
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_rush = {
	.name = "rush",
	.traces = TRACES(TRACE_DIR("node_modules", REASON_DEPENDENCIES,
				   SAFE_IF_MADE,
				   .made_by = "rush+install+update")),
};

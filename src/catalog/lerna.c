/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_lerna = {
	.name = "lerna",
	.traces = TRACES(TRACE_DIR("node_modules", REASON_DEPENDENCIES,
				   SAFE_IF_MADE, .made_by = "lerna+bootstrap")),
};

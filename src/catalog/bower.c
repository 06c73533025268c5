/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_bower = {
	.name = "bower",
	.traces = TRACES(TRACE_DIR("bower_components", REASON_DEPENDENCIES,
				   SAFE_IF_MADE, .made_by = "bower+install",
				   .heavy = 5)),
};

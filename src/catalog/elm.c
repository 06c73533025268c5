/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_elm = {
	.name = "elm",
	.traces = TRACES(TRACE_DIR("elm-stuff", REASON_DEPENDENCIES,
				   SAFE_IF_MADE, .made_by = "elm")),
};

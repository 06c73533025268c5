/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_jspm = {
	.name = "jspm",
	.traces = TRACES(TRACE_DIR("jspm_packages", REASON_DEPENDENCIES,
				   SAFE_IF_MADE, .made_by = "jspm+install")),
};

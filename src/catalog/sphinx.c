/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_sphinx = {
	.name = "sphinx",
	.traces = TRACES(TRACE_DIR("_build", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
				   .made_by = "sphinx-build make",
				   .beside = "conf.py")),
};

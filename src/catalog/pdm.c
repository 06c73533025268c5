/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_pdm = {
	.name = "pdm",
	.traces =
		TRACES(TRACE_DIR("__pypackages__", REASON_DEPENDENCIES,
				 SAFE_IF_MADE, .made_by = "pdm+install+sync")),
};

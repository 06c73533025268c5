/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_cabal = {
	.name = "cabal",
	.traces = TRACES(TRACE_DIR("dist-newstyle", REASON_BUILD_OUTPUT,
				   SAFE_IF_MADE, .made_by = "cabal")),
};

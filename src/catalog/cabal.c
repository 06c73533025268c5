/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_cabal = {
	.name = "cabal",
	.programs = "cabal",
	.compiles = true,
	.toolchain = &(
		const struct catalog_toolchain){ .images = "haskell",
						 .programs = "cabal stack ghc",
						 .needs = "cabal stack ghci" },
	.traces = TRACES(TRACE_DIR("dist-newstyle", REASON_BUILD_OUTPUT,
				   SAFE_IF_MADE, .made_by = "cabal")),
};

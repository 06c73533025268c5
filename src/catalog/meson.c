/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_meson = {
	.name = "meson",
	.programs = "meson",
	.compiles = true,
	.packages = "meson",
	.traces = TRACES(TRACE_DIR("build", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
				   .made_by = "meson ninja",
				   .inside = "build.ninja")),
};

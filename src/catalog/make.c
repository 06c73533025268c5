/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_make = {
	.name = "make",
	.programs = "make gmake",
	.elsewhere = "-C",
	.compiles = true,
	.packages = "make",
	.options = "-C -f --directory --file",
	.traces = TRACES(TRACE_FILE(
		"*.o", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
		.made_by = "make gcc g++ cc clang cmake ninja meson")),
};

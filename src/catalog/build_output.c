/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

/* Directories whose name tells no tool. Behind all tools in catalog.list: what
 * lies beside them may tell one. A build may hold scripts as well. */
const struct catalog_tool catalog_build_output = {
	.name = "build output",
	.traces = TRACES(TRACE_DIR("coverage", REASON_BUILD_OUTPUT, SAFE_NEVER,
				   .beside = "package.json Cargo.toml "
					     "pyproject.toml composer.json",
				   .heavy = 20),
			 TRACE_DIR("build", REASON_BUILD_OUTPUT, SAFE_NEVER,
				   .beside = "package.json pyproject.toml "
					     "setup.py setup.cfg")),
};

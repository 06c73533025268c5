/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_python_bytecode = {
	.name = "python-bytecode",
	.places = PLACES(
		{ .root = "**/__pycache__",
		  .take = "*.pyc *.pyo",
		  .flags = PLACE_DIRS | PLACE_ROOT | PLACE_FLAT | PLACE_SOURCE,
		  .drop = "python-bytecode" },
		{ .root = "",
		  .take = "*.pyc *.pyo",
		  .flags = PLACE_SOURCE,
		  .drop = "python-bytecode" }),
	.drops = DROPS({ .name = "python-bytecode",
			 .holds = "compiled Python beside its source",
			 .breaks = "nothing; programs start slower, and on a "
				   "file system that can be written they "
				   "compile again" }),
	.traces = TRACES(TRACE_DIR("__pycache__", REASON_BUILD_OUTPUT,
				   SAFE_ALWAYS, .heavy = 8),
			 TRACE_FILE("*.pyc", REASON_BUILD_OUTPUT, SAFE_NEVER),
			 TRACE_FILE("*.pyo", REASON_BUILD_OUTPUT, SAFE_NEVER)),
};

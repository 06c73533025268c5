/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_javac = {
	.name = "javac",
	.programs = "javac",
	.compiles = true,
	.traces =
		TRACES(TRACE_FILE("*.class", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
				  .made_by = JVM_BUILD " javac")),
};

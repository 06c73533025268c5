/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_sbt = {
	.name = "sbt",
	.traces =
		TRACES(TRACE_DIR(".ivy2", REASON_DEPENDENCIES, SAFE_NEVER),
		       TRACE_DIR("target", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
				 .made_by = JVM_BUILD, .beside = "build.sbt")),
};

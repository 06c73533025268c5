/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_swift = {
	.name = "swift",
	.traces = TRACES(TRACE_DIR(".build", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
				   .made_by = "swift",
				   .beside = "Package.swift")),
};

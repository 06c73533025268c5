/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_cocoapods = {
	.name = "cocoapods",
	.traces = TRACES(TRACE_DIR("Pods", REASON_DEPENDENCIES, SAFE_IF_MADE,
				   .made_by = "pod+install",
				   .beside = "Podfile")),
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_bazel = {
	.name = "bazel",
	.traces = TRACES(TRACE_DIR("bazel-out", REASON_BUILD_OUTPUT,
				   SAFE_IF_MADE, .made_by = "bazel"),
			 TRACE_ANY("bazel-bin", REASON_BUILD_OUTPUT,
				   SAFE_IF_MADE, .made_by = "bazel")),
};

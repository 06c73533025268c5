/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_cmake = {
	.name = "cmake",
	.programs = "cmake",
	.compiles = true,
	.packages = "cmake",
	.debug =
		&(const struct catalog_debug){
			.given = "-DCMAKE_BUILD_TYPE=Debug",
			.remedy = "cmake builds with debug data; use "
				  "-DCMAKE_BUILD_TYPE=Release" },
	.traces = TRACES(
		TRACE_DIR("build", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
			  .made_by = "cmake", .inside = "CMakeCache.txt"),
		TRACE_DIR("cmake-build-*", REASON_BUILD_OUTPUT, SAFE_ALWAYS)),
};

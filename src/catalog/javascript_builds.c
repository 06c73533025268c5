/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

#define JS_BUILD                                                \
	"npm+build yarn+build pnpm+build bun+build vite+build " \
	"webpack next+build nuxt+build+generate ng+build tsc "  \
	"turbo+build nx+build"

/* What bundlers, frameworks and checkers of JavaScript write beside the source. */
const struct catalog_tool catalog_javascript_builds = {
	.name = "javascript builds",
	.traces = TRACES(
		TRACE_DIR(".next", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
			  .made_by = JS_BUILD),
		TRACE_DIR(".nuxt", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
			  .made_by = JS_BUILD),
		TRACE_DIR(".output", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
			  .made_by = JS_BUILD,
			  .beside = "nuxt.config.ts nuxt.config.js"),
		TRACE_DIR(".svelte-kit", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
			  .made_by = JS_BUILD),
		TRACE_DIR(".docusaurus", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
			  .made_by = JS_BUILD),
		TRACE_FILE("*.tsbuildinfo", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
			   .made_by = JS_BUILD),
		TRACE_DIR("dist", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
			  .made_by = JS_BUILD, .beside = "package.json"),
		TRACE_DIR("out", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
			  .made_by = JS_BUILD,
			  .beside = "next.config.js next.config.mjs "
				    "next.config.ts"),
		TRACE_DIR(".nyc_output", REASON_BUILD_OUTPUT, SAFE_ALWAYS),
		TRACE_DIR(".angular", REASON_BUILD_OUTPUT, SAFE_ALWAYS),
		TRACE_DIR(".turbo", REASON_BUILD_OUTPUT, SAFE_ALWAYS),
		TRACE_DIR(".parcel-cache", REASON_BUILD_OUTPUT, SAFE_ALWAYS),
		TRACE_DIR(".vite", REASON_BUILD_OUTPUT, SAFE_ALWAYS),
		TRACE_DIR(".nx", REASON_BUILD_OUTPUT, SAFE_ALWAYS),
		TRACE_FILE(".eslintcache", REASON_BUILD_OUTPUT, SAFE_ALWAYS),
		TRACE_DIR(".sass-cache", REASON_BUILD_OUTPUT, SAFE_ALWAYS)),
};

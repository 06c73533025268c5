/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_mix = {
	.name = "mix",
	.traces = TRACES(TRACE_DIR("deps", REASON_DEPENDENCIES, SAFE_IF_MADE,
				   .made_by = "mix+deps.get rebar3",
				   .beside = "mix.exs"),
			 TRACE_DIR("_build", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
				   .made_by = "mix rebar3 make",
				   .beside = "mix.exs")),
};

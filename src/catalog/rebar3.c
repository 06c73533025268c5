/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_rebar3 = {
	.name = "rebar3",
	.programs = "rebar3",
	.compiles = true,
	.traces = TRACES(TRACE_DIR("deps", REASON_DEPENDENCIES, SAFE_IF_MADE,
				   .made_by = "mix+deps.get rebar3",
				   .beside = "rebar.config"),
			 TRACE_DIR("_build", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
				   .made_by = "rebar3 mix make",
				   .beside = "rebar.config")),
};

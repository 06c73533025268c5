/* SPDX-License-Identifier: Apache-2.0 */
/* Elixir. Hex, mix's package manager, keeps each archive that it fetched in
 * HEX_HOME/packages and unpacks it into the project's deps; beside them lies
 * hex.config, which may hold keys. ~/.mix holds Hex and rebar3 themselves:
 * without them nothing builds. */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_mix = {
	.name = "mix",
	.programs = "mix",
	.project =
		&(const struct catalog_project){ .verbs = "deps.get",
						 .manifest =
							 "mix.exs and mix.lock",
						 .makes = "deps",
						 .makes_verbs = "deps.get" },
	.caches = CACHES({ .name = "mix",
			   .key = "hex-packages",
			   .programs = "mix",
			   .verbs = "deps.get deps.update do archive.install "
				    "escript.install",
			   .second = "do+deps.get+deps.get,+deps.update "
				     "archive.install+hex "
				     "escript.install+hex",
			   .mounts = "~/.hex/packages ~/.hex",
			   .variables = "HEX_HOME MIX_XDG",
			   .remedy = "end the RUN with rm -rf "
				     "~/.hex/packages, or mount a cache "
				     "there" }),
	.places = PLACES(ALL_BELOW("**/.hex/packages", "mix", "mix"),
			 { .root = "**/.hex",
			   .take = "cache.ets",
			   .flags = PLACE_FLAT,
			   .drop = "mix",
			   .cache = "mix" }),
	.drops = DROPS({ .name = "mix",
			 .holds = "package archives and the index of Hex",
			 .breaks = "mix deps.get without a network; deps stay",
			 .presets = ANY_PRESET }),
	.traces =
		TRACES(TRACE_DIR("deps", REASON_DEPENDENCIES, SAFE_IF_MADE,
				 .made_by = "mix+deps.get rebar3",
				 .beside = "mix.exs", .heavy = 21),
		       TRACE_DIR("_build", REASON_BUILD_OUTPUT, SAFE_IF_MADE,
				 .made_by = "mix rebar3 make",
				 .beside = "mix.exs", .heavy = 22),
		       TRACE_DIR(".elixir_ls", REASON_IDE, SAFE_ALWAYS),
		       TRACE_FILE("erl_crash.dump", REASON_LOGS, SAFE_ALWAYS)),
};

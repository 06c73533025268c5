/* SPDX-License-Identifier: Apache-2.0 */
/* OCaml. OPAMROOT (~/.opam) holds switches, each with a compiler and what was
 * installed, and beside them what opam fetched or can make again; opam-clean(1)
 * names these. The copy of the package repository (repo) is no cache: opam
 * knows no package without it. A switch may also lie in a project, as _opam. */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_opam = {
	.name = "opam",
	.programs = "opam",
	.options = "-j --jobs --switch --root --color --repositories --repos "
		   "--packages --cli --confirm-level --solver",
	.caches = CACHES({ .name = "opam",
			   .key = "opam-downloads",
			   .programs = "opam",
			   .verbs = "install reinstall upgrade switch init "
				    "pin",
			   .second = "switch+create+install+i+import "
				     "pin+add",
			   .mounts = "~/.opam/download-cache ~/.opam",
			   .variables = "OPAMROOT",
			   .clean_verbs = "clean",
			   .remedy = "run opam clean in the same RUN, or mount "
				     "a cache there" }),
	.places = PLACES(
		ALL_BELOW("**/.opam/download-cache", "opam", "opam"),
		ALL_BELOW("**/.opam/log", "opam", "opam"),
		ALL_BELOW("**/.opam/*/.opam-switch/build", "opam", "opam"),
		{ .root = "**/.opam/repo",
		  .take = "state-*.cache",
		  .flags = PLACE_FLAT,
		  .drop = "opam" }),
	.drops = DROPS({ .name = "opam",
			 .holds = "archives, logs and build directories that "
				  "opam keeps",
			 .breaks = "opam install without a network; switches "
				   "stay",
			 .presets = ANY_PRESET }),
	.traces = TRACES(TRACE_DIR("_opam", REASON_DEPENDENCIES, SAFE_IF_MADE,
				   .made_by = "opam+install+switch",
				   .inside = ".opam-switch", .heavy = 23)),
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_bun = {
	.name = "bun",
	.programs = "bun",
	.elsewhere = "-g --global --cwd",
	.project =
		&(const struct catalog_project){
			.verbs = "install i",
			.manifest = "package.json and its lock file",
			.makes = "node_modules",
			.makes_verbs = "install i",
			.dev_verbs = "install i",
			.dev_options = "--production -p",
			.dev_remedy = "--production",
			.node = true },
	.caches = CACHES({ .name = "bun",
			   .key = "bun-cache",
			   .programs = "bun",
			   .verbs = "install i add update",
			   .mounts = "~/.bun/install/cache",
			   .options = "--no-cache",
			   .variables = "BUN_INSTALL_CACHE_DIR",
			   .clean_verbs = "pm",
			   .remedy = "run bun pm cache rm in the same RUN, "
				     "or mount a cache there" }),
	.places = PLACES(ALL_BELOW("**/.bun/install/cache", NULL, "bun")),
	.estimates = ESTIMATES({ "bun-cache", 962448,
				 "cache after bun 1 install of express 4 and "
				 "pg 8, without the files that node_modules "
				 "links to",
				 true, NULL }),
	.traces =
		TRACES(TRACE_DIR("node_modules", REASON_DEPENDENCIES,
				 SAFE_IF_MADE, .made_by = "bun+install+i+add")),
};

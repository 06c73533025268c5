/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_yarn = {
	.name = "yarn",
	.programs = "yarn yarnpkg",
	.elsewhere = "global --cwd",
	.options = "--cwd --cache-folder --modules-folder --registry --mutex "
		   "--network-timeout --network-concurrency "
		   "--preferred-cache-folder --global-folder --prefix -C "
		   "--dir --cache",
	.verbs = { .build = "- install i ci add" },
	.project =
		&(const struct catalog_project){
			.verbs = "- install",
			.manifest = "package.json and yarn.lock",
			.makes = "node_modules",
			.makes_verbs = "- install",
			.dev_verbs = "- install",
			.dev_options = "--production --prod --production=true",
			.dev_says = "YARN_PRODUCTION",
			.dev_remedy = "--production",
			.node = true },
	.caches = CACHES({ .name = "yarn",
			   .key = "yarn-cache",
			   .programs = "yarn yarnpkg",
			   .verbs = "- add global upgrade up import dlx",
			   .asks = "--version -v --help",
			   .dl = "DL3060",
			   .dl_mounts = "~/.yarn",
			   .left_to_dl = "install",
			   .mounts = "/usr/local/share/.cache ~/.cache/yarn "
				     "~/.yarn/berry/cache",
			   .variables = "YARN_CACHE_FOLDER YARN_GLOBAL_FOLDER "
					"YARN_ENABLE_GLOBAL_CACHE "
					".yarnrc.yml .yarn corepack berry",
			   .clean_verbs = "cache",
			   .remedy = "run yarn cache clean in the same "
				     "RUN, or mount a cache there" }),
	.places =
		PLACES(ALL_BELOW("usr/local/share/.cache/yarn", "yarn", "yarn"),
		       ALL_BELOW("**/.cache/yarn", "yarn", "yarn"),
		       ALL_BELOW("**/.yarn-cache", "yarn", "yarn"),
		       ALL_BELOW("**/.yarn/berry/cache", NULL, "yarn")),
	.drops = DROPS({ .name = "yarn",
			 .holds = "packages that yarn 1 keeps",
			 .breaks = "yarn install --offline",
			 .presets = ANY_PRESET }),
	.estimates = ESTIMATES({ "yarn-cache", 5806728,
				 "cache after yarn 1 add of express 4 and pg 8",
				 true, NULL }),
	.traces =
		TRACES(TRACE_DIR("node_modules", REASON_DEPENDENCIES,
				 SAFE_IF_MADE, .made_by = "yarn+-+install+add"),
		       TRACE_FILE("yarn-debug.log*", REASON_LOGS, SAFE_ALWAYS),
		       TRACE_FILE("yarn-error.log*", REASON_LOGS, SAFE_ALWAYS)),
};

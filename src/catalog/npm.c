/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_npm = {
	.name = "npm",
	.programs = "npm",
	.elsewhere = "-g --global global -C --prefix --package-lock-only",
	.options = "-w --prefix --registry --cache --userconfig "
		   "--globalconfig --loglevel --tag --omit --include "
		   "--workspace --script-shell --cafile --maxsockets "
		   "--install-strategy --os --cpu --libc --fetch-retries "
		   "--fetch-timeout --before --depth --save-prefix --auth-type "
		   "-C --cwd --dir",
	.verbs = { .pin = "install", .build = "install i ci add" },
	.project =
		&(const struct catalog_project){
			.verbs = "ci",
			.alone = "install i",
			.manifest = "package.json and its lock file",
			.makes = "node_modules",
			.makes_verbs = "install i ci",
			.dev_verbs = "install i ci clean-install",
			.dev_options =
				"--omit=dev --production --only=production "
				"--only=prod --production=true --omit",
			.dev_says = "npm_config_omit npm_config_production",
			.dev_remedy = "--omit=dev",
			.dev_prunes = "npm prune",
			.node = true },
	/* ~/.npm holds npx's programs as well. */
	.caches = CACHES({ .name = "npm",
			   .key = "npm-cache",
			   .programs = "npm",
			   .verbs = "install i ci add clean-install "
				    "install-test it update",
			   .mounts = "~/.npm ~/.npm/_cacache",
			   .variables = "npm_config_cache",
			   .clean_verbs = "cache",
			   .remedy = "run npm cache clean --force in the "
				     "same RUN, or mount a cache there" }),
	.places = PLACES(ALL_BELOW("**/.npm/_cacache", "npm", "npm"),
			 ALL_BELOW("**/.npm/_logs", "npm", "npm"),
			 ALL_BELOW("**/.cache/node-gyp", "npm", NULL)),
	.drops = DROPS({ .name = "npm",
			 .holds = "packages and logs that npm keeps",
			 .breaks = "npm install --offline",
			 .presets = ANY_PRESET }),
	.estimates = ESTIMATES(
		{ "npm-cache", 6629910,
		  "cache after npm install of express 4 and pg 8 (85 "
		  "packages)",
		  true, NULL },
		{ "npm-dev", 60037302,
		  "node_modules of typescript 5, eslint 8 and jest 29 (337 "
		  "packages)",
		  true, NULL }),
	.traces = TRACES(
		TRACE_DIR("node_modules", REASON_DEPENDENCIES, SAFE_IF_MADE,
			  .made_by = "npm+ci+install+i+add+clean-install",
			  .used_by = "npm+run+test+start+build npx",
			  .heavy = 4),
		TRACE_DIR(".npm", REASON_DEPENDENCIES, SAFE_ALWAYS),
		TRACE_FILE("npm-debug.log*", REASON_LOGS, SAFE_ALWAYS)),
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_pnpm = {
	.name = "pnpm",
	.programs = "pnpm",
	.elsewhere = "-g --global -C --dir --lockfile-only",
	.options = "-C -F --dir --filter --store-dir --reporter --loglevel "
		   "--registry --prefix --cwd --cache",
	.verbs = { .build = "install i ci add" },
	.project =
		&(const struct catalog_project){
			.verbs = "install i",
			.manifest = "package.json and pnpm-lock.yaml",
			.makes = "node_modules",
			.makes_verbs = "install i",
			.dev_verbs = "install i",
			.dev_options = "--prod --production -P",
			.dev_says = "npm_config_prod",
			.dev_remedy = "--prod",
			.dev_prunes = "pnpm prune",
			.node = true },
	/* Global programs lie in ~/.local/share/pnpm, beside the store. */
	.caches = CACHES({ .name = "pnpm",
			   .key = "pnpm-cache",
			   .programs = "pnpm",
			   .verbs = "install i add update fetch",
			   .mounts = "~/.local/share/pnpm ~/.cache/pnpm "
				     "~/.pnpm-store",
			   .variables = "npm_config_store_dir PNPM_HOME "
					"store-dir",
			   .clean_verbs = "store",
			   .remedy = "mount a cache there, or remove it in "
				     "the same RUN" }),
	.places =
		PLACES(ALL_BELOW("**/.local/share/pnpm/store", "pnpm", "pnpm"),
		       ALL_BELOW("**/.pnpm-store", "pnpm", "pnpm"),
		       ALL_BELOW("**/.cache/pnpm", "pnpm", "pnpm")),
	.drops = DROPS({ .name = "pnpm",
			 .holds = "the content store and metadata of pnpm",
			 .breaks = "pnpm install --offline; installed copies "
				   "stay",
			 .presets = ANY_PRESET }),
	.estimates = ESTIMATES({ "pnpm-cache", 3020539,
				 "store and metadata after pnpm 9 install of "
				 "express 4 and pg 8, without the files that "
				 "node_modules links to",
				 true, NULL }),
	.traces = TRACES(
		TRACE_DIR("node_modules", REASON_DEPENDENCIES, SAFE_IF_MADE,
			  .made_by = "pnpm+install+i+add"),
		TRACE_DIR(".pnpm-store", REASON_DEPENDENCIES, SAFE_ALWAYS)),
};

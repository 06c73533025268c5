/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_composer = {
	.name = "composer",
	.programs = "composer composer.phar",
	.elsewhere = "global",
	.toolchain = &(const struct catalog_toolchain){ .images = "composer",
							.programs = "composer",
							.verbs = "install",
							.needs = "composer" },
	.options = "-d --working-dir",
	.project =
		&(const struct catalog_project){
			.verbs = "install",
			.manifest = "composer.json and composer.lock",
			.makes = "vendor",
			.makes_verbs = "install update",
			.dev_verbs = "install",
			.dev_options = "--no-dev",
			.dev_says = "COMPOSER_NO_DEV",
			.dev_remedy = "--no-dev" },
	/* ~/.composer holds global packages as well. */
	.caches = CACHES({ .name = "composer",
			   .key = "composer-cache",
			   .programs = "composer composer.phar",
			   .verbs = "install require update create-project "
				    "global",
			   .second = "global+require+install+update",
			   .mounts = "~/.composer/cache ~/.composer "
				     "~/.cache/composer",
			   .options = "--no-cache",
			   .variables = "COMPOSER_CACHE_DIR COMPOSER_HOME",
			   .clean_verbs = "clear-cache clearcache cc",
			   .remedy = "run composer clear-cache in the same "
				     "RUN, or mount a cache there" }),
	.places =
		PLACES(ALL_BELOW("**/.composer/cache", "composer", "composer"),
		       ALL_BELOW("**/.cache/composer", "composer", "composer")),
	.drops = DROPS({ .name = "composer",
			 .holds = "packages that composer keeps",
			 .breaks = "composer install without a network",
			 .presets = ANY_PRESET }),
	.traces = TRACES(TRACE_DIR(
		"vendor", REASON_DEPENDENCIES, SAFE_IF_MADE,
		.made_by =
			"composer+install+update composer.phar+install+update",
		.beside = "composer.json")),
};

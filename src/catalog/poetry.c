/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_poetry = {
	.name = "poetry",
	.programs = "poetry",
	.verbs = { .build = "install sync" },
	.project =
		&(const struct catalog_project){
			.dev_verbs = "install sync",
			.dev_options = "--only --only=main --no-dev --without "
				       "--without=dev --only-root",
			.dev_says = "POETRY_INSTALLER_ONLY",
			.dev_remedy = "--only main" },
	/* Its environments lie beside the cache, in ~/.cache/pypoetry too. */
	.caches = CACHES({ .name = "poetry",
			   .key = "pip-cache",
			   .programs = "poetry",
			   .verbs = "install add update sync",
			   .mounts = "~/.cache/pypoetry "
				     "~/.cache/pypoetry/cache "
				     "~/.cache/pypoetry/artifacts",
			   .options = "--no-cache",
			   .variables = "POETRY_CACHE_DIR POETRY_NO_CACHE",
			   .clean_verbs = "cache",
			   .remedy = "give it --no-cache, end the RUN with "
				     "rm -rf ~/.cache/pypoetry, or mount a "
				     "cache there" }),
	.places = PLACES(
		ALL_BELOW("**/.cache/pypoetry/cache", NULL, "poetry"),
		ALL_BELOW("**/.cache/pypoetry/artifacts", NULL, "poetry")),
};

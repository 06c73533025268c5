/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_uv = {
	.name = "uv",
	.programs = "uv",
	.project =
		&(const struct catalog_project){
			.dev_verbs = "sync",
			.dev_options =
				"--no-dev --no-default-groups --only-group "
				"--frozen=",
			.dev_says = "UV_NO_DEV",
			.dev_remedy = "--no-dev" },
	.caches = CACHES({ .name = "uv",
			   .key = "pip-cache",
			   .programs = "uv",
			   .verbs = "sync add pip tool",
			   .second = "pip+install+sync tool+install+sync",
			   .mounts = "~/.cache/uv",
			   .options = "--no-cache -n",
			   .variables = "UV_NO_CACHE UV_CACHE_DIR",
			   .clean_verbs = "cache",
			   .remedy = "give it --no-cache, or mount a cache "
				     "there" }),
	.places = PLACES(ALL_BELOW("**/.cache/uv", "pip", "uv")),
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_pipenv = {
	.name = "pipenv",
	.programs = "pipenv",
	.options = "-c -e -i -r --categories --editable --extra-pip-args "
		   "--index --pypi-mirror --python --requirements",
	.verbs = { .build = "install sync" },
	.project =
		&(const struct catalog_project){
			.verbs = "install sync",
			.manifest = "Pipfile and Pipfile.lock",
			.dev_verbs = "install sync",
			.dev_options = "--dev -d",
			.dev_remedy = "no --dev",
			.dev_wants = true },
	.caches = CACHES({ .name = "pipenv",
			   .key = "pip-cache",
			   .programs = "pipenv",
			   .verbs = "install sync update",
			   .mounts = "~/.cache/pipenv ~/.cache/pip",
			   .variables = "PIPENV_CACHE_DIR PIP_NO_CACHE_DIR "
					"PIP_CACHE_DIR",
			   .remedy = "end the RUN with rm -rf ~/.cache, or "
				     "mount a cache there" }),
	.places = PLACES(ALL_BELOW("**/.cache/pipenv", NULL, "pipenv")),
};

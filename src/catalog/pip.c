/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_pip = {
	.name = "pip",
	.programs = "pip pip2 pip3",
	.elsewhere = "--prefix --root",
	.kin = "pipx",
	.versioned = true,
	.module_of = "python",
	.options =
		"-b -C -c -e -f -i -r -t --abi --build --cache-dir --cert "
		"--client-cert --config-settings --constraint "
		"--default-timeout --editable "
		"--exists-action --extra-index-url --find-links "
		"--global-option --group --hash --implementation --index-url "
		"--install-option --keyring-provider --log --no-binary "
		"--only-binary --pip-args --platform --prefix --progress-bar "
		"--proxy --python --python-version --report --requirement "
		"--retries --root --root-user-action --spec --src --suffix "
		"--target --timeout --trusted-host --upgrade-strategy "
		"--use-deprecated --use-feature",
	.project =
		&(const struct catalog_project){
			.verbs = "install",
			.given = "-r --requirement",
			.manifest = "the requirements file",
			.into = "-t --target --prefix --root" },
	.verbs = { .pin = "install", .build = "install wheel" },
	.caches = CACHES({ .name = "pip",
			   .key = "pip-cache",
			   .programs = "pip pip2 pip3",
			   .verbs = "install",
			   .mounts = "~/.cache/pip",
			   .options = "--no-cache-dir",
			   .variables = "PIP_NO_CACHE_DIR PIP_CACHE_DIR",
			   .clean_verbs = "cache",
			   .dl = "DL3042" }),
	.places = PLACES(ALL_BELOW("**/.cache/pip", "pip", "pip pipenv")),
	.drops = DROPS({ .name = "pip",
			 .holds = "wheels and answers that pip and uv keep",
			 .breaks = "pip install without a network",
			 .presets = ANY_PRESET }),
	.estimates = ESTIMATES(
		{ "pip-cache", 10593242,
		  "16 wheels of flask, gunicorn, requests, psycopg2-binary, "
		  "sqlalchemy and what they need",
		  true, NULL }),
};

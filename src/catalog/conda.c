/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

/* Environments are hard links into pkgs, which then costs nothing; urls is
 * conda's register of what was ever fetched. */
#define PKGS(path)                                                            \
	{                                                                     \
		.root = (path), .keep = "urls urls.txt", .flags = PLACE_DIRS, \
		.drop = "conda", .cache = "conda"                             \
	}

const struct catalog_tool catalog_conda = {
	.name = "conda",
	.programs = "conda mamba micromamba",
	.caches = CACHES({ .name = "conda",
			   .key = "conda-pkgs",
			   .programs = "conda mamba micromamba",
			   .verbs = "install create update env",
			   .mounts = "/opt/conda/pkgs ~/miniconda3/pkgs "
				     "/opt/miniconda/pkgs",
			   .variables = "CONDA_PKGS_DIRS",
			   .clean_verbs = "clean",
			   .remedy = "run conda clean --all --yes in the "
				     "same RUN" }),
	.places = PLACES(PKGS("**/*conda*/pkgs"), PKGS("**/.conda/pkgs")),
	.drops = DROPS({ .name = "conda",
			 .holds = "packages that conda has installed or "
				  "unpacked",
			 .breaks = "conda install --offline; environments stay",
			 .presets = ANY_PRESET }),
};

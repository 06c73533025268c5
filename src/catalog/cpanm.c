/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_cpanm = {
	.name = "cpanm",
	.programs = "cpanm",
	.compiles = true,
	.caches = CACHES({ .name = "cpanm",
			   .key = "cpanm-work",
			   .programs = "cpanm",
			   .mounts = "~/.cpanm",
			   .variables = "PERL_CPANM_HOME",
			   .remedy = "end the RUN with rm -rf ~/.cpanm" }),
	.places = PLACES(ALL_BELOW("**/.cpanm", NULL, "cpanm")),
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_init_programs = {
	.name = "init programs",
	.estimates = ESTIMATES(
		{ "init-binary", 27792,
		  "tini 0.19.0 of Debian 12, linked dynamically; a static one "
		  "is 0.7 MB",
		  true, NULL }),
};

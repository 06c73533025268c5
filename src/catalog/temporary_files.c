/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_temporary_files = {
	.name = "tmp",
	.places = PLACES(ALL_BELOW("tmp", "tmp", NULL),
			 ALL_BELOW("var/tmp", "tmp", NULL)),
	.drops = DROPS({ .name = "tmp",
			 .holds = "temporary files",
			 .breaks = "what was put there to stay",
			 .presets = DROP_RUNTIME }),
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

#define ARCHIVES(path)                                                     \
	{                                                                  \
		.root = (path), .take = "*.a *.la", .flags = PLACE_DANGLE, \
		.drop = "static-libs"                                      \
	}

const struct catalog_tool catalog_static_libraries = {
	.name = "static-libs",
	.places = PLACES(ARCHIVES("usr/lib"), ARCHIVES("usr/lib64"),
			 ARCHIVES("usr/local/lib"), ARCHIVES("lib")),
	.drops = DROPS({ .name = "static-libs",
			 .holds = "static libraries",
			 .breaks = "linking programs in the container",
			 .presets = DROP_RUNTIME }),
};

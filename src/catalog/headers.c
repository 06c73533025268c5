/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

/* Python reads its pyconfig.h when it runs (sysconfig). */
#define HEADERS(path)                                                        \
	{                                                                    \
		.root = (path), .keep = "pyconfig.h", .flags = PLACE_DANGLE, \
		.drop = "headers"                                            \
	}

const struct catalog_tool catalog_headers = {
	.name = "headers",
	.places = PLACES(HEADERS("usr/include"), HEADERS("usr/local/include")),
	.drops = DROPS({ .name = "headers",
			 .holds = "C and C++ headers, but for Python's "
				  "pyconfig.h",
			 .breaks = "compiling in the container",
			 .presets = DROP_RUNTIME }),
};

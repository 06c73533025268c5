/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_zones = {
	.name = "zones",
	.estimates = ESTIMATES(
		{ "tzdata-apk", 452608,
		  "installed size of tzdata in Alpine 3.23; 3.1 MiB up to "
		  "3.16",
		  false, "alpine 3.23" }),
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_accounts = {
	.name = "accounts",
	.estimates = ESTIMATES(
		{ "useradd-lastlog", 292000292,
		  "/var/log/lastlog with a record of 292 bytes for each UID "
		  "up to 1,000,000, as a layer stores it" }),
};

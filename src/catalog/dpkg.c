/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"

/* Below apt: takes packages away and installs files; it fetches nothing. */
const struct catalog_tool catalog_dpkg = {
	.name = "dpkg",
	.programs = "dpkg",
	.options = "-D --admindir --instdir --log --root",
	.verbs = { .remove = "-r -P --remove --purge" },
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"

const struct catalog_tool catalog_setcap = {
	.name = "setcap",
	.programs = "setcap",
	.options = "-n",
};

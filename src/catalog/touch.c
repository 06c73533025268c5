/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"

const struct catalog_tool catalog_touch = {
	.name = "touch",
	.programs = "touch",
	.options = "-d -r -t --date --reference --time",
};

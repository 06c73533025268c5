/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

const struct catalog_tool catalog_make = {
	.name = "make",
	.programs = "make",
	.options = "-C -f --directory --file",
};

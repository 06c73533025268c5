/* SPDX-License-Identifier: Apache-2.0 */
/* The table, below all that asks it. */
#include "catalog/catalog.h"

#define TOOL(tool) &catalog_##tool,
const struct catalog_tool *const catalog_tools[] = {
#include "catalog/catalog.list"
	NULL
};
#undef TOOL

/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/database.h"

/* yum, dnf and zypper share one database: it comes with the first of them. */
static bool is_first(size_t tool)
{
	const struct catalog_database *d = catalog_tools[tool]->database;
	for (size_t i = 0; i < tool; i++)
		if (catalog_tools[i]->database == d)
			return false;
	return d != NULL;
}

const struct catalog_database *catalog_database_at(size_t number)
{
	for (size_t i = 0; catalog_tools[i]; i++)
		if (is_first(i) && number-- == 0)
			return catalog_tools[i]->database;
	return NULL;
}

bool catalog_database_has_paths(const struct catalog_database *d)
{
	for (const struct catalog_database_file *f = d->files; f->path; f++)
		if (f->read_paths)
			return true;
	return false;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/package_files.h - the files of an image's package databases.
 *
 * The catalogue tells where a database lies and how its bytes are read
 * (catalog/database.h); here the files are looked up in the final tree and
 * read. */
#pragma once
#include "catalog/database.h"
#include "tree/load.h"

struct package_file {
	const struct catalog_database_file *file;
	const struct catalog_database *database;
	uint16_t number; /* of the database: catalog_database_at */
	uint32_t entry;
	struct str package; /* that the file's name tells, borrowed from the
			     * tree; p is NULL where it does not */
};

struct package_files {
	struct package_file *v; /* by entry */
	uint32_t n, cap;
	/* By number of a database: it is there, and none of its files has a
	 * reader. */
	bool unread[CATALOG_DATABASES_MAX];
};

/* Files that tell paths, or else files that tell packages. */
must_check int analyze_find_package_files(const struct tree *t, bool paths,
					  struct package_files *out,
					  struct err *err);
void analyze_package_files_done(struct package_files *p);

typedef int package_file_fn(void *self, const struct package_file *f,
			    struct str content, struct err *err);
/* Reads them; content is borrowed until fn returns. Larger ones than 256 MiB
 * are passed over. */
must_check int analyze_read_package_files(const struct loaded_image *li,
					  const struct package_files *p,
					  package_file_fn *fn, void *self,
					  struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/packages.h - which paths the package managers of an image answer for.
 *
 * A manager records the paths of a package, and some of them it checks: when
 * they are missing, `dpkg -V` or `apk audit` says so. */
#pragma once
#include "analyze/package_files.h"
#include "base/arena.h"

struct package_name {
	struct str text; /* "dpkg:libc6" */
	uint16_t number; /* of its database: catalog_database_at */
};

struct package_db {
	struct arena arena;
	struct package_name *names; /* [0]: no package */
	uint32_t n, cap;
	uint32_t *owner; /* node -> names: the package that owns the path */
	uint32_t *check; /* node -> names: the package whose check would report
			  * it missing */
	/* By number of a database: it is there, and not read. */
	bool unread[CATALOG_DATABASES_MAX];
};

void analyze_package_db_done(struct package_db *p);
must_check int analyze_read_package_db(const struct loaded_image *li,
				       struct package_db *out, struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* catalog/database.h - what a system's package manager keeps of what it
 * installed: where that lies, and how its bytes are read.
 *
 * One database is one const struct in one file (dpkg.c, apk_database.c). A
 * reader takes bytes and calls back: finding the files in an image is the
 * caller's. */
#pragma once
#include "base/err.h"
#include "catalog/catalog.h"

/* Borrowed from the bytes that were read. */
struct catalog_package {
	struct str name, version, architecture;
};

/* A path without a slash in front. checked: the manager would report it as
 * missing (dpkg -V, apk audit). */
typedef int catalog_package_fn(void *self, const struct catalog_package *p,
			       struct err *err);
typedef int catalog_owned_fn(void *self, struct str package, struct str path,
			     bool checked, struct err *err);

struct catalog_database {
	const char *name;   /* "dpkg": stands in front of a package's name */
	const char *status; /* file of all packages: "var/lib/dpkg/status" */
	const char *files;  /* where the lists of files are: a directory of
			     * one file a package, or a file of all */
	/* Each installed package of the bytes of status. */
	int (*read_packages)(struct str text, catalog_package_fn *fn,
			     void *self, struct err *err);
	/* Each path of one of files; package is empty where the bytes say it
	 * themselves. */
	int (*read_files)(struct str package, struct str text,
			  catalog_owned_fn *fn, void *self, struct err *err);
};

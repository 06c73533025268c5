/* SPDX-License-Identifier: Apache-2.0 */
/* catalog/database.h - what a package manager of a system records of what it
 * installed: in which files, and how their bytes are read.
 *
 * One database is one const struct in one file (dpkg_database.c). A reader
 * takes bytes and calls back; finding the files in an image is the caller's
 * (analyze/package_files.h). What stands in them was written by whoever made
 * the image: a reader takes any bytes, passes over what it does not know, and
 * fails only when its callback does.
 *
 * To read a database that is only known by name today (rpm), give its files
 * their readers. */
#pragma once
#include "base/err.h"
#include "catalog/catalog.h"

/* All that is given to a callback lies in the bytes that are read, but for a
 * path that is put together: borrowed until the callback returns. */
struct catalog_package {
	struct str name, version, architecture;
};
typedef int catalog_package_fn(void *self, const struct catalog_package *p,
			       struct err *err);

/* A path that belongs to the package, as it is recorded: with or without a
 * slash in front. checked: the manager reports it when it is missing. package
 * lies in the bytes; where they do not tell, it is the one given. */
typedef int catalog_path_fn(void *self, struct str package, struct str path,
			    bool checked, struct err *err);

struct catalog_database_file {
	const char *path;   /* without a slash in front; a directory where
			   * suffix is set */
	const char *suffix; /* of the names in the directory; what stands in
			     * front of it is the package */
	const char *but;    /* a suffix of names that are passed over */
	/* Calls fn for each installed package. NULL: the file does not tell, or
	 * nobody has written a reader. */
	int (*read_packages)(struct str text, catalog_package_fn *fn,
			     void *self, struct err *err);
	/* Calls fn for each path of the package, or of all of them. */
	int (*read_paths)(struct str package, struct str text,
			  catalog_path_fn *fn, void *self, struct err *err);
};

struct catalog_database {
	const char *name;  /* "dpkg" */
	const char *check; /* reports files that are missing: "dpkg -V" */
	const struct catalog_database_file *files; /* ends with path NULL */
};

extern const struct catalog_database catalog_dpkg_database;
extern const struct catalog_database catalog_apk_database;
extern const struct catalog_database catalog_rpm_database;

/* Those of all tools in the order of the table, each once, by number from 0.
 * NULL at the end. */
enum { CATALOG_DATABASES_MAX = 8 };
const struct catalog_database *catalog_database_at(size_t number);
/* One of its files has a reader of paths. */
bool catalog_database_has_paths(const struct catalog_database *d);

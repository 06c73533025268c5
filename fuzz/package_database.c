/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as each file of each package database: what a reader calls back
 * with lies in the bytes, and it never fails by itself. */
#include <stdlib.h>
#include <string.h>

#include "catalog/database.h"
#include "fuzz.h"

static bool lies_in(struct str all, struct str s)
{
	return s.n == 0 ||
	       (s.p >= all.p && s.n <= all.n && s.p + s.n <= all.p + all.n);
}

static int see_package(void *self, const struct catalog_package *p,
		       struct err *err)
{
	const struct str *all = self;
	(void)err;
	if (p->name.n == 0 || !lies_in(*all, p->name) ||
	    !lies_in(*all, p->version) || !lies_in(*all, p->architecture))
		abort();
	return 0;
}

static int see_path(void *self, struct str package, struct str path,
		    bool checked, struct err *err)
{
	const struct str *all = self;
	(void)checked, (void)err;
	if ((package.p && !lies_in(*all, package)) ||
	    (path.n && memchr(path.p, '\n', path.n)))
		abort();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size }, none = { 0 };
	const struct catalog_database *d;
	for (size_t i = 0; (d = catalog_database_at(i)); i++)
		for (const struct catalog_database_file *f = d->files; f->path;
		     f++) {
			struct err err = { 0 };
			if (f->read_packages &&
			    f->read_packages(text, see_package, &text, &err) <
				    0)
				abort();
			if (f->read_paths &&
			    f->read_paths(none, text, see_path, &text, &err) <
				    0 &&
			    err.code != ERR_LIMIT)
				abort();
		}
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* catalog/paragraphs.h - databases made of paragraphs of "Key: value" lines,
 * as dpkg's (deb-control(5)) and apk's are. Private to this folder. */
#pragma once
#include "catalog/database.h"

struct catalog_keys {
	const char *name, *version, *architecture;
	const char *status; /* its last word is "installed", or the package is
			     * not; NULL: all of them are */
};

/* Calls fn for each paragraph with a name. Of a key that stands twice the last
 * counts; lines that continue another are passed over. */
must_check int catalog_read_paragraphs(struct str text,
				       const struct catalog_keys *keys,
				       catalog_package_fn *fn, void *self,
				       struct err *err);

/* The next line of *text, without its line feed; false: there is none. */
bool catalog_next_line(struct str *text, struct str *line);

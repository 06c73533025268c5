/* SPDX-License-Identifier: Apache-2.0 */
/* base/place.h - where a path leads, before anything is written there.
 *
 * What a user named is followed to its end: links, one after the other, the
 * last of which may lead to a file that is not there yet. A link in an
 * untrusted tree (a build context) is followed within that tree only. Either
 * way the result is a directory, held open, and a name in it that is no link,
 * so that what is put there by rename leaves the links as they are. */
#pragma once
#include <stdbool.h>
#include <sys/stat.h>

#include "base/err.h"

struct place {
	int parent;	  /* the directory */
	char *path;	  /* from where we are to it, links taken out */
	const char *base; /* the name in it, within path */
	bool exists;
	struct stat st; /* when it exists */
	int own;	/* /dev/stdout, /dev/fd/N: that descriptor; else -1 */
};
#define PLACE_INIT                      \
	{                               \
		.parent = -1, .own = -1 \
	}

void place_done(struct place *p);
/* "-" is standard output. ERR_USAGE for a loop of links, an empty path and a
 * name that ends in "/", which only a directory may have. */
must_check int place_named(const char *path, struct place *out,
			   struct err *err);
/* A directory, which may end in "/" and need not be there yet. */
must_check int place_named_dir(const char *path, struct place *out,
			       struct err *err);
/* The same name in the same directory? */
bool place_same(const struct place *a, const struct place *b);
/* name below the directory root; ERR_UNSUPPORTED when a link leads out. */
must_check int place_found(int root, const char *name, struct place *out,
			   struct err *err);

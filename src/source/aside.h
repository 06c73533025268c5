/* SPDX-License-Identifier: Apache-2.0 */
/* source/aside.h - a file or directory that is written beside its destination
 * and takes its place by a rename.
 *
 * It is named ".NAME.pare-XXXXXX" and locked (flock) while its owner lives, so
 * that the next writer of the same destination can tell the litter of a killed
 * run from the work of a living one, and removes only the former. */
#pragma once
#include <stdbool.h>

#include "base/err.h"

struct aside {
	int parent;   /* the directory it lies in */
	int fd;	      /* itself, locked */
	char *name;   /* in parent; NULL: nameless, or in place already */
	char *path;   /* the whole path of it */
	char *target; /* what it is for, links resolved */
	bool is_dir;
};
#define ASIDE_INIT                     \
	{                              \
		.parent = -1, .fd = -1 \
	}

/* Removes what was not renamed. */
void aside_done(struct aside *a);

/* Beside target, which is resolved first. */
must_check int aside_file(const char *target, struct aside *out,
			  struct err *err);
must_check int aside_dir(const char *target, struct aside *out,
			 struct err *err);
/* A directory inside the existing directory target: on its file system, which
 * may be another than its parent's. */
must_check int aside_dir_within(const char *target, struct aside *out,
				struct err *err);
/* Syncs it, renames it to the target and syncs the parent. A regular file that
 * is there is replaced and its mode kept. */
must_check int aside_commit(struct aside *a, struct err *err);

/* The same for a directory that takes the place of another one, which is
 * removed. */
must_check int aside_exchange(struct aside *a, struct err *err);

/* Is name one of those above, for a target called base? */
bool aside_is_litter(const char *name, const char *base);
/* The last part of a resolved path. */
const char *aside_base(const char *path);

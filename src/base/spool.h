/* SPDX-License-Identifier: Apache-2.0 */
/* base/spool.h - temporary files without a name: they are gone with the
 * descriptor, however the program ends. */
#pragma once
#include "base/err.h"

/* Where they are made: dir itself; NULL: TMPDIR, else /var/tmp, which unlike
 * /tmp is on a disk nearly everywhere: a spool may be as large as an image. */
const char *spool_dir(const char *dir);
/* What a file there is called in errors. */
struct spool_name {
	char text[300];
};
struct spool_name spool_name(const char *dir);
/* A nameless file there. *fd is the caller's. */
must_check int spool_new(const char *dir, int *fd, struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* For file systems without O_TMPFILE. */
static int new_unlinked(const char *dir, struct err *err)
{
	char path[4096];
	int n = snprintf(path, sizeof path, "%s/.pare-XXXXXX", dir);
	if (n < 0 || (size_t)n >= sizeof path)
		return err_set(err, ERR_USAGE, "%s: the name is too long", dir);
	int fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0)
		return err_sys(err, "%s: making a temporary file", dir);
	unlink(path);
	return fd;
}

const char *spool_dir(const char *dir)
{
	if (!dir)
		dir = getenv("TMPDIR");
	return dir && *dir ? dir : "/var/tmp";
}

struct spool_name spool_name(const char *dir)
{
	struct spool_name n;
	snprintf(n.text, sizeof n.text, "a temporary file in %s",
		 spool_dir(dir));
	return n;
}

int spool_new(const char *dir, int *fd, struct err *err)
{
	dir = spool_dir(dir);
	int got = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (got < 0)
		got = new_unlinked(dir, err);
	if (got < 0)
		return -1;
	*fd = got;
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/space.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "base/checked.h"

/* linux/magic.h does not list all of these. */
static const uint32_t compressing[] = {
	0x9123683e, /* btrfs */
	0x2fc12fc1, /* zfs */
	0xca451a4e, /* bcachefs */
	0xf2f52010, /* f2fs */
};

/* false: not known. */
static bool bytes_left(int fd, uint64_t *left)
{
	struct statfs st;
	if (fstatfs(fd, &st) < 0 || st.f_blocks == 0)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(compressing); i++)
		if ((uint32_t)st.f_type == compressing[i])
			return false;
	/* Root may use what is kept back for it. */
	uint64_t blocks =
		geteuid() == 0 ? MAX(st.f_bfree, st.f_bavail) : st.f_bavail;
	uint64_t size = (uint64_t)(st.f_frsize ? st.f_frsize : st.f_bsize);
	return !ckd_mul(left, blocks, size);
}

int space_check(int fd, uint64_t need, const char *where, struct err *err)
{
	uint64_t left;
	if (!bytes_left(fd, &left) || need <= left)
		return 0;
	err_set(err, ERR_IO,
		"%s: %" PRIu64 " bytes or more are needed, but its file "
		"system has only %" PRIu64 " left",
		where, need, left);
	err->sys = ENOSPC;
	return -1;
}

int space_check_temporary(const char *dir, uint64_t need, struct err *err)
{
	char where[300];
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return 0; /* whoever makes the file tells it better */
	snprintf(where, sizeof where, "temporary files in %s (TMPDIR)", dir);
	int r = space_check(fd, need, where, err);
	close(fd);
	return r;
}

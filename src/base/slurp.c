/* SPDX-License-Identifier: Apache-2.0 */
#include "base/slurp.h"

#include <fcntl.h>

#include "base/io.h"
#include "base/stream.h"

int slurp_fd(int fd, const char *name, struct buf *out, struct err *err)
{
	scoped(stream_close) struct stream *in = NULL;
	if (fd_open(fd, name, &in, err) < 0)
		return -1;
	return stream_slurp(in, out, err);
}

int slurp_file(int dirfd, const char *path, int flags, struct buf *out,
	       struct err *err)
{
	int fd = io_open(dirfd, path, O_RDONLY | flags, 0, err);
	if (fd < 0)
		return err_ctx(err, "%s", path);
	return slurp_fd(fd, path, out, err);
}

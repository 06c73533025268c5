/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/save.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sink.h"
#include "base/stream.h"

int load_file(const char *path, struct buf *out, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	scoped(stream_close) struct stream *in = NULL;
	if (fd < 0)
		return err_sys(err, "%s", path);
	if (fd_open(fd, path, &in, err) < 0)
		return -1;
	return stream_slurp(in, out, err);
}

static int write_all(int fd, const char *name, struct str text, struct err *err)
{
	scoped(sink_close) struct sink *to = NULL;
	if (fd_sink_open(fd, name, &to, err) < 0 ||
	    sink_write(to, text.p, text.n, err) < 0)
		return -1;
	return sink_finish(to, err);
}

static int write_there(const char *path, struct str text, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return err_sys(err, "%s", path);
	int r = write_all(fd, path, text, err);
	close(fd);
	return r;
}

int save_file(const char *path, struct str text, struct err *err)
{
	struct stat st;
	char aside[4096];
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return write_there(path, text, err);
	if ((size_t)snprintf(aside, sizeof aside, "%s.pare-%ld", path,
			     (long)getpid()) >= sizeof aside)
		return err_set(err, ERR_USAGE, "%s: the name is too long",
			       path);
	int fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return err_sys(err, "%s", path);
	int r = write_all(fd, aside, text, err);
	if (r == 0 && (fsync(fd) < 0 || rename(aside, path) < 0))
		r = err_sys(err, "%s", path);
	close(fd);
	if (r < 0)
		unlink(aside);
	return r;
}

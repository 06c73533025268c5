/* SPDX-License-Identifier: Apache-2.0 */
/* The build context: its directory, and the ignore file that counts for one
 * Dockerfile. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/slurp.h"
#include "lint/internal.h"

enum { IGNORE_FILE_MAX = 1 << 20 };

/* 1: read; 0: there is none that can be read. */
static int read_file(int dir, const char *name, struct buf *out,
		     struct err *err)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return 0;
	if (slurp_fd(fd, name, out, err) < 0) {
		if (err->code == ERR_NOMEM || err->code == ERR_CANCELLED)
			return -1;
		/* A directory of this name, or a file beyond reason. */
		err_clear(err);
		return 0;
	}
	return 1;
}

/* NAME.dockerignore beside the Dockerfile comes first. */
static int find_ignore(struct lint_job *job, struct buf *text, struct err *err)
{
	scoped(buf_done) struct buf name = BUF_INIT(1 << 16);
	if (!str_eqz(job->in.path, "-")) {
		if (buf_str_add(&name, job->in.path, err) < 0 ||
		    buf_str_add(&name, STR(".dockerignore"), err) < 0 ||
		    !buf_cstr(&name))
			return -1;
		int r = read_file(AT_FDCWD, name.p, text, err);
		if (r != 0)
			return r;
	}
	return read_file(job->file.context_fd, ".dockerignore", text, err);
}

int lint_open_context(struct lint_job *job, struct err *err)
{
	struct lint_file *f = &job->file;
	if (!job->in.context)
		return 0;
	f->context_fd =
		open(job->in.context, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (f->context_fd < 0)
		return 0;
	f->context = job->in.context;
	scoped(buf_done) struct buf text = BUF_INIT(IGNORE_FILE_MAX);
	int r = find_ignore(job, &text, err);
	if (r <= 0)
		return r;
	struct str kept;
	if (arena_str(f->arena, buf_str(&text), &kept, err) < 0)
		return -1;
	f->ignore = &job->ignore;
	/* A bad pattern is `pare context`'s to tell; here the file then
	 * excludes nothing. */
	if (ignore_parse(kept, &job->ignore, err) < 0) {
		if (err->code == ERR_NOMEM)
			return -1;
		err_clear(err);
		ignore_done(&job->ignore);
	}
	return 0;
}

void lint_close_context(struct lint_job *job)
{
	if (job->file.context_fd >= 0)
		close(job->file.context_fd);
	job->file.context_fd = -1;
	ignore_done(&job->ignore);
	job->file.ignore = NULL;
}

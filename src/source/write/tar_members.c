/* SPDX-License-Identifier: Apache-2.0 */
#include "source/write/tar_members.h"

#include <inttypes.h>
#include <unistd.h>

#include "base/checked.h"
#include "base/io.h"
#include "base/spool.h"
#include "tar/layout.h"

enum { END_BLOCKS = 2 * TAR_BLOCK_SIZE };

static int put_at(struct tar_members *m, const void *p, size_t n, uint64_t at,
		  struct err *err)
{
	if (io_pwrite(m->fd, p, n, at, err) == 0)
		return 0;
	if (m->is_spool)
		return err_ctx(err, "writing %s", spool_name(NULL).text);
	return err_ctx(err, "writing at byte %" PRIu64, at);
}

static int cut(struct tar_members *m, uint64_t size, struct err *err)
{
	if (ftruncate(m->fd, (off_t)size) < 0)
		return err_sys(err, "setting its length");
	return 0;
}

int dest_tar_begin(struct tar_members *m, const char *name, struct sink **to,
		   struct err *err)
{
	if (lseek(m->fd, (off_t)(m->end + TAR_BLOCK_SIZE), SEEK_SET) < 0)
		return err_sys(err, "seeking");
	return fd_sink_open(m->fd, name, to, err);
}

/* The length is set, not written: header, padding and end read as zeros. */
int dest_tar_end(struct tar_members *m, uint64_t size, uint64_t *at,
		 struct err *err)
{
	uint64_t padded;
	if (!round_up_u64(size, TAR_BLOCK_SIZE, &padded) ||
	    ckd_add(&padded, padded, m->end + TAR_BLOCK_SIZE) ||
	    padded > INT64_MAX - END_BLOCKS)
		return err_set(err, ERR_LIMIT, "a tar of over 2^63 bytes");
	if (cut(m, padded, err) < 0)
		return -1;
	*at = m->end;
	m->end = padded;
	return 0;
}

int dest_tar_drop(struct tar_members *m, struct err *err)
{
	return cut(m, m->end, err);
}

int dest_tar_name(struct tar_members *m, uint64_t at, const char *name,
		  uint64_t size, struct err *err)
{
	union tar_block b;
	if (tar_file_block(str_of(name), size, &b, err) < 0)
		return -1;
	return put_at(m, &b, sizeof b, at, err);
}

int dest_tar_put(struct tar_members *m, const char *name, struct str text,
		 struct err *err)
{
	uint64_t at;
	if (put_at(m, text.p, text.n, m->end + TAR_BLOCK_SIZE, err) < 0 ||
	    dest_tar_end(m, text.n, &at, err) < 0)
		return -1;
	return dest_tar_name(m, at, name, text.n, err);
}

int dest_tar_finish(struct tar_members *m, struct err *err)
{
	return cut(m, m->end + END_BLOCKS, err);
}

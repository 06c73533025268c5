/* SPDX-License-Identifier: Apache-2.0 */
/* An archive is indexed once and then read at any place, by several threads. A
 * pipe cannot be sought, nor can what is compressed as a whole; both are brought
 * to a file first. A regular file that is neither is used as it lies: no image
 * is copied without need. */
#include "source/read/spool.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/io.h"
#include "base/progress.h"
#include "base/space.h"
#include "base/spool.h"
#include "codec/codec.h"

static int taste(struct stream *in, enum codec *out, struct err *err)
{
	const uint8_t *p = NULL;
	size_t n = 0;
	int r = stream_peek(in, 6, &p, &n, err);
	if (r < 0)
		return -1;
	*out = r > 0 ? codec_taste(p, n) : CODEC_NONE;
	return 0;
}

/* Does the file at its offset begin like a compressed one? */
static int taste_file(int fd, uint64_t at, enum codec *out, struct err *err)
{
	uint8_t first[6];
	ssize_t n = io_pread_full(fd, first, sizeof first, at, err);
	if (n < 0)
		return err_ctx(err, "reading its first bytes");
	*out = codec_taste(first, (size_t)n);
	return 0;
}

static int spool_sink(int fd, const char *dir, struct sink **out,
		      struct err *err)
{
	return fd_sink_open(fd, spool_name(dir).text, out, err);
}

static int pump(struct stream **in, const struct limits *lim, int fd,
		const char *dir, uint64_t *size, struct err *err)
{
	scoped(stream_close) struct stream *plain = NULL;
	scoped(sink_close) struct sink *to = NULL;
	enum codec c;
	if (taste(*in, &c, err) < 0 ||
	    codec_open_file(c, in, lim, &plain, err) < 0 ||
	    spool_sink(fd, dir, &to, err) < 0 ||
	    sink_pump(to, plain, size, err) < 0 ||
	    stream_finish(plain, err) < 0)
		return -1;
	return sink_finish(to, err);
}

/* Inflated, a file is not smaller, but for what stands behind the compressed
 * bytes and the few that stored blocks cost. */
static int check_room(int fd, const char *dir, struct err *err)
{
	struct stat st;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return 0;
	off_t at = lseek(fd, 0, SEEK_CUR);
	if (at < 0 || at >= st.st_size)
		return 0;
	uint64_t size = (uint64_t)(st.st_size - at);
	return space_check_temporary(spool_dir(dir), size - size / 64, err);
}

static int spool_stream(int fd, const char *name, const char *tmpdir,
			const struct limits *lim, struct progress *progress,
			struct spooled *out, struct err *err)
{
	scoped(stream_close) struct stream *bytes = NULL, *in = NULL;
	scoped(fd_close) int to = -1;
	/* How much will come, nobody knows. */
	progress_phase(progress, "reading", 0, 0);
	if (fd_open(fd, name, &bytes, err) < 0 ||
	    count_open(&bytes, progress, &in, err) < 0 ||
	    check_room(fd, tmpdir, err) < 0 ||
	    spool_new(tmpdir, &to, err) < 0 ||
	    pump(&in, lim, to, tmpdir, &out->size, err) < 0)
		return -1;
	out->base = 0;
	out->is_temporary = true;
	out->fd = to;
	to = -1;
	return 0;
}

int source_spool_file(int fd, const char *name, const char *tmpdir,
		      const struct limits *lim, struct progress *progress,
		      struct spooled *out, struct err *err)
{
	struct spooled s = { .fd = -1 };
	scoped(fd_close) int own = fd;
	enum codec c = CODEC_NONE;
	struct stat st;
	if (fstat(own, &st) < 0)
		return err_sys(err, "reading its state");
	off_t at = S_ISREG(st.st_mode) ? lseek(own, 0, SEEK_CUR) : -1;
	if (at >= 0 && taste_file(own, (uint64_t)at, &c, err) < 0)
		return -1;
	if (at >= 0 && c == CODEC_NONE) {
		s.fd = own;
		s.base = (uint64_t)at;
		s.size = st.st_size > at ? (uint64_t)(st.st_size - at) : 0;
		own = -1;
		*out = s;
		return 0;
	}
	own = -1;
	if (spool_stream(fd, name, tmpdir, lim, progress, &s, err) < 0)
		return -1;
	*out = s;
	return 0;
}

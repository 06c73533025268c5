/* SPDX-License-Identifier: Apache-2.0 */
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/cancel.h"

static int check_part(struct str part, bool last, const struct limits *lim,
		      struct err *err)
{
	struct str hides = part;
	if (last && str_starts(part, STR(".wh.")))
		hides = str_from(part, 4);
	if (hides.n > lim->name_max)
		return limits_exceeded(lim, &lim->name_max, hides.n, err);
	if (str_eqz(part, ".."))
		return err_set(err, ERR_CORRUPT, "the name contains \"..\"");
	return 0;
}

int path_clean(struct str name, const struct limits *lim, struct buf *out,
	       struct err *err)
{
	uint64_t depth = 0;
	buf_reset(out);
	if (name.n == 0)
		return err_set(err, ERR_CORRUPT, "the name is empty");
	if (memchr(name.p, 0, name.n))
		return err_set(err, ERR_CORRUPT, "the name contains NUL");
	struct str part = { name.p, 0 }, rest = name;
	struct str whole = name;
	while (str_ends(whole, STR("/")) || str_ends(whole, STR("/.")))
		whole.n--;
	while (rest.n) {
		if (!str_cut(rest, '/', &part, &rest)) {
			part = rest;
			rest.n = 0;
		}
		if (part.n == 0 || str_eqz(part, "."))
			continue;
		bool last = part.p + part.n == whole.p + whole.n;
		if (check_part(part, last, lim, err) < 0)
			return -1;
		if (++depth > lim->depth_max)
			return limits_exceeded(lim, &lim->depth_max, depth,
					       err);
		if (out->n && buf_byte(out, '/', err) < 0)
			return -1;
		if (buf_str_add(out, part, err) < 0)
			return -1;
	}
	uint64_t n = out->n;
	if (str_starts(path_base(buf_str(out)), STR(".wh.")))
		n -= 4;
	if (n > lim->path_max)
		return limits_exceeded(lim, &lim->path_max, n, err);
	return 0;
}

struct str path_parent(struct str path)
{
	size_t n = path.n;
	while (n && path.p[n - 1] != '/')
		n--;
	return (struct str){ path.p, n ? n - 1 : 0 };
}

struct str path_base(struct str path)
{
	size_t n = path.n;
	while (n && path.p[n - 1] != '/')
		n--;
	return str_from(path, n);
}

/* A disturbance lasts microseconds; only a fault lasts for all of these. */
enum { DISTURBED_MAX = 1000 };

int path_openat2(int dirfd, const char *name, int flags, unsigned mode,
		 unsigned resolve)
{
	struct open_how how = {
		.flags = (uint64_t)(unsigned)(flags | O_CLOEXEC),
		.mode = flags & O_CREAT ? mode : 0,
		.resolve = resolve,
	};
	long fd = -1;
	for (int i = 0; i < DISTURBED_MAX; i++) {
		fd = syscall(SYS_openat2, dirfd, name, &how, sizeof how);
		if (fd >= 0 || (errno != EAGAIN && errno != EINTR) ||
		    cancel_signal())
			break;
	}
	return (int)fd;
}

int path_at(int dirfd, const char *name, int flags, unsigned mode,
	    struct err *err)
{
	int fd = path_openat2(dirfd, name, flags, mode,
			      RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
	if (fd < 0)
		return err_sys(err, "%s", name);
	return fd;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* A disk that fails: LD_PRELOADed, it lets the FAULT_AT-th call of FAULT_CALL
 * fail with errno FAULT_ERRNO, or do half of what was asked for
 * (FAULT_ERRNO=short), or kills the process before it (FAULT_ERRNO=kill). With
 * FAULT_STAYS all later ones fail, too. Calls on standard output and standard
 * error do not count. FAULT_COUNT names a file that gets a line "CALL NUMBER"
 * for each call in the end; FAULT_FREE is how many bytes there seem to be left
 * where files lie whose path begins with FAULT_PLACE. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statfs.h>
#include <sys/types.h>
#include <unistd.h>

enum call {
	READ, PREAD, WRITE, PWRITE, FSYNC, RENAME, FTRUNCATE, OPEN, MKDIR, N_CALLS
};
static const char *const names[N_CALLS] = {
	"read", "pread", "write", "pwrite", "fsync", "rename", "ftruncate",
	"open", "mkdir",
};
static atomic_long counts[N_CALLS];
enum verdict { GO_ON, FAIL, SHORT };

static enum verdict judge(enum call c)
{
	long n = atomic_fetch_add(&counts[c], 1) + 1;
	const char *call = getenv("FAULT_CALL"), *at = getenv("FAULT_AT");
	const char *how = getenv("FAULT_ERRNO");
	if (!call || !at || !how || strcmp(call, names[c]) != 0)
		return GO_ON;
	/* what is full or broken stays so */
	if (getenv("FAULT_STAYS") ? n < atol(at) : n != atol(at))
		return GO_ON;
	if (strcmp(how, "short") == 0)
		return SHORT;
	if (strcmp(how, "kill") == 0)
		kill(getpid(), SIGKILL);
	errno = atoi(how);
	return FAIL;
}

__attribute__((destructor)) static void tell(void)
{
	const char *path = getenv("FAULT_COUNT");
	FILE *f = path ? fopen(path, "w") : NULL;
	for (int c = 0; f && c < N_CALLS; c++)
		fprintf(f, "%s %ld\n", names[c], atomic_load(&counts[c]));
	if (f)
		fclose(f);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define JUDGED(which, fd, n)                                     \
	enum verdict v = (fd) == 1 || (fd) == 2 ? GO_ON : judge(which); \
	if (v == FAIL)                                           \
		return -1;                                       \
	if (v == SHORT && (n) > 1)                               \
		(n) /= 2

ssize_t read(int fd, void *p, size_t n)
{
	JUDGED(READ, fd, n);
	return REAL(read)(fd, p, n);
}
ssize_t write(int fd, const void *p, size_t n)
{
	JUDGED(WRITE, fd, n);
	return REAL(write)(fd, p, n);
}
ssize_t pread64(int fd, void *p, size_t n, off64_t at)
{
	JUDGED(PREAD, fd, n);
	return REAL(pread64)(fd, p, n, at);
}
ssize_t pread(int fd, void *p, size_t n, off_t at)
{
	return pread64(fd, p, n, at);
}
ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
	JUDGED(PWRITE, fd, n);
	return REAL(pwrite64)(fd, p, n, at);
}
ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
	return pwrite64(fd, p, n, at);
}

/* These are done or not; "short" means nothing to them. */
#define DONE_OR_NOT(which)               \
	if (judge(which) == FAIL) return -1

int fsync(int fd)
{
	DONE_OR_NOT(FSYNC);
	return REAL(fsync)(fd);
}
int rename(const char *a, const char *b)
{
	DONE_OR_NOT(RENAME);
	return REAL(rename)(a, b);
}
int renameat(int d, const char *a, int e, const char *b)
{
	DONE_OR_NOT(RENAME);
	return REAL(renameat)(d, a, e, b);
}
int renameat2(int d, const char *a, int e, const char *b, unsigned flags)
{
	DONE_OR_NOT(RENAME);
	return REAL(renameat2)(d, a, e, b, flags);
}
int ftruncate64(int fd, off64_t n)
{
	DONE_OR_NOT(FTRUNCATE);
	return REAL(ftruncate64)(fd, n);
}
int ftruncate(int fd, off_t n)
{
	return ftruncate64(fd, n);
}
int mkdirat(int fd, const char *name, mode_t mode)
{
	DONE_OR_NOT(MKDIR);
	return REAL(mkdirat)(fd, name, mode);
}
int openat64(int fd, const char *name, int flags, ...)
{
	__builtin_va_list ap;
	__builtin_va_start(ap, flags);
	mode_t mode = __builtin_va_arg(ap, mode_t);
	__builtin_va_end(ap);
	DONE_OR_NOT(OPEN);
	return REAL(openat64)(fd, name, flags, mode);
}
int open64(const char *name, int flags, ...)
{
	__builtin_va_list ap;
	__builtin_va_start(ap, flags);
	mode_t mode = __builtin_va_arg(ap, mode_t);
	__builtin_va_end(ap);
	DONE_OR_NOT(OPEN);
	return REAL(open64)(name, flags, mode);
}

static int lies_there(int fd)
{
	const char *place = getenv("FAULT_PLACE");
	char link[64], path[4096] = { 0 };
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	return readlink(link, path, sizeof path - 1) > 0 && place &&
	       strncmp(path, place, strlen(place)) == 0;
}

int fstatfs64(int fd, struct statfs64 *st)
{
	const char *left = getenv("FAULT_FREE");
	int r = REAL(fstatfs64)(fd, st);
	if (r == 0 && left && lies_there(fd)) {
		st->f_type = 0;
		st->f_bsize = st->f_frsize = 1;
		st->f_blocks = 1;
		st->f_bavail = st->f_bfree = (fsblkcnt64_t)atoll(left);
	}
	return r;
}
int fstatfs(int fd, struct statfs *st)
{
	return fstatfs64(fd, (struct statfs64 *)st);
}

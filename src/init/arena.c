/* SPDX-License-Identifier: Apache-2.0 */
#include <linux/mman.h>
#include "init/init.h"

void *arena_take(struct init *in, size_t n)
{
	char *p;

	if (!in->arena) {
		long at = sys6(__NR_mmap, 0, ARENA_SIZE, PROT_READ | PROT_WRITE,
			       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
			       0);

		if (at < 0 && at > -4096)
			die(in, "out of memory");
		in->arena = in->arena_at = (char *)at;
	}
	p = in->arena_at;
	n = (n + 15) & ~(size_t)15;
	if (n > ARENA_SIZE - (size_t)(p - in->arena))
		die(in, "out of memory");
	in->arena_at += n;
	return p;
}

int arena_read(struct init *in, const char *path, size_t max, char **out)
{
	int fd = sys_open(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	char *text;
	size_t n = 0;
	int got;

	if (fd < 0)
		return fd;
	text = arena_take(in, max + 1);
	while ((got = SYS3(read, fd, text + n, max - n)) > 0)
		n += (size_t)got;
	if (n == max)
		got = -EFBIG;
	text[n] = 0; /* exec and settle() close fd */
	if (got < 0)
		return got;
	in->arena_at = text + ((n + 16) & ~(size_t)15);
	*out = text;
	return (int)n;
}

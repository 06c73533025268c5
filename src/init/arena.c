/* SPDX-License-Identifier: Apache-2.0 */
#include <linux/mman.h>
#include <linux/poll.h>
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

/* Whether there is something to read, the end too, before the time is over. */
static bool comes(int fd, int64_t due_ns)
{
	struct pollfd poll = { fd, POLLIN, 0 };
	int64_t left = due_ns - now_ns();
	struct ktime t = { left / NS_PER_S, left % NS_PER_S };

	return left > 0 && SYS6(ppoll, &poll, 1, &t, NULL, 8, 0) > 0;
}

int arena_read(struct init *in, const char *path, size_t max, int64_t wait_ns,
	       char **out)
{
	int fd = sys_open(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	int64_t due_ns = now_ns() + wait_ns;
	char *text;
	size_t n = 0;
	int got;

	if (fd < 0)
		return fd;
	text = arena_take(in, max + 1);
	do {
		if (wait_ns && !comes(fd, due_ns))
			return -ETIMEDOUT;
		got = SYS3(read, fd, text + n, max - n);
		if (got > 0)
			n += (size_t)got;
	} while (got > 0 || (wait_ns && got == -EAGAIN));
	if (n == max)
		got = -EFBIG;
	text[n] = 0; /* exec and settle() close fd */
	if (got < 0)
		return got;
	in->arena_at = text + ((n + 16) & ~(size_t)15);
	*out = text;
	return (int)n;
}

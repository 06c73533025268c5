/* SPDX-License-Identifier: Apache-2.0 */
/* Reaching every process of the container.
 *
 * PID 1 of a namespace asks the kernel: kill(-1). Anybody else must not: that
 * would be every process of the machine. As a subreaper we walk our own
 * descendants instead, which needs /proc; without it the main child stands
 * for all. */
#include "init/init.h"

#define DEPTH_MAX 32
#define READ_MAX 256

static RESIDENT void signal_one(int pid, int sig)
{
	SYS2(kill, pid, sig);
	/* A stopped process would not see it before it goes on. */
	if (sig == SIGTERM)
		SYS2(kill, pid, SIGCONT);
}

static RESIDENT char *put(char *to, const char *s)
{
	while (*s)
		*to++ = *s++;
	*to = 0;
	return to;
}

static RESIDENT void signal_children(int pid, int sig, int depth)
{
	char buf[READ_MAX], digits[12];
	const char *id = format_number(pid, digits);
	int child = 0;
	int fd, n;

	put(put(put(put(put(buf, "/proc/"), id), "/task/"), id), "/children");
	fd = sys_open(AT_FDCWD, buf, O_RDONLY);
	if (fd < 0)
		return;
	while ((n = SYS3(read, fd, buf, sizeof buf)) > 0)
		for (int i = 0; i < n; i++) {
			if (buf[i] != ' ') {
				child = child * 10 + buf[i] - '0';
				continue;
			}
			if (child > 1 && depth < DEPTH_MAX)
				signal_children(child, sig, depth + 1);
			if (child > 1)
				signal_one(child, sig);
			child = 0;
		}
	SYS1(close, fd);
}

/* A /proc of another PID namespace would give the PIDs of unrelated processes. */
static RESIDENT bool proc_is_ours(int self)
{
	char link[12], digits[12];
	int n = SYS4(readlinkat, AT_FDCWD, "/proc/self", link, sizeof link - 1);

	if (n < 0)
		return false;
	link[n] = 0;
	return str_eq(link, format_number(self, digits));
}

RESIDENT void signal_all(struct init *in, int sig)
{
	int self = SYS0(getpid);

	if (self == 1) {
		signal_one(-1, sig);
		return;
	}
	if (proc_is_ours(self))
		signal_children(self, sig, 0);
	if (in->pid > 1)
		signal_one(asked(in, 'g') ? -in->pid : in->pid, sig);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Signals to one process, and to every one of the container.
 *
 * PID 1 of a namespace asks the kernel for all: kill(-1). Anybody else must
 * not: that would be every process of the machine. As a subreaper we walk our
 * own descendants instead, which needs /proc; without it the main child stands
 * for all.
 *
 * Root without CAP_KILL, which hardened containers drop, may signal nobody
 * else's processes. It becomes their owner for that one call then. Only the
 * effective id changes: the owner, whom that would let signal us, is asked for
 * the real or the saved one by the kernel, and those stay root's. */
#include "init/init.h"

#define DEPTH_MAX 32
#define READ_MAX 256
#define STATUS_MAX 512

static RESIDENT char *put(char *to, const char *s)
{
	while (*s)
		*to++ = *s++;
	*to = 0;
	return to;
}

/* The real uid of a process, from /proc/PID/status; without /proc it is taken
 * for the user that we switched to. -1: not known. */
static RESIDENT long owner_of(const struct init *in, int pid)
{
	char buf[STATUS_MAX], digits[12];
	int fd, n = 0;

	put(put(put(buf, "/proc/"), format_number(pid, digits)), "/status");
	fd = sys_open(AT_FDCWD, buf, O_RDONLY);
	if (fd >= 0) {
		n = SYS3(read, fd, buf, sizeof buf - 1);
		SYS1(close, fd);
	}
	buf[n < 0 ? 0 : n] = 0;
	for (const char *p = buf; *p; p++) {
		const char *uid = str_after(p, "\nUid:\t");

		if (uid)
			return take_number(&uid, 0xfffffffe);
	}
	return in->switched ? (long)in->user.uid : -1;
}

RESIDENT int signal_send(const struct init *in, int pid, int sig)
{
	int r = SYS2(kill, pid, sig);
	long uid;

	if (r != -EPERM)
		return r;
	uid = owner_of(in, pid < 0 ? -pid : pid);
	if (uid < 0 || SYS3(setresuid, -1, uid, -1))
		return r;
	r = SYS2(kill, pid, sig);
	SYS3(setresuid, -1, in->euid, -1);
	return r;
}

static RESIDENT void signal_one(const struct init *in, int pid, int sig)
{
	signal_send(in, pid, sig);
	/* A stopped process would not see it before it goes on. */
	if (sig == SIGTERM)
		signal_send(in, pid, SIGCONT);
}

static RESIDENT void signal_children(const struct init *in, int pid, int sig,
				     int depth)
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
				signal_children(in, child, sig, depth + 1);
			if (child > 1)
				signal_one(in, child, sig);
			child = 0;
		}
	SYS1(close, fd);
}

/* kill(-1) says nothing of those that it may not signal, among them what
 * `docker exec` started, which is nobody's descendant here. */
static RESIDENT void signal_denied(const struct init *in, int sig)
{
	char entries[READ_MAX * 4];
	int fd = sys_open(AT_FDCWD, "/proc", O_RDONLY | O_DIRECTORY), n;

	while (fd >= 0 &&
	       (n = SYS3(getdents64, fd, entries, sizeof entries)) > 0)
		for (int at = 0; at < n;) {
			struct kdirent *e = (struct kdirent *)(entries + at);
			long pid = parse_number(e->name, 1 << 30);

			if (pid > 1 && SYS2(kill, pid, 0) == -EPERM)
				signal_one(in, (int)pid, sig);
			at += e->size;
		}
	if (fd >= 0)
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
	bool ours = proc_is_ours(self);

	if (self == 1) {
		signal_one(in, -1, sig);
		if (ours)
			signal_denied(in, sig);
		else if (in->pid > 1 && SYS2(kill, in->pid, 0) == -EPERM)
			signal_one(in, in->pid, sig);
		return;
	}
	if (ours)
		signal_children(in, self, sig, 0);
	if (in->pid > 1)
		signal_one(in, asked(in, 'g') ? -in->pid : in->pid, sig);
}

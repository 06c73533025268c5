/* SPDX-License-Identifier: Apache-2.0 */
/* The change of user, in the order that cannot be undone half way: groups,
 * gid, uid; then a look at what the kernel made of it. */
#include <linux/capability.h>
#include "init/init.h"

static bool ids_are(int nr, uint32_t want)
{
	uint32_t real, effective, saved;

	return !sys3(nr, (long)&real, (long)&effective, (long)&saved) &&
	       real == want && effective == want && saved == want;
}

static bool is_there(const struct user *u)
{
	return ids_are(__NR_getresuid, u->uid) &&
	       ids_are(__NR_getresgid, u->gid);
}

static bool is_among(const uint32_t *sorted, int n, uint32_t want)
{
	while (n > 0) {
		int half = n / 2;

		if (sorted[half] == want)
			return true;
		if (sorted[half] < want) {
			sorted += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return false;
}

/* The kernel keeps them sorted; ours differ from each other. */
static bool groups_are(struct init *in)
{
	const struct user *u = &in->user;
	int n = (int)u->n_groups;
	uint32_t *got = arena_take(in, u->n_groups * sizeof *got);
	bool all = SYS2(getgroups, 0, 0) == n && SYS2(getgroups, n, got) == n;

	for (int i = 0; all && i < n; i++)
		all = is_among(got, n, u->groups[i]);
	return all;
}

/* Sets the capabilities that a user without privileges must not have to
 * none; on request the inheritable ones as well. */
static void clear_caps(struct init *in)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3,
						 0 };
	struct __user_cap_data_struct caps[2];
	bool change = false;
	int r = SYS2(capget, &head, caps);

	for (int i = 0; !r && i < 2; i++) {
		if (in->switched && in->user.uid && caps[i].permitted) {
			caps[i].permitted = caps[i].effective = 0;
			change = true;
		}
		if (asked(in, 'd') && caps[i].inheritable) {
			caps[i].inheritable = 0;
			change = true;
		}
	}
	if (change)
		r = SYS2(capset, &head, caps);
	if (r)
		die(in, "capabilities: %e", r);
}

/* Only who holds CAP_SETPCAP may; for anybody else exec gives nothing that
 * no-new-privs does not take away already. */
static void drop_bounding(struct init *in)
{
	for (int cap = 0; cap < 64; cap++) {
		int r = SYS3(prctl, PR_CAPBSET_READ, cap, 0);

		if (r == -EINVAL) /* the kernel's last one is behind us */
			return;
		if (!r) /* gone already, by somebody who could */
			continue;
		r = SYS3(prctl, PR_CAPBSET_DROP, cap, 0);
		if (r && !in->euid)
			die(in, "capabilities: %e", r);
	}
}

static void set_ids(struct init *in)
{
	struct user *u = &in->user;
	int r = SYS2(setgroups, u->n_groups, u->groups);

	if (r)
		die_user(in, "setgroups", r);
	if (!u->keep_gid && (r = SYS3(setresgid, u->gid, u->gid, u->gid)))
		die_user(in, "setgid", r);
	if ((r = SYS3(setresuid, u->uid, u->uid, u->uid)))
		die_user(in, "setuid", r);
	in->switched = true;
	if (!ids_are(__NR_getresuid, u->uid) ||
	    (!u->keep_gid && !ids_are(__NR_getresgid, u->gid)) ||
	    !groups_are(in))
		die_user(in, "did not stick", 0);
}

/* Rootless engines, OpenShift and `--user` start us as the final user:
 * nothing is left to do then. Root is never left standing. */
static void change_user(struct init *in)
{
	if (in->euid) {
		if (in->persona != NATIVE && !is_there(&in->user))
			set_ids(in);
		return;
	}
	if (!in->user.uid && is_there(&in->user) &&
	    SYS2(setgroups, in->user.n_groups, in->user.groups) == -EPERM)
		return; /* a user namespace that denies setgroups */
	set_ids(in);
}

void user_switch(struct init *in)
{
	if (asked(in, 'd'))
		drop_bounding(in);
	if (in->spec)
		change_user(in);
	if (in->spec || asked(in, 'd'))
		clear_caps(in);
	if (asked(in, 'n') && SYS6(prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0))
		die(in, "no-new-privs refused");
}

/* /dev/stdout is opened again through /proc, which asks the owner of the pipe
 * or the terminal. What is refused here is refused to the program alike. */
void user_chown_stdio(struct init *in)
{
	char settings[64]; /* the kernel's struct termios has 36 bytes */
	struct stat st;

	for (int fd = 0; fd < 3; fd++) {
		if (SYS2(fstat, fd, &st))
			continue;
		/* /dev/null and other devices stay root's. */
		if ((st.st_mode & S_IFMT) != S_IFIFO &&
		    SYS3(ioctl, fd, TCGETS, settings))
			continue;
		if (st.st_uid == in->user.uid ||
		    SYS3(fchown, fd, in->user.uid, -1))
			continue;
		if ((st.st_mode & S_IFMT) == S_IFCHR)
			in->tty_given |= 1 << fd;
		in->tty_uid[fd] = st.st_uid;
	}
}

/* The terminal is the caller's, whose shell goes on with it. */
void user_return_ttys(const struct init *in)
{
	for (int fd = 0; fd < 3; fd++)
		if (in->tty_given & 1 << fd)
			SYS3(fchown, fd, in->tty_uid[fd], -1);
}

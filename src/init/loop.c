/* SPDX-License-Identifier: Apache-2.0 */
/* The life of an init: start the child, hand every signal on, reap.
 *
 * All signals stay blocked from our first system call on, so none is lost and
 * none interrupts; they are taken one by one with rt_sigtimedwait, which
 * sleeps for ever unless a delay or the stop sequence runs. The child is made
 * with vfork's semantics: we go on only once it has its group or session and
 * has been executed, so no signal can come too early for either. */
#include <linux/close_range.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include "init/init.h"

#define STRANGERS_NS (50 * NS_PER_MS)
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define OLD_FD_MAX 1024 /* kernels before 5.9: close one by one */

RESIDENT int64_t now_ns(void)
{
	struct ktime t;

	SYS2(clock_gettime, 1 /* CLOCK_MONOTONIC */, &t);
	return t.s * NS_PER_S + t.ns;
}

/* --- the child, up to its execve ---------------------------------------- */

/* Socket activation names the process that it is meant for. */
static void rename_listen_pid(struct init *in, int self)
{
	const char *value = env_get(in, "LISTEN_PID");
	char old[12], new[12];

	if (value && str_eq(value, format_number(SYS0(getppid), old)))
		env_set(in, "LISTEN_PID", format_number(self, new));
}

/* A ^Z that came since the child has the terminal would stop it in front of its
 * execve, and us with it, who wait for that. Ignoring a signal takes it off. */
static void forget_stops(void)
{
	const struct kaction ignore = { .handler = (void *)1 /* SIG_IGN */ };
	struct kaction was;

	for (int sig = SIGTSTP; sig <= SIGTTOU; sig++) {
		sys_action(sig, &ignore, &was);
		sys_action(sig, &was, NULL);
	}
}

static NORETURN __attribute__((noinline)) void child(struct init *in,
						     char **argv)
{
	int self;

	if (in->to == TO_SESSION) {
		SYS0(setsid);
		SYS3(ioctl, 0, TIOCSCTTY, 0);
	} else if (in->to == TO_GROUP) {
		SYS2(setpgid, 0, 0);
		self = (int)SYS0(getpid);
		if (in->gave_tty)
			SYS3(ioctl, 0, TIOCSPGRP, &self);
	}
	if (env_get(in, "LISTEN_PID"))
		rename_listen_pid(in, SYS0(getpid));
	user_switch(in);
	if (in->on_chld.handler)
		sys_action(SIGCHLD, &in->on_chld, NULL);
	if (in->to != TO_CHILD)
		forget_stops();
	sys_mask(SIG_SETMASK, &in->mask, NULL);
	exec_program(in, argv);
}

/* Leaving the terminal sends SIGHUP and SIGCONT to its foreground group, that
 * is to us; they are no news for the child. */
static void leave_tty(void)
{
	const uint64_t set = SIGNAL_BIT(SIGHUP) | SIGNAL_BIT(SIGCONT);
	const struct ktime zero = { 0, 0 };

	if (SYS3(ioctl, 0, TIOCNOTTY, 0))
		return;
	for (int i = 0; i < 2; i++)
		SYS4(rt_sigtimedwait, &set, NULL, &zero, sizeof set);
}

static RESIDENT bool in_foreground(void)
{
	int group;

	return !SYS3(ioctl, 0, TIOCGPGRP, &group) && group == SYS1(getpgid, 0);
}

static __attribute__((noinline)) void spawn(struct init *in, char **argv)
{
	int pid;

	in->gave_tty = in->to == TO_GROUP && in_foreground();
	if (in->to == TO_SESSION)
		leave_tty();
	pid = SYS6(clone, CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0, 0);
	if (!pid) /* our own stack, below this frame: never returns */
		child(in, argv);
	if (pid < 0)
		die(in, "fork: %e", pid);
	in->pid = (int)pid;
	say(in, DEBUG, "Started pid %d.", in->pid);
}

/* Set by the linker script. */
extern const char resident_end[] __attribute__((visibility("hidden")));
extern const char image_end[] __attribute__((visibility("hidden")));

/* Nothing that start-up needed stays: its memory, the inherited descriptors
 * (an open pipe end would keep its reader waiting), the directory (a mount
 * could not be taken away), the pages of code that only start-up runs. */
static RESIDENT void settle(struct init *in)
{
	uintptr_t from = ((uintptr_t)resident_end + 4095) & ~(uintptr_t)4095;
	uintptr_t to = (uintptr_t)image_end;

	if (in->arena)
		SYS2(munmap, in->arena, ARENA_SIZE);
	if (SYS3(close_range, 3, ~0u, 0))
		for (int fd = 3; fd < OLD_FD_MAX; fd++)
			SYS1(close, fd);
	SYS1(chdir, "/");
	if (from < to)
		SYS3(madvise, from, to - from, MADV_DONTNEED);
}

/* --- signals ------------------------------------------------------------ */

/* What the terminal sends goes to its whole foreground group. A child that
 * shares ours has it already: forwarded, it would come twice. */
static RESIDENT bool child_has_it(const struct init *in, int sig,
				  const siginfo_t *info)
{
	const uint64_t keys = SIGNAL_BIT(SIGINT) | SIGNAL_BIT(SIGQUIT) |
			      SIGNAL_BIT(SIGTSTP) | SIGNAL_BIT(SIGTTIN) |
			      SIGNAL_BIT(SIGTTOU) | SIGNAL_BIT(SIGWINCH);

	return info->si_code == SI_KERNEL && keys & SIGNAL_BIT(sig) &&
	       SYS1(getpgid, in->pid) == SYS1(getpgid, 0);
}

static RESIDENT void send(const struct init *in, int sig, const siginfo_t *info)
{
	int r;

	if (!in->pid)
		return;
	r = asked(in, 'g') ? signal_send(in, -in->pid, sig) : -ESRCH;
	if (!asked(in, 'g') && info && info->si_code == SI_QUEUE &&
	    sig == info->si_signo)
		r = SYS3(rt_sigqueueinfo, in->pid, sig, info); /* its value */
	if (r) /* it may have left its group, the queue may be full */
		r = signal_send(in, in->pid, sig);
	if (r)
		say(in, WARN, "signal %d did not reach pid %d: %e", sig,
		    in->pid, r);
	else
		say(in, DEBUG, "Forwarded signal %d.", sig);
}

static RESIDENT void enter(struct init *in, enum phase phase)
{
	in->phase = phase;
	in->deadline_ns = now_ns() + in->grace_ns;
	say(in, DEBUG, "Stop step %d.", phase);
	if (phase == TERMED)
		signal_all(in, SIGTERM);
	if (phase == KILLED)
		signal_all(in, SIGKILL);
}

/* A signal that the child has, as `as`: does it begin the stop sequence? */
static RESIDENT void note_end(struct init *in, int sig, int as)
{
	const uint64_t ends =
		SIGNAL_BIT(SIGTERM) | SIGNAL_BIT(SIGINT) | SIGNAL_BIT(SIGQUIT);

	if (!as || !(ends & SIGNAL_BIT(sig)))
		return;
	if (!in->stop_sig)
		in->stop_sig = sig;
	if (in->grace_ns && in->phase == RUNNING)
		enter(in, ASKED);
}

static RESIDENT void forward(struct init *in, int sig, const siginfo_t *info)
{
	int as = in->rewrite[sig];

	if (as)
		send(in, as, info);
	note_end(in, sig, as);
}

/* Raises one of the stopping signals on ourselves; returns once SIGCONT has
 * come, or at once where the kernel does not stop us. */
static RESIDENT void stop_self(int sig)
{
	const uint64_t set = SIGNAL_BIT(SIGTSTP);

	SYS2(kill, SYS0(getpid), sig);
	sys_mask(SIG_UNBLOCK, &set, NULL);
	sys_mask(SIG_BLOCK, &set, NULL);
}

/* dumb-init stops itself behind each of these, whatever its child does. */
static RESIDENT void stop_as_dumb_init(const struct init *in, int sig)
{
	if (in->persona == DUMB_INIT &&
	    (sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU))
		stop_self(SIGSTOP);
}

static RESIDENT void on_signal(struct init *in, int sig, const siginfo_t *info)
{
	struct delay *d = in->delays;

	say(in, DEBUG, "Received signal %d.", sig);
	if (sig == SIGPIPE && info->si_pid == SYS0(getpid))
		return; /* of a message of ours, not for the child */
	if (asked(in, 'P') && (sig == SIGINT || sig == SIGTERM))
		sys_exit(0);
	if (child_has_it(in, sig, info)) {
		note_end(in, sig, in->rewrite[sig]);
		stop_as_dumb_init(in, sig);
		return;
	}
	for (unsigned i = 0; i < in->n_delays; i++, d++)
		if (d->sig == sig) {
			if (!d->due_ns)
				d->due_ns = now_ns() + d->wait_ns;
			return;
		}
	forward(in, sig, info);
	stop_as_dumb_init(in, sig);
}

/* --- children ----------------------------------------------------------- */

/* Gives the foreground to the child's group, also one that it has made by
 * itself, as shells do. */
static RESIDENT bool hand_over_tty(struct init *in)
{
	int group = (int)SYS1(getpgid, in->pid);

	if (!in->gave_tty &&
	    (group == (int)SYS1(getpgid, 0) || !in_foreground()))
		return false;
	if (SYS3(ioctl, 0, TIOCSPGRP, &group))
		return false;
	in->gave_tty = true;
	return true;
}

/* The terminal's ^Z stopped the child. Below a shell we stop as well, so that
 * the prompt comes back, and go on together. Where nobody could ever resume
 * us the kernel refuses to stop us: then the child must go on, or the
 * container would be frozen. One that wants the terminal gets it where we have
 * it to give; else it stays stopped, since it would stop again at once. */
static RESIDENT void on_stopped(struct init *in, int sig)
{
	const uint64_t set = SIGNAL_BIT(SIGCONT);
	const struct ktime zero = { 0, 0 };
	bool has_tty = false, stopped;

	if (in->persona == DUMB_INIT || sig == SIGSTOP)
		return;
	if (sig != SIGTSTP && !in->gave_tty && hand_over_tty(in)) {
		send(in, SIGCONT, NULL);
		return;
	}
	stop_self(SIGTSTP);
	stopped = SYS4(rt_sigtimedwait, &set, NULL, &zero, sizeof set) > 0;
	if (in->gave_tty)
		has_tty = hand_over_tty(in);
	if (sig == SIGTSTP || stopped || has_tty)
		send(in, SIGCONT, NULL);
}

static RESIDENT void on_ended(struct init *in, int status)
{
	int own;

	in->code = status & 0x7f ? 128 + (status & 0x7f) : status >> 8 & 0xff;
	say(in, DEBUG, "Pid %d ended with %d.", in->pid, in->code);
	if (in->gave_tty) {
		own = (int)SYS1(getpgid, 0);
		SYS3(ioctl, 0, TIOCSPGRP, &own);
	}
	if (in->persona == DUMB_INIT && in->to == TO_SESSION)
		SYS2(kill, -in->pid, SIGTERM);
	in->pid = 0;
}

/* Takes every dead child. Returns whether none at all is left. */
static RESIDENT bool reap(struct init *in)
{
	int status;
	int pid;

	while ((pid = SYS4(wait4, -1, &status, WNOHANG | WUNTRACED, 0)) > 0) {
		if ((status & 0xff) == 0x7f) {
			if (pid == in->pid)
				on_stopped(in, status >> 8 & 0xff);
		} else if (pid == in->pid) {
			on_ended(in, status);
		} else if (asked(in, 'w')) {
			say(in, WARN, "Reaped zombie process with pid=%d", pid);
		}
	}
	return pid == -ECHILD;
}

/* --- time and the loop --------------------------------------------------- */

/* When to wake up next; 0: never. The end of a stranger is told to nobody
 * here. */
static RESIDENT int64_t next_due(const struct init *in)
{
	int64_t due = in->phase == RUNNING ? 0 : in->deadline_ns;

	if (in->strangers)
		due = MIN(due, now_ns() + STRANGERS_NS);

	for (unsigned i = 0; i < in->n_delays; i++) {
		int64_t d = in->delays[i].due_ns;

		if (d && (!due || d < due))
			due = d;
	}
	return due;
}

static RESIDENT int wait_signal(const struct init *in, siginfo_t *info)
{
	const uint64_t set = ALL_SIGNALS;
	int64_t due = next_due(in), left;
	struct ktime t;

	if (due) {
		left = due - now_ns();
		left = left < 0 ? 0 : left;
		t.s = left / NS_PER_S;
		t.ns = left % NS_PER_S;
	}
	return (int)SYS4(rt_sigtimedwait, &set, info, due ? &t : NULL,
			 sizeof set);
}

/* Returns whether the stop sequence has come to its end. */
static RESIDENT bool on_time(struct init *in)
{
	int64_t now = now_ns();

	for (unsigned i = 0; i < in->n_delays; i++) {
		struct delay *d = &in->delays[i];

		if (d->due_ns && d->due_ns <= now) {
			d->due_ns = 0;
			forward(in, d->sig, NULL);
		}
	}
	if (in->strangers && SYS2(kill, -1, 0) == -ESRCH)
		return true;
	if (in->phase == RUNNING || in->deadline_ns > now)
		return false;
	if (in->phase == KILLED) /* not even that helped: a dead device */
		return true;
	enter(in, in->phase + 1);
	return false;
}

/* After a SIGCHLD: is it over? Without --grace it is with the child. With it,
 * the others are asked to end too, and waited for. */
static RESIDENT bool on_child(struct init *in, bool last)
{
	bool none_left = reap(in);

	if (asked(in, 'P') || in->pid)
		return false;
	if (!in->grace_ns || (!last && in->phase == RUNNING))
		return true;
	if (none_left) {
		in->strangers = SYS0(getpid) == 1 && !SYS2(kill, -1, 0);
		if (!in->strangers)
			return true;
	}
	if (in->phase < TERMED)
		enter(in, TERMED);
	else if (in->phase == KILLED) /* who came up to us since */
		signal_all(in, SIGKILL);
	return false;
}

static RESIDENT int loop(struct init *in, bool last)
{
	siginfo_t info;

	for (;;) {
		int sig = wait_signal(in, &info);

		if (sig == SIGCHLD) {
			if (on_child(in, last))
				return in->code;
		} else if (sig > 0) {
			on_signal(in, sig, &info);
		}
		if (next_due(in) && on_time(in))
			return in->code;
	}
}

RESIDENT int supervise(struct init *in, char **argv, bool last)
{
	in->phase = RUNNING;
	in->code = 128 + SIGKILL; /* what it is if we never see it end */
	if (!asked(in, 'P'))
		spawn(in, argv);
	if (last)
		settle(in);
	return loop(in, last);
}

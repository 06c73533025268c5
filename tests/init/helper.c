/* SPDX-License-Identifier: Apache-2.0 */
/* The programs that pare-init is tested with; the first word picks one. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void sleep_ms(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	while (nanosleep(&t, &t) < 0 && errno == EINTR)
		;
}

static void touch(const char *path)
{
	close(open(path, O_CREAT | O_WRONLY, 0644));
}

/* Process, group, session, the terminal's foreground; then the signal sets. */
static int state(void)
{
	char line[256];
	FILE *f = fopen("/proc/self/status", "r");

	printf("pid %d\nppid %d\nleader %d\nsession %d\nforeground %d\n",
	       getpid(), getppid(), getpgrp() == getpid(),
	       getsid(0) == getpid(), tcgetpgrp(0) == getpgrp());
	while (f && fgets(line, sizeof line, f))
		if (!strncmp(line, "Sig", 3) || !strncmp(line, "Cap", 3) ||
		    !strncmp(line, "NoNew", 5) || !strncmp(line, "Groups", 6) ||
		    !strncmp(line, "Uid", 3) || !strncmp(line, "Gid", 3))
			fputs(line, stdout);
	return 0;
}

/* Takes every signal as it comes and prints it; ends with 3 on TERM, or after
 * `max` of them with 0. */
static int take_signals(int max)
{
	const unsigned long all = ~0ul; /* libc would leave out 32 and 33 */
	siginfo_t info;

	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, NULL, 8);
	printf("ready\n");
	fflush(stdout);
	for (int n = 0; n < max; n++) {
		int sig =
			(int)syscall(SYS_rt_sigtimedwait, &all, &info, NULL, 8);

		if (sig < 0)
			continue;
		printf("%d %d\n", sig, info.si_value.sival_int);
		if (max < 1000)
			fflush(stdout);
		if (sig == SIGTERM)
			return 3;
	}
	return 0;
}

static volatile sig_atomic_t asked;

static void on_term(int sig)
{
	asked = sig;
}

/* On TERM: takes ms to clean up, leaves a file, ends with code. */
static int slow(long ms, int code, const char *path)
{
	struct sigaction a = { .sa_handler = on_term };

	sigaction(SIGTERM, &a, NULL);
	printf("ready\n");
	fflush(stdout);
	for (int i = 0; i < 600 && !asked; i++)
		sleep_ms(50);
	if (!asked)
		return 99;
	sleep_ms(ms);
	touch(path);
	return code;
}

/* A daemon in a session of its own beside a main program. */
static int with_daemon(char **argv)
{
	if (!fork()) {
		setsid();
		if (!fork())
			_exit(slow(atol(argv[2]), 0, argv[3]));
		_exit(0);
	}
	sleep_ms(100);
	return slow(atol(argv[4]), atoi(argv[5]), argv[6]);
}

/* n processes whose parent dies, and that end together. */
static int orphans(int n)
{
	int go[2], status;
	char c;

	if (pipe(go))
		return 98;
	if (!fork()) {
		for (int i = 0; i < n; i++) {
			pid_t p = fork();

			if (p < 0)
				_exit(97);
			if (!p) {
				close(go[1]);
				_exit((int)read(go[0], &c, 1));
			}
		}
		_exit(0);
	}
	wait(&status);
	close(go[1]);
	printf("status %d\n", WEXITSTATUS(status));
	fflush(stdout);
	(void)!read(0, &c, 1); /* until the test has looked */
	return 7;
}

static int count_fds(void)
{
	int n = 0;

	for (int fd = 3; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	printf("%d\n", n);
	return 0;
}

/* Runs the rest with a signal set blocked (+n), ignored (-n) or a spare
 * descriptor (f). */
static int with(char **argv)
{
	sigset_t set;

	sigemptyset(&set);
	for (; *argv && strcmp(*argv, "--"); argv++) {
		if (**argv == '+')
			sigaddset(&set, atoi(*argv + 1));
		else if (**argv == '-')
			signal(atoi(*argv + 1), SIG_IGN);
		else
			fcntl(0, F_DUPFD, 10);
	}
	sigprocmask(SIG_BLOCK, &set, NULL);
	execvp(argv[1], argv + 1);
	return 96;
}

/* Counts SIGINT for a while, on the terminal. */
static int count_ints(void)
{
	sigset_t set;
	struct timespec t = { 0, 700000000 };
	int n = 0;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	printf("ready\n");
	fflush(stdout);
	if (sigwaitinfo(&set, NULL) == SIGINT)
		n++;
	while (sigtimedwait(&set, NULL, &t) == SIGINT)
		n++;
	printf("ints %d\n", n);
	return 0;
}

/* Prints a dot every 50 ms; the test sees by it whether we run. */
static int tick(int n)
{
	for (int i = 0; i < n; i++) {
		printf(".");
		fflush(stdout);
		sleep_ms(50);
	}
	return 5;
}

static int queue(int pid, int sig, int from, int n)
{
	for (int i = 0; i < n; i++) {
		union sigval v = { .sival_int = from + i };

		while (sigqueue(pid, sig, v) < 0)
			if (errno != EAGAIN)
				return 95;
			else
				sleep_ms(1);
	}
	return 0;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "state"))
		return state();
	if (!strcmp(what, "signals"))
		return take_signals(argc > 2 ? atoi(argv[2]) : 500);
	if (!strcmp(what, "slow"))
		return slow(atol(argv[2]), atoi(argv[3]), argv[4]);
	if (!strcmp(what, "daemon"))
		return with_daemon(argv);
	if (!strcmp(what, "orphans"))
		return orphans(atoi(argv[2]));
	if (!strcmp(what, "fds"))
		return count_fds();
	if (!strcmp(what, "with"))
		return with(argv + 2);
	if (!strcmp(what, "ints"))
		return count_ints();
	if (!strcmp(what, "tick"))
		return tick(atoi(argv[2]));
	if (!strcmp(what, "queue"))
		return queue(atoi(argv[2]), atoi(argv[3]), atoi(argv[4]),
			     atoi(argv[5]));
	if (!strcmp(what, "raise"))
		return raise(atoi(argv[2]));
	if (!strcmp(what, "setsid"))
		return setsid() < 0;
	return 94;
}

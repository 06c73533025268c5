/* SPDX-License-Identifier: Apache-2.0 */
#include "base/cancel.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/time.h>
#include <unistd.h>

/* Threads past these are not woken up: they end when what they wait for
 * comes. */
enum { THREADS_MAX = 1024, WAKE_US = 20000 };

static atomic_int came;
static atomic_int threads[THREADS_MAX]; /* their ids; 0: free */

/* setitimer is a bare system call, needs no memory and does not reach
 * children: it may be called here. */
static void note(int signal)
{
	static const struct itimerval often = { { 0, WAKE_US },
						{ 0, WAKE_US } };
	int saved = errno;
	atomic_store(&came, signal);
	setitimer(ITIMER_REAL, &often, NULL);
	errno = saved;
}

/* The timer's signal is for the process: who gets it hands it on. */
static void wake(int signal, siginfo_t *info, void *context)
{
	int saved = errno;
	(void)context;
	if (info->si_code == SI_TKILL)
		return;
	for (size_t i = 0; i < THREADS_MAX; i++) {
		int id = atomic_load(&threads[i]);
		if (id && id != gettid())
			tgkill(getpid(), id, signal);
	}
	errno = saved;
}

static void set_wake_blocked(int how)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	pthread_sigmask(how, &set, NULL);
}

void cancel_thread_begin(void)
{
	for (size_t i = 0; i < THREADS_MAX; i++) {
		int none = 0;
		if (atomic_compare_exchange_strong(&threads[i], &none,
						   gettid()))
			break;
	}
	set_wake_blocked(SIG_UNBLOCK);
}

void cancel_thread_end(void)
{
	set_wake_blocked(SIG_BLOCK);
	for (size_t i = 0; i < THREADS_MAX; i++) {
		int own = gettid();
		if (atomic_compare_exchange_strong(&threads[i], &own, 0))
			break;
	}
}

void cancel_install(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM };
	/* No SA_RESTART: a call that waits is to return. */
	struct sigaction a = { .sa_handler = note,
			       .sa_flags = (int)SA_RESETHAND };
	struct sigaction w = { .sa_sigaction = wake, .sa_flags = SA_SIGINFO };
	struct sigaction was;
	sigemptyset(&a.sa_mask);
	sigemptyset(&w.sa_mask);
	sigaction(SIGALRM, &w, NULL);
	cancel_thread_begin();
	/* What the caller ignores stays so: nohup, a shell's background. */
	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		if (sigaction(signals[i], NULL, &was) == 0 &&
		    was.sa_handler != SIG_IGN)
			sigaction(signals[i], &a, NULL);
	/* Past a limit on file sizes write() is to fail, with EFBIG. */
	signal(SIGXFSZ, SIG_IGN);
}

int cancel_signal(void)
{
	return atomic_load_explicit(&came, memory_order_relaxed);
}

int cancel_check(struct err *err)
{
	int signal = cancel_signal();
	if (signal == 0)
		return 0;
	return err_set(err, ERR_CANCELLED, "interrupted by signal %d", signal);
}

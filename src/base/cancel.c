/* SPDX-License-Identifier: Apache-2.0 */
#include "base/cancel.h"

#include <signal.h>
#include <stdatomic.h>

static atomic_int came;

static void note(int signal)
{
	atomic_store(&came, signal);
}

void cancel_install(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM };
	struct sigaction a = { .sa_handler = note,
			       .sa_flags = (int)SA_RESETHAND | SA_RESTART };
	struct sigaction was;
	sigemptyset(&a.sa_mask);
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

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
	struct sigaction a = { .sa_handler = note,
			       .sa_flags = (int)SA_RESETHAND | SA_RESTART };
	sigemptyset(&a.sa_mask);
	sigaction(SIGINT, &a, NULL);
	sigaction(SIGTERM, &a, NULL);
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

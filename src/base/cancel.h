/* SPDX-License-Identifier: Apache-2.0 */
/* base/cancel.h - SIGHUP, SIGINT and SIGTERM end long work the ordinary way.
 *
 * The handler only notes the signal; base/io.h looks at it whenever it goes to
 * the system, and fails with ERR_CANCELLED. So every owner releases what it
 * has, and nothing half made is left behind. A second signal kills at once.
 *
 * A call that waits (a pipe without bytes, a FIFO without a reader, a lock) is
 * woken up with EINTR. One that begins to wait right after the look would not
 * be: therefore, from the first signal on, a timer wakes all threads fifty
 * times a second until the program ends. */
#pragma once
#include "base/err.h"

/* For main, before threads start. */
void cancel_install(void);
/* Around what a thread does that waits outside of the pool's own locks; the
 * signals themselves may stay blocked in it. */
void cancel_thread_begin(void);
void cancel_thread_end(void);
/* The signal that came; 0: none. Any thread. */
int cancel_signal(void);
/* 0, or -1 with ERR_CANCELLED "interrupted by signal N". */
must_check int cancel_check(struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* base/cancel.h - SIGHUP, SIGINT and SIGTERM end long work the ordinary way.
 *
 * The handler only notes the signal; streams and sinks over descriptors look
 * at it whenever they go to the system, and fail with ERR_CANCELLED. So every
 * owner releases what it has, and nothing half made is left behind. A second
 * signal kills at once. */
#pragma once
#include "base/err.h"

/* For main, before threads start. */
void cancel_install(void);
/* The signal that came; 0: none. Any thread. */
int cancel_signal(void);
/* 0, or -1 with ERR_CANCELLED "interrupted by signal N". */
must_check int cancel_check(struct err *err);

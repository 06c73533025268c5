/* SPDX-License-Identifier: Apache-2.0 */
/* base/thread.h - how threads of pare begin. */
#pragma once
#include <pthread.h>

#include "base/err.h"

/* Signals are left to the main thread: this one takes none. 0, or the errno of
 * pthread_create(3). */
must_check int thread_start(pthread_t *id, void *(*run)(void *), void *arg);

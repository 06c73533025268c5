/* SPDX-License-Identifier: Apache-2.0 */
/* base/pool.h - threads whose results come out in the order of their tasks.
 *
 * Tasks go in numbered; pool_next hands them back in that order, so any
 * number of threads gives the same bytes as one. With threads = 1 there is
 * no thread at all: a task runs inside pool_next (the serial twin). Workers
 * compute; the submitting thread does input and output, unless the task is
 * to read a source of its own. The first error in order wins; pool_close
 * lets the rest be cancelled. */
#pragma once
#include <stdbool.h>

#include "base/err.h"

struct pool;

/* First member of every task; the pool owns the other fields while it has it. */
struct task {
	/* Runs on a worker; its own err, its own memory. */
	int (*run)(struct task *t, struct err *err);
	struct err err; /* what run failed with; set when it returned < 0 */
	struct task *next;
	int result;
	bool finished;
};

/* threads >= 1; pool_cpus() for "as many as there are". */
must_check int pool_new(unsigned threads, struct pool **out, struct err *err);
unsigned pool_cpus(void);
unsigned pool_threads(const struct pool *p);
/* Takes a borrowed task; it is done with when pool_next returned it, or after
 * pool_close. */
void pool_submit(struct pool *p, struct task *t);
/* Tasks submitted and not yet handed back. */
unsigned pool_pending(const struct pool *p);
/* 1: *t is the oldest task, finished well; 0: none is pending; -1: the oldest
 * failed, err is its error, *t is it. Waits. */
must_check int pool_next(struct pool *p, struct task **t, struct err *err);
/* True once pool_close has begun: long tasks may look and stop. */
bool pool_cancelled(const struct pool *p);
/* Waits for running tasks, forgets the others. */
void pool_close(struct pool **p);

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/pool.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "base/test.h"

struct job {
	struct task task;
	int number;
	int delay_us;
	int fails;
	int out;
};

static atomic_int runs;

static int run_job(struct task *t, struct err *err)
{
	struct job *j = (struct job *)t;
	struct timespec delay = { 0, j->delay_us * 1000L };
	if (j->delay_us)
		nanosleep(&delay, NULL);
	atomic_fetch_add(&runs, 1);
	if (j->fails)
		return err_set(err, ERR_CORRUPT, "job %d", j->number);
	j->out = j->number * j->number;
	return 0;
}

static struct job job_of(int number, int delay_us, int fails)
{
	return (struct job){ .task = { .run = run_job },
			     .number = number,
			     .delay_us = delay_us,
			     .fails = fails };
}

static void run_in_order(unsigned threads)
{
	struct err err = { 0 };
	struct job jobs[64];
	struct task *t;
	scoped(pool_close) struct pool *p = NULL;
	assert_ok(pool_new(threads, &p, &err), &err);
	assert_int_equal(pool_threads(p), threads);
	/* the first ones take longest: they would come last */
	for (int i = 0; i < 64; i++) {
		jobs[i] = job_of(i, i < 8 ? (8 - i) * 300 : 0, 0);
		pool_submit(p, &jobs[i].task);
	}
	assert_int_equal(pool_pending(p), 64);
	for (int i = 0; i < 64; i++) {
		assert_int_equal(pool_next(p, &t, &err), 1);
		assert_ptr_equal(t, &jobs[i]);
		assert_int_equal(jobs[i].out, i * i);
	}
	assert_int_equal(pool_pending(p), 0);
	assert_int_equal(pool_next(p, &t, &err), 0);
}

TEST(pool, order)
{
	(void)state;
	run_in_order(4);
	run_in_order(2);
}

TEST(pool, serial_twin)
{
	(void)state;
	run_in_order(1);
}

TEST(pool, serial_runs_inside_next)
{
	(void)state;
	struct err err = { 0 };
	struct task *t;
	struct job a = job_of(1, 0, 0), b = job_of(2, 0, 0);
	scoped(pool_close) struct pool *p = NULL;
	assert_ok(pool_new(1, &p, &err), &err);
	atomic_store(&runs, 0);
	pool_submit(p, &a.task);
	pool_submit(p, &b.task);
	assert_int_equal(atomic_load(&runs), 0);
	assert_int_equal(pool_next(p, &t, &err), 1);
	assert_int_equal(atomic_load(&runs), 1);
}

TEST(pool, tasks_go_in_again)
{
	(void)state;
	for (unsigned threads = 1; threads <= 4; threads += 3) {
		struct err err = { 0 };
		struct task *t;
		struct job jobs[3];
		scoped(pool_close) struct pool *p = NULL;
		assert_ok(pool_new(threads, &p, &err), &err);
		for (int i = 0; i < 200; i++) {
			if (i >= 3) {
				assert_int_equal(pool_next(p, &t, &err), 1);
				assert_ptr_equal(t, &jobs[i % 3]);
				assert_int_equal(jobs[i % 3].out,
						 (i - 3) * (i - 3));
			}
			jobs[i % 3] = job_of(i, 0, 0);
			pool_submit(p, &jobs[i % 3].task);
		}
	}
}

static void first_error_wins(unsigned threads)
{
	struct err err = { 0 };
	struct task *t;
	scoped(pool_close) struct pool *p = NULL;
	/* job 5 fails at once, job 2 later: job 2 is told */
	struct job jobs[8];
	assert_ok(pool_new(threads, &p, &err), &err);
	for (int i = 0; i < 8; i++) {
		jobs[i] = job_of(i, i == 2 ? 3000 : 0, i == 2 || i == 5);
		pool_submit(p, &jobs[i].task);
	}
	assert_int_equal(pool_next(p, &t, &err), 1);
	assert_int_equal(pool_next(p, &t, &err), 1);
	assert_fails(pool_next(p, &t, &err), &err, ERR_CORRUPT, "job 2");
	assert_ptr_equal(t, &jobs[2]);
}

TEST(pool, first_error_in_order_wins)
{
	(void)state;
	first_error_wins(4);
	first_error_wins(1);
}

static struct pool *long_pool;
static atomic_int started;

/* Works until it is told to stop. */
static int run_long(struct task *t, struct err *err)
{
	struct timespec delay = { 0, 200000 };
	(void)t;
	atomic_fetch_add(&started, 1);
	while (!pool_cancelled(long_pool))
		nanosleep(&delay, NULL);
	return err_set(err, ERR_CANCELLED, "stopped");
}

TEST(pool, close_cancels)
{
	(void)state;
	struct err err = { 0 };
	struct task tasks[10];
	struct timespec delay = { 0, 200000 };
	atomic_store(&started, 0);
	assert_ok(pool_new(2, &long_pool, &err), &err);
	for (int i = 0; i < 10; i++) {
		tasks[i] = (struct task){ .run = run_long };
		pool_submit(long_pool, &tasks[i]);
	}
	while (atomic_load(&started) < 2)
		nanosleep(&delay, NULL);
	struct pool *p = long_pool;
	pool_close(&p);
	assert_null(p);
	/* the two that ran stopped, the others never began */
	assert_int_equal(atomic_load(&started), 2);
	assert_int_equal(tasks[0].err.code, ERR_CANCELLED);
	assert_int_equal(tasks[1].err.code, ERR_CANCELLED);
	pool_close(&p);
}

TESTS_MAIN(unit(pool, order), unit(pool, serial_twin),
	   unit(pool, serial_runs_inside_next), unit(pool, tasks_go_in_again),
	   unit(pool, first_error_in_order_wins), unit(pool, close_cancels))

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/cancel.h"
#include "base/thread.h"

struct pool {
	unsigned threads;
	pthread_t *ids;
	unsigned n_ids; /* threads that run; 0 in the serial twin */
	pthread_mutex_t lock;
	pthread_cond_t work, done;
	/* Under lock: the oldest task not yet handed back, the newest, and the
	 * first that no worker has taken. */
	struct task *oldest, *newest, *todo;
	unsigned pending;
	atomic_bool cancelled;
};

unsigned pool_cpus(void)
{
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof set, &set) < 0)
		return 1;
	int n = CPU_COUNT(&set);
	return n > 0 ? (unsigned)n : 1;
}

unsigned pool_threads(const struct pool *p)
{
	return p->threads;
}

static void *worker(void *arg)
{
	struct pool *p = arg;
	cancel_thread_begin();
	pthread_mutex_lock(&p->lock);
	for (;;) {
		while (!p->todo && !atomic_load(&p->cancelled))
			pthread_cond_wait(&p->work, &p->lock);
		if (atomic_load(&p->cancelled))
			break;
		struct task *t = p->todo;
		p->todo = t->next;
		pthread_mutex_unlock(&p->lock);
		int result = t->run(t, &t->err);
		pthread_mutex_lock(&p->lock);
		t->result = result;
		t->finished = true;
		pthread_cond_broadcast(&p->done);
	}
	pthread_mutex_unlock(&p->lock);
	cancel_thread_end();
	return NULL;
}

/* One is enough to go on with. */
static int start_threads(struct pool *p, struct err *err)
{
	while (p->n_ids < p->threads &&
	       thread_start(&p->ids[p->n_ids], worker, p) == 0)
		p->n_ids++;
	if (p->n_ids == 0)
		return err_set(err, ERR_NOMEM, "cannot start a thread");
	return 0;
}

int pool_new(unsigned threads, struct pool **out, struct err *err)
{
	scoped(pool_close) struct pool *p = calloc(1, sizeof *p);
	if (!p)
		return err_nomem(err, sizeof *p);
	p->threads = threads ? threads : 1;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->work, NULL);
	pthread_cond_init(&p->done, NULL);
	if (p->threads > 1) {
		p->ids = calloc(p->threads, sizeof *p->ids);
		if (!p->ids)
			return err_nomem(err, p->threads * sizeof *p->ids);
		if (start_threads(p, err) < 0)
			return -1;
	}
	*out = take(&p);
	return 0;
}

void pool_submit(struct pool *p, struct task *t)
{
	t->next = NULL;
	t->finished = false;
	t->err = (struct err){ 0 };
	pthread_mutex_lock(&p->lock);
	if (p->newest)
		p->newest->next = t;
	else
		p->oldest = t;
	p->newest = t;
	if (!p->todo)
		p->todo = t;
	p->pending++;
	pthread_cond_signal(&p->work);
	pthread_mutex_unlock(&p->lock);
}

unsigned pool_pending(const struct pool *p)
{
	return p->pending;
}

int pool_next(struct pool *p, struct task **t, struct err *err)
{
	struct task *first = p->oldest;
	if (!first)
		return 0;
	if (p->n_ids == 0) {
		first->result = first->run(first, &first->err);
		p->todo = first->next;
	}
	pthread_mutex_lock(&p->lock);
	while (p->n_ids && !first->finished)
		pthread_cond_wait(&p->done, &p->lock);
	p->oldest = first->next;
	if (!p->oldest)
		p->newest = NULL;
	p->pending--;
	pthread_mutex_unlock(&p->lock);
	*t = first;
	if (first->result < 0) {
		*err = first->err;
		return -1;
	}
	return 1;
}

bool pool_cancelled(const struct pool *p)
{
	return atomic_load(&p->cancelled);
}

void pool_close(struct pool **pp)
{
	struct pool *p = take(pp);
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	atomic_store(&p->cancelled, true);
	pthread_cond_broadcast(&p->work);
	pthread_mutex_unlock(&p->lock);
	for (unsigned i = 0; i < p->n_ids; i++)
		pthread_join(p->ids[i], NULL);
	pthread_cond_destroy(&p->done);
	pthread_cond_destroy(&p->work);
	pthread_mutex_destroy(&p->lock);
	free(p->ids);
	free(p);
}

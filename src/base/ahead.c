/* SPDX-License-Identifier: Apache-2.0 */
/* A ring of pieces, filled by the thread and emptied by the reader:
 *
 *	| room | piece 0 || room | piece 1 || room | piece 2 || room | piece 3 |
 *
 * A reader that wants more than is left of a piece gets the rest copied in
 * front of the next one, for which there is room. A piece belongs to the thread
 * while it is empty and to the reader while it is full; only the two counters,
 * and who stops, are shared. */
#include "base/ahead.h"

#include <assert.h>
#include <stdlib.h>

#include "base/cancel.h"
#include "base/thread.h"

struct piece {
	size_t n;
	bool last;	/* behind it is the end, or err */
	struct err err; /* of the last */
	uint8_t buf[STREAM_WANT_MAX + AHEAD_PIECE]; /* room, then bytes */
};

struct ahead {
	struct stream s;
	struct stream *in;
	pthread_t id;
	bool running; /* not joined */
	/* The reader's own: the piece at hand and what is left of it. It lies
	 * in room and bytes. */
	struct piece *at;
	const uint8_t *p;
	size_t left;
	pthread_mutex_t lock;
	pthread_cond_t moved;
	/* Under lock: pieces that were filled, and given back. */
	uint64_t filled, emptied;
	bool stop;
	struct piece pieces[AHEAD_PIECES];
};

static uint8_t *bytes_of(struct piece *c)
{
	return c->buf + STREAM_WANT_MAX;
}

static struct piece *piece_of(struct ahead *a, uint64_t number)
{
	return &a->pieces[number % AHEAD_PIECES];
}

/* An empty piece, or NULL when nobody wants one any more. */
static struct piece *wait_empty(struct ahead *a)
{
	pthread_mutex_lock(&a->lock);
	while (!a->stop && a->filled - a->emptied == AHEAD_PIECES)
		pthread_cond_wait(&a->moved, &a->lock);
	struct piece *c = a->stop ? NULL : piece_of(a, a->filled);
	pthread_mutex_unlock(&a->lock);
	return c;
}

static void hand_over(struct ahead *a)
{
	pthread_mutex_lock(&a->lock);
	a->filled++;
	pthread_cond_broadcast(&a->moved);
	pthread_mutex_unlock(&a->lock);
}

static void fill(struct ahead *a, struct piece *c)
{
	const uint8_t *p;
	size_t have;
	c->n = 0;
	c->err = (struct err){ 0 };
	c->last = false;
	while (c->n < AHEAD_PIECE && !c->last) {
		if (stream_peek(a->in, 1, &p, &have, &c->err) <= 0) {
			c->last = true;
			return;
		}
		size_t step = MIN(have, AHEAD_PIECE - c->n);
		memcpy(bytes_of(c) + c->n, p, step);
		stream_skip(a->in, step);
		c->n += step;
	}
}

static void *read_ahead(void *arg)
{
	struct ahead *a = arg;
	struct piece *c;
	bool last = false;
	cancel_thread_begin();
	while (!last && (c = wait_empty(a))) {
		fill(a, c);
		last = c->last;
		hand_over(a);
	}
	cancel_thread_end();
	return NULL;
}

/* Waits for the piece behind the one at hand and gives that back. What is left
 * of it, less than was wanted, goes in front of the new one. */
static void next_piece(struct ahead *a)
{
	pthread_mutex_lock(&a->lock);
	uint64_t next = a->emptied + (a->at != NULL);
	while (a->filled == next)
		pthread_cond_wait(&a->moved, &a->lock);
	pthread_mutex_unlock(&a->lock);
	struct piece *c = piece_of(a, next);
	uint8_t *begin = bytes_of(c) - a->left;
	assert(a->left <= STREAM_WANT_MAX);
	if (a->left)
		memcpy(begin, a->p, a->left);
	a->p = begin;
	a->left += c->n;
	if (a->at) {
		pthread_mutex_lock(&a->lock);
		a->emptied++;
		pthread_cond_broadcast(&a->moved);
		pthread_mutex_unlock(&a->lock);
	}
	a->at = c;
}

static int ahead_peek(struct stream *s, size_t want, const uint8_t **p,
		      size_t *n, struct err *err)
{
	struct ahead *a = (struct ahead *)s;
	assert(want <= STREAM_WANT_MAX);
	while (a->left < MAX(want, (size_t)1) && !(a->at && a->at->last))
		next_piece(a);
	if (a->left < MAX(want, (size_t)1) && a->at->err.code) {
		*err = a->at->err;
		return -1;
	}
	*p = a->p;
	*n = a->left;
	return a->left > 0;
}

static void ahead_skip(struct stream *s, size_t n)
{
	struct ahead *a = (struct ahead *)s;
	a->p += n;
	a->left -= n;
}

static void stop(struct ahead *a)
{
	if (!a->running)
		return;
	pthread_mutex_lock(&a->lock);
	a->stop = true;
	pthread_cond_broadcast(&a->moved);
	pthread_mutex_unlock(&a->lock);
	pthread_join(a->id, NULL);
	a->running = false;
}

static int ahead_finish(struct stream *s, struct err *err)
{
	struct ahead *a = (struct ahead *)s;
	if (stream_drain(s, NULL, err) < 0)
		return -1;
	stop(a);
	return stream_finish(a->in, err);
}

static void ahead_close(struct stream *s)
{
	struct ahead *a = (struct ahead *)s;
	stop(a);
	stream_close(&a->in);
	pthread_cond_destroy(&a->moved);
	pthread_mutex_destroy(&a->lock);
	free(a);
}

int ahead_open(struct stream **inner, struct stream **out, struct err *err)
{
	static const struct stream_ops ops = {
		.peek = ahead_peek,
		.skip = ahead_skip,
		.finish = ahead_finish,
		.close = ahead_close,
	};
	struct ahead *a = malloc(sizeof *a);
	if (!a)
		return err_nomem(err, sizeof *a);
	/* Pieces are left as they are: clearing would touch their pages. */
	memset(a, 0, offsetof(struct ahead, pieces));
	a->s.ops = &ops;
	pthread_mutex_init(&a->lock, NULL);
	pthread_cond_init(&a->moved, NULL);
	a->in = *inner;
	a->running = thread_start(&a->id, read_ahead, a) == 0;
	if (!a->running) {
		a->in = NULL;
		ahead_close(&a->s);
		*out = take(inner);
		return 0;
	}
	*inner = NULL;
	*out = &a->s;
	return 0;
}

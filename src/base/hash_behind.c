/* SPDX-License-Identifier: Apache-2.0 */
/* A ring of pieces, filled by the writer and hashed by the thread, in order:
 *
 *	| piece 0 | piece 1 | piece 2 | piece 3 |	hashed <= filled
 *
 * A piece belongs to the writer until it is filled and to the thread until it
 * is hashed; only the two counters, and that there will be no more, are
 * shared. */
#include "base/hash_behind.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/thread.h"

struct behind {
	struct sink s;
	struct sink *next;
	struct digest *digest;
	uint64_t *size;
	uint64_t passed;
	pthread_t id;
	bool running; /* not joined */
	/* The thread's own until it was joined. */
	struct hasher hash;
	struct err err;
	pthread_mutex_t lock;
	pthread_cond_t moved;
	/* Under lock: pieces that were filled, and hashed. */
	uint64_t filled, hashed;
	bool no_more;
	size_t n[HASH_BEHIND_PIECES]; /* bytes of each */
	uint8_t pieces[HASH_BEHIND_PIECES][HASH_BEHIND_PIECE];
};

/* Waits for a piece: its place in the ring, or -1 at the end. */
static int wait_filled(struct behind *b)
{
	pthread_mutex_lock(&b->lock);
	while (b->hashed == b->filled && !b->no_more)
		pthread_cond_wait(&b->moved, &b->lock);
	int at = b->hashed == b->filled ? -1
					: (int)(b->hashed % HASH_BEHIND_PIECES);
	pthread_mutex_unlock(&b->lock);
	return at;
}

static void *hash_pieces(void *arg)
{
	struct behind *b = arg;
	int at, r = 0;
	while ((at = wait_filled(b)) >= 0) {
		/* After an error pieces still go by: nobody may wait. */
		if (r == 0)
			r = hasher_add(&b->hash, b->pieces[at], b->n[at],
				       &b->err);
		pthread_mutex_lock(&b->lock);
		b->hashed++;
		pthread_cond_broadcast(&b->moved);
		pthread_mutex_unlock(&b->lock);
	}
	return NULL;
}

static void hand_over(struct behind *b)
{
	pthread_mutex_lock(&b->lock);
	b->filled++;
	pthread_cond_broadcast(&b->moved);
	while (b->filled - b->hashed == HASH_BEHIND_PIECES)
		pthread_cond_wait(&b->moved, &b->lock);
	pthread_mutex_unlock(&b->lock);
}

static int behind_write(struct sink *s, const void *p, size_t n,
			struct err *err)
{
	struct behind *b = (struct behind *)s;
	const uint8_t *from = p;
	b->passed += n;
	for (size_t left = n; left;) {
		/* Only this thread changes filled. */
		size_t at = (size_t)(b->filled % HASH_BEHIND_PIECES);
		size_t step = MIN(left, HASH_BEHIND_PIECE - b->n[at]);
		memcpy(b->pieces[at] + b->n[at], from, step);
		b->n[at] += step;
		from += step;
		left -= step;
		if (b->n[at] < HASH_BEHIND_PIECE)
			continue;
		hand_over(b);
		b->n[b->filled % HASH_BEHIND_PIECES] = 0;
	}
	return b->next ? sink_write(b->next, p, n, err) : 0;
}

static void end_thread(struct behind *b)
{
	if (!b->running)
		return;
	pthread_mutex_lock(&b->lock);
	b->no_more = true;
	pthread_cond_broadcast(&b->moved);
	pthread_mutex_unlock(&b->lock);
	pthread_join(b->id, NULL);
	b->running = false;
}

static int behind_finish(struct sink *s, struct err *err)
{
	struct behind *b = (struct behind *)s;
	hand_over(b); /* what the last piece has, maybe nothing */
	end_thread(b);
	if (b->err.code) {
		*err = b->err;
		return -1;
	}
	if (b->size)
		*b->size = b->passed;
	return hasher_end(&b->hash, DIGEST_SHA256, b->digest, err);
}

static void behind_close(struct sink *s)
{
	struct behind *b = (struct behind *)s;
	end_thread(b);
	hasher_done(&b->hash);
	pthread_cond_destroy(&b->moved);
	pthread_mutex_destroy(&b->lock);
	free(b);
}

int hash_behind_open(struct sink *next, struct digest *digest, uint64_t *size,
		     struct sink **out, struct err *err)
{
	static const struct sink_ops ops = { behind_write, behind_finish,
					     behind_close };
	struct behind *b = malloc(sizeof *b);
	if (!b)
		return err_nomem(err, sizeof *b);
	/* Pieces are left as they are: clearing would touch their pages. */
	memset(b, 0, offsetof(struct behind, pieces));
	b->s.ops = &ops;
	b->next = next;
	b->digest = digest;
	b->size = size;
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->moved, NULL);
	if (hasher_start(&b->hash, DIGEST_SHA256, err) < 0) {
		behind_close(&b->s);
		return -1;
	}
	b->running = thread_start(&b->id, hash_pieces, b) == 0;
	if (!b->running) {
		behind_close(&b->s);
		return hash_sink_open(next, digest, size, out, err);
	}
	*out = &b->s;
	return 0;
}

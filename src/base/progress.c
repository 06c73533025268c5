/* SPDX-License-Identifier: Apache-2.0 */
#include "base/progress.h"

#include <stdlib.h>

#include "base/sink.h"
#include "base/stream.h"

unsigned progress_share(const struct progress *p)
{
	unsigned before = atomic_load(&p->before);
	uint64_t work = atomic_load(&p->work), rest = atomic_load(&p->rest);
	double part = !rest	     ? 0
		      : work >= rest ? 1
				     : (double)work / (double)rest;
	return before + (unsigned)((PROGRESS_ALL - before) * part);
}

void progress_rest(struct progress *p, uint64_t work)
{
	if (!p)
		return;
	/* In this order whoever looks in between sees less, not more. */
	unsigned share = work ? progress_share(p) : PROGRESS_ALL;
	atomic_store(&p->work, 0);
	atomic_store(&p->before, share);
	atomic_store(&p->rest, work);
}

struct count_stream {
	struct stream s;
	struct stream *in;
	struct progress *progress;
};

static int count_peek(struct stream *s, size_t want, const uint8_t **p,
		      size_t *n, struct err *err)
{
	return stream_peek(((struct count_stream *)s)->in, want, p, n, err);
}

static void count_skip(struct stream *s, size_t n)
{
	struct count_stream *c = (struct count_stream *)s;
	stream_skip(c->in, n);
	progress_add(c->progress, n);
}

static int count_hash(struct stream *s, struct hasher *h, const uint8_t *p,
		      size_t n, struct err *err)
{
	return stream_hash(((struct count_stream *)s)->in, h, p, n, err);
}

/* What is drained counts, too: bytes are read for it. */
static int count_finish(struct stream *s, struct err *err)
{
	struct count_stream *c = (struct count_stream *)s;
	if (stream_drain(s, NULL, err) < 0)
		return -1;
	return stream_finish(c->in, err);
}

static void count_close(struct stream *s)
{
	struct count_stream *c = (struct count_stream *)s;
	stream_close(&c->in);
	free(c);
}

int count_open(struct stream **inner, struct progress *p, struct stream **out,
	       struct err *err)
{
	static const struct stream_ops ops = { .peek = count_peek,
					       .skip = count_skip,
					       .finish = count_finish,
					       .close = count_close,
					       .hash = count_hash };
	struct count_stream *c = calloc(1, sizeof *c);
	if (!c)
		return err_nomem(err, sizeof *c);
	c->s.ops = &ops;
	c->in = take(inner);
	c->progress = p;
	*out = &c->s;
	return 0;
}

struct count_sink {
	struct sink s;
	struct sink *next;
	struct progress *progress;
};

static int count_write(struct sink *s, const void *p, size_t n, struct err *err)
{
	struct count_sink *c = (struct count_sink *)s;
	if (sink_write(c->next, p, n, err) < 0)
		return -1;
	progress_add(c->progress, n);
	return 0;
}

static int count_sink_finish(struct sink *s, struct err *err)
{
	(void)s;
	(void)err;
	return 0;
}

static void count_sink_close(struct sink *s)
{
	free(s);
}

int count_sink_open(struct sink *next, struct progress *p, struct sink **out,
		    struct err *err)
{
	static const struct sink_ops ops = { count_write, count_sink_finish,
					     count_sink_close };
	struct count_sink *c = calloc(1, sizeof *c);
	if (!c)
		return err_nomem(err, sizeof *c);
	c->s.ops = &ops;
	c->next = next;
	c->progress = p;
	*out = &c->s;
	return 0;
}

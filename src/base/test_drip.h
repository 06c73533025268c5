/* SPDX-License-Identifier: Apache-2.0 */
/* base/test_drip.h - a stream for tests that gives as little as it may.
 *
 * Every peek shows max(want, step) bytes of borrowed memory, so that readers
 * meet each boundary. With fail_at >= 0 it fails once that byte is asked for.
 * Counts finishes and closes, so that tests see who owned it. */
#pragma once
#include "base/stream.h"

struct drip {
	struct stream s;
	const uint8_t *p;
	size_t n, at, step;
	long fail_at;
	int finished, closed;
};

static inline int drip_peek(struct stream *s, size_t want, const uint8_t **p,
			    size_t *n, struct err *err)
{
	struct drip *d = (struct drip *)s;
	size_t have = MIN(MAX(want, d->step), d->n - d->at);
	if (d->fail_at >= 0 && d->at + have > (size_t)d->fail_at)
		return err_set(err, ERR_IO, "drip: broken");
	*p = d->p + d->at;
	*n = have;
	return have > 0;
}

static inline void drip_skip(struct stream *s, size_t n)
{
	((struct drip *)s)->at += n;
}

static inline int drip_finish(struct stream *s, struct err *err)
{
	(void)err;
	((struct drip *)s)->finished++;
	return 0;
}

static inline void drip_close(struct stream *s)
{
	((struct drip *)s)->closed++;
}

static const struct stream_ops drip_ops = {
	.peek = drip_peek,
	.skip = drip_skip,
	.finish = drip_finish,
	.close = drip_close,
};

static inline struct drip drip_of(const void *p, size_t n, size_t step)
{
	return (struct drip){ .s = { .ops = &drip_ops },
			      .p = p,
			      .n = n,
			      .step = step,
			      .fail_at = -1 };
}

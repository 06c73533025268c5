/* SPDX-License-Identifier: Apache-2.0 */
#include "base/stream.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/digest.h"

/* limit, verify and hash_tee are one wrapper with other checks: each counts,
 * the last two hash what is skipped. None copies. */
struct wrap {
	struct stream s;
	struct stream *in;
	uint64_t passed;  /* bytes skipped */
	const uint8_t *p; /* what the last peek showed and is not skipped */
	/* limit */
	const struct limits *lim;
	const uint64_t *field;
	/* verify */
	struct digest want;
	uint64_t size;
	bool checked;
	/* hash_tee */
	struct digest *digest_out;
	uint64_t *size_out;
	/* verify and hash_tee */
	struct hasher hash;
	bool hashing;
	size_t ahead; /* of the next bytes, so many are in hash already */
};

static void wrap_close(struct stream *s)
{
	struct wrap *w = (struct wrap *)s;
	stream_close(&w->in);
	hasher_done(&w->hash);
	free(w);
}

static void wrap_skip(struct stream *s, size_t n)
{
	struct wrap *w = (struct wrap *)s;
	size_t done = MIN(n, w->ahead);
	if (w->hashing && !w->s.failed.code)
		if (hasher_add(&w->hash, w->p + done, n - done, &w->s.failed) <
		    0)
			w->hashing = false;
	w->ahead -= done;
	w->p += n;
	w->passed += n;
	stream_skip(w->in, n);
}

static int wrap_hash(struct stream *s, struct hasher *h, const uint8_t *p,
		     size_t n, struct err *err)
{
	struct wrap *w = (struct wrap *)s;
	if (!w->hashing)
		return stream_hash(w->in, h, p, n, err);
	/* Other bytes than the next, or asked a second time for those that are
	 * not skipped yet: what is not in hash follows with the skip. */
	if (w->ahead || p != w->p)
		return hasher_add(h, p, n, err);
	w->ahead = n;
	return hasher_add_both(&w->hash, h, p, n, err);
}

static struct wrap *wrap_new(struct stream **inner,
			     const struct stream_ops *ops, enum digest_alg hash,
			     struct err *err)
{
	struct wrap *w = calloc(1, sizeof *w);
	if (!w) {
		err_nomem(err, sizeof *w);
		return NULL;
	}
	if (hash != DIGEST_NONE && hasher_start(&w->hash, hash, err) < 0) {
		hasher_done(&w->hash);
		free(w);
		return NULL;
	}
	w->hashing = hash != DIGEST_NONE;
	w->s.ops = ops;
	w->in = take(inner);
	return w;
}

static int limit_peek(struct stream *s, size_t want, const uint8_t **p,
		      size_t *n, struct err *err)
{
	struct wrap *w = (struct wrap *)s;
	int r = stream_peek(w->in, want, p, n, err);
	if (r > 0 && *n > *w->field - w->passed)
		return limits_exceeded(w->lim, w->field, *w->field + 1, err);
	if (r > 0)
		w->p = *p;
	return r;
}

static int limit_leap(struct stream *s, uint64_t n, struct err *err)
{
	struct wrap *w = (struct wrap *)s;
	if (n > *w->field - w->passed)
		return limits_exceeded(w->lim, w->field, *w->field + 1, err);
	if (w->in->ops->leap ? w->in->ops->leap(w->in, n, err) < 0
			     : stream_skip_n(w->in, n, err) < 0)
		return -1;
	w->passed += n;
	return 0;
}

static int limit_finish(struct stream *s, struct err *err)
{
	struct wrap *w = (struct wrap *)s;
	if (stream_drain(s, NULL, err) < 0)
		return -1;
	return stream_finish(w->in, err);
}

int limit_open(struct stream **inner, const struct limits *lim,
	       const uint64_t *field, struct stream **out, struct err *err)
{
	static const struct stream_ops ops = {
		.peek = limit_peek,
		.skip = wrap_skip,
		.finish = limit_finish,
		.close = wrap_close,
		.hash = wrap_hash,
		.leap = limit_leap,
	};
	struct wrap *w = wrap_new(inner, &ops, DIGEST_NONE, err);
	if (!w)
		return -1;
	w->lim = lim;
	w->field = field;
	*out = &w->s;
	return 0;
}

/* At the end of the data: its length and its digest are what was told. */
static int verify_end(struct wrap *w, struct err *err)
{
	struct digest got;
	if (w->checked)
		return 0;
	if (w->passed < w->size)
		return err_set(err, ERR_CORRUPT,
			       "blob %s: is %" PRIu64
			       " bytes long, expected %" PRIu64,
			       digest_text(&w->want).text, w->passed, w->size);
	if (hasher_end(&w->hash, w->want.alg, &got, err) < 0)
		return -1;
	if (!digest_eq(&got, &w->want))
		return err_set(err, ERR_CORRUPT, "blob %s: has digest %s",
			       digest_text(&w->want).text,
			       digest_text(&got).text);
	w->checked = true;
	return 0;
}

static int verify_peek(struct stream *s, size_t want, const uint8_t **p,
		       size_t *n, struct err *err)
{
	struct wrap *w = (struct wrap *)s;
	int r = stream_peek(w->in, want, p, n, err);
	if (r == 0)
		return verify_end(w, err);
	if (r > 0 && *n > w->size - w->passed)
		return err_set(err, ERR_CORRUPT,
			       "blob %s: is longer than the expected %" PRIu64
			       " bytes",
			       digest_text(&w->want).text, w->size);
	if (r > 0)
		w->p = *p;
	return r;
}

int verify_open(struct stream **inner, const struct digest *want, uint64_t size,
		struct stream **out, struct err *err)
{
	static const struct stream_ops ops = {
		.peek = verify_peek,
		.skip = wrap_skip,
		.finish = limit_finish,
		.close = wrap_close,
		.hash = wrap_hash,
	};
	struct wrap *w = wrap_new(inner, &ops, want->alg, err);
	if (!w)
		return -1;
	w->want = *want;
	w->size = size;
	*out = &w->s;
	return 0;
}

static int tee_peek(struct stream *s, size_t want, const uint8_t **p, size_t *n,
		    struct err *err)
{
	struct wrap *w = (struct wrap *)s;
	int r = stream_peek(w->in, want, p, n, err);
	if (r > 0)
		w->p = *p;
	return r;
}

static int tee_finish(struct stream *s, struct err *err)
{
	struct wrap *w = (struct wrap *)s;
	if (limit_finish(s, err) < 0)
		return -1;
	if (w->size_out)
		*w->size_out = w->passed;
	if (!w->hashing)
		return 0;
	w->hashing = false; /* a second finish changes nothing */
	return hasher_end(&w->hash, DIGEST_SHA256, w->digest_out, err);
}

int hash_tee_open(struct stream **inner, struct digest *digest, uint64_t *size,
		  struct stream **out, struct err *err)
{
	static const struct stream_ops ops = {
		.peek = tee_peek,
		.skip = wrap_skip,
		.finish = tee_finish,
		.close = wrap_close,
		.hash = wrap_hash,
	};
	struct wrap *w = wrap_new(inner, &ops,
				  digest ? DIGEST_SHA256 : DIGEST_NONE, err);
	if (!w)
		return -1;
	w->digest_out = digest;
	w->size_out = size;
	*out = &w->s;
	return 0;
}

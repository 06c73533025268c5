/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes, digest and size of a blob are born together, whatever the kind. */
#include <assert.h>
#include <stdlib.h>

#include "source/write/kind.h"

static void end_sinks(struct dest *d)
{
	sink_close(&d->hash);
	sink_close(&d->to);
}

const struct dest_blob *dest_find_blob(const struct dest *d,
				       const struct digest *digest)
{
	for (size_t i = 0; i < d->n; i++)
		if (digest_eq(&d->blobs[i].digest, digest))
			return &d->blobs[i];
	return NULL;
}

bool dest_has_blob(const struct dest *d, const struct digest *digest)
{
	return dest_find_blob(d, digest);
}

static int add_blob(struct dest *d, const struct dest_blob *b, struct err *err)
{
	if (d->n == d->cap) {
		size_t cap = d->cap ? d->cap * 2 : 16;
		void *p = reallocarray(d->blobs, cap, sizeof *d->blobs);
		if (!p)
			return err_nomem(err, cap * sizeof *d->blobs);
		d->blobs = p;
		d->cap = cap;
	}
	d->blobs[d->n++] = *b;
	return 0;
}

static int begin_blob(struct dest *d, struct err *err)
{
	assert(!d->hash && !d->finished);
	if (d->kind->begin(d, &d->to, err) < 0)
		return -1;
	return hash_sink_open(d->to, &d->digest, &d->size, &d->hash, err);
}

int dest_begin_blob(struct dest *d, struct sink **out, struct err *err)
{
	if (begin_blob(d, err) < 0) {
		end_sinks(d);
		return err_ctx(err, "%.*s", STR_ARG(d->ref.text));
	}
	*out = d->hash;
	return 0;
}

static int end_blob(struct dest *d, struct dest_blob *b, struct err *err)
{
	b->digest = d->digest;
	b->size = d->size;
	const struct dest_blob *old = dest_find_blob(d, &b->digest);
	if (d->kind->end(d, b, !old, err) < 0)
		return -1;
	return old ? 0 : add_blob(d, b, err);
}

/* Equal blobs are one: the second is written like the first, since its digest is
 * known at its end only, and then dropped by the kind (keep: false). */
int dest_end_blob(struct dest *d, struct sink **blob, struct desc *desc,
		  struct err *err)
{
	struct dest_blob b = { 0 };
	assert(*blob == d->hash);
	/* The sink's own errors name the destination. */
	int r = sink_finish(d->hash, err);
	if (r == 0)
		r = sink_finish(d->to, err);
	end_sinks(d);
	*blob = NULL;
	if (r < 0)
		return -1;
	if (end_blob(d, &b, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(d->ref.text));
	desc->digest = b.digest;
	desc->size = b.size;
	return 0;
}

/* A docker-archive names its config, but no OCI manifest; which of the documents
 * are wanted, dest_finish tells. */
static int hold(struct dest *d, struct str bytes, struct desc *desc,
		struct err *err)
{
	struct dest_blob b = { .size = bytes.n, .is_held = true };
	if (digest_of(DIGEST_SHA256, bytes.p, bytes.n, &b.digest, err) < 0)
		return -1;
	if (!dest_find_blob(d, &b.digest) &&
	    (arena_str(&d->arena, bytes, &b.held, err) < 0 ||
	     add_blob(d, &b, err) < 0))
		return -1;
	desc->digest = b.digest;
	desc->size = b.size;
	return 0;
}

int dest_put_bytes(struct dest *d, struct str bytes, struct desc *desc,
		   struct err *err)
{
	struct sink *to = NULL;
	if (d->kind->holds_bytes)
		return hold(d, bytes, desc, err);
	if (dest_begin_blob(d, &to, err) < 0)
		return -1;
	if (sink_write(to, bytes.p, bytes.n, err) < 0) {
		end_sinks(d);
		return -1;
	}
	return dest_end_blob(d, &to, desc, err);
}

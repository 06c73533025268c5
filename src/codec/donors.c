/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/donors.h"

#include <stdlib.h>

#include "base/vec.h"
#include "codec/internal.h"

/* As many as 256 GB in members of the smallest size have; a blob that claims
 * more of them is no donor for the rest. */
enum { MEMBERS_MAX = 1 << 20, ALIKE_MAX = 8 };

struct member {
	struct codec_member says;
	uint32_t n; /* bytes, header and trailer included */
	uint32_t blob;
	uint64_t offset;
};

/* A blob that was listed, and how far it was read for its members. */
struct donor {
	size_t number;
	struct stream *in;
	uint64_t at;
};

struct codec_donors {
	const struct codec_donor_ops *ops;
	void *self;
	struct donor *blobs;
	uint32_t n_blobs, cap_blobs;
	struct member *v; /* sorted once the first is taken */
	uint32_t n, cap;
	bool sorted;
};

int codec_donors_new(const struct codec_donor_ops *ops, void *self,
		     struct codec_donors **out, struct err *err)
{
	struct codec_donors *d = calloc(1, sizeof *d);
	if (!d)
		return err_nomem(err, sizeof *d);
	d->ops = ops;
	d->self = self;
	*out = d;
	return 0;
}

void codec_donors_close(struct codec_donors **dp)
{
	struct codec_donors *d = take(dp);
	if (!d)
		return;
	for (uint32_t i = 0; i < d->n_blobs; i++)
		stream_close(&d->blobs[i].in);
	free(d->blobs);
	free(d->v);
	free(d);
}

static int add_member(struct codec_donors *d, const struct member *m,
		      struct err *err)
{
	if (vec_room((void **)&d->v, d->n, &d->cap, sizeof *d->v, err) < 0)
		return -1;
	d->v[d->n++] = *m;
	return 0;
}

/* One member: 1; 0: none of ours begins here, or it is cut off. */
static int list_member(struct stream *in, struct member *m, struct err *err)
{
	const uint8_t *p;
	size_t have;
	int r = stream_peek(in, GZIP_HEAD, &p, &have, err);
	if (r <= 0)
		return r;
	if (!codec_gzip_parse_head(p, have, &m->n, &m->says.level))
		return 0;
	/* A blob that ends earlier is damaged; whoever reads it for its
	 * content finds that out. */
	uint8_t trailer[GZIP_TRAILER];
	size_t got;
	stream_skip(in, GZIP_HEAD);
	uint64_t left = m->n - GZIP_HEAD - GZIP_TRAILER;
	while (left && (r = stream_peek(in, 1, &p, &have, err)) > 0) {
		size_t step = (size_t)MIN(left, (uint64_t)have);
		stream_skip(in, step);
		left -= step;
	}
	if (r < 0 || stream_read(in, trailer, sizeof trailer, &got, err) < 0)
		return -1;
	if (left || got < sizeof trailer)
		return 0;
	codec_gzip_parse_trailer(trailer, &m->says.crc, &m->says.size);
	return 1;
}

int codec_donors_add(struct codec_donors *d, size_t number, struct err *err)
{
	scoped(stream_close) struct stream *in = NULL;
	struct member m = { .blob = d->n_blobs };
	int r;
	if (d->ops->open(d->self, number, &in, err) < 0)
		return -1;
	while (d->n < MEMBERS_MAX && (r = list_member(in, &m, err)) > 0) {
		if (add_member(d, &m, err) < 0)
			return -1;
		m.offset += m.n;
	}
	if (r < 0 || m.offset == 0)
		return r;
	if (vec_room((void **)&d->blobs, d->n_blobs, &d->cap_blobs,
		     sizeof *d->blobs, err) < 0)
		return -1;
	d->blobs[d->n_blobs++] = (struct donor){ .number = number };
	d->sorted = false;
	return 0;
}

static int compare_says(const struct codec_member *a,
			const struct codec_member *b)
{
	if (a->crc != b->crc)
		return a->crc < b->crc ? -1 : 1;
	if (a->size != b->size)
		return a->size < b->size ? -1 : 1;
	return a->level - b->level;
}

/* Of members that are alike, the one that is read first comes first. */
static int compare(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int r = compare_says(&x->says, &y->says);
	if (r)
		return r;
	if (x->blob != y->blob)
		return x->blob < y->blob ? -1 : 1;
	return (x->offset > y->offset) - (x->offset < y->offset);
}

/* The first that is not before `like`. */
static uint32_t lower_bound(const struct codec_donors *d,
			    const struct codec_member *like)
{
	uint32_t low = 0, high = d->n;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (compare_says(&d->v[mid].says, like) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static int copy(struct codec_donors *d, const struct member *m, uint8_t *buf,
		struct err *err)
{
	struct donor *b = &d->blobs[m->blob];
	size_t got;
	if (!b->in && d->ops->open(d->self, b->number, &b->in, err) < 0)
		return -1;
	if (stream_skip_n(b->in, m->offset - b->at, err) < 0 ||
	    stream_read(b->in, buf, m->n, &got, err) < 0)
		return -1;
	b->at = m->offset + got;
	return got == m->n;
}

int codec_donors_take(struct codec_donors *d, const struct codec_member *like,
		      uint8_t *buf, size_t cap, size_t *n, struct err *err)
{
	if (!d->sorted && d->n)
		qsort(d->v, d->n, sizeof *d->v, compare);
	d->sorted = true;
	uint32_t first = lower_bound(d, like);
	uint32_t end = MIN(d->n, first + ALIKE_MAX);
	for (uint32_t i = first;
	     i < end && compare_says(&d->v[i].says, like) == 0; i++) {
		const struct member *m = &d->v[i];
		if (m->n > cap || m->offset < d->blobs[m->blob].at)
			continue;
		*n = m->n;
		return copy(d, m, buf, err);
	}
	return 0;
}

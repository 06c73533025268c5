/* SPDX-License-Identifier: Apache-2.0 */
/* One driver for all decompressors. It sees a row of members, whatever each
 * codec calls them (gzip members, zstd frames, xz and bzip2 streams), and owns
 * what must be alike for all: buffers, limits, marks, which bytes may stand
 * between and behind members, and the words of errors.
 *
 *	begin, step .. step, begin, step .. step, end of input
 *	|------ member -----||------ member ----|
 *
 * Decompression bombs are the hostile input here. A layer may honestly be
 * gigabytes of zeros, so neither size nor ratio alone condemns one: past
 * inflate_free_max bytes, and from there on only, the ratio counts. With the
 * defaults (4.5 GiB, 250) a layer of 4 GiB of zeros passes and 64 GiB of zeros
 * in 2 MB of zstd do not. The limit is met before the bytes are handed out, see
 * look_ahead: whoever reads a layer hashes each byte twice, so that bomb once
 * cost 20 seconds, and costs 0.1 now. */
#include "codec/internal.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

/* A step's output stays in the second-level cache until it is read. The
 * look-back of a peek is moved to the front, so it must fit in a part. */
enum { OUT_BUFFER = 256 << 10, MARK_EVERY = 256 << 10 };
/* From here on, what is coded suspiciously well is looked at before anyone
 * else: whoever reads a layer hashes each byte twice, and zeros cost the reader
 * more than the decoder. */
#define AHEAD_FROM (16ull << 20)

struct decode {
	struct stream s;
	const struct decoder *dec;
	void *state;
	struct stream *in;
	struct limits lim;
	struct codec_marks *marks;
	uint64_t n_in, n_out; /* consumed, produced */
	uint64_t members;     /* begun */
	bool inside;	      /* a member */
	bool ended;
	bool tail_allowed; /* behind the last member */
	size_t from, to;   /* buf[from..to) is not skipped yet */
	/* What was decoded ahead: a byte so many times, then ahead[at..n). */
	uint64_t run;
	uint8_t run_byte;
	uint8_t *ahead;
	size_t ahead_at, ahead_n;
	uint8_t buf[OUT_BUFFER];
};

static int add_mark(struct codec_marks *m, uint64_t out, uint64_t in,
		    struct err *err)
{
	if (m->n == m->cap) {
		size_t cap = m->cap ? 2 * m->cap : 64;
		struct codec_mark *v = realloc(m->v, cap * sizeof *v);
		if (!v)
			return err_nomem(err, cap * sizeof *v);
		m->v = v;
		m->cap = cap;
	}
	m->v[m->n++] = (struct codec_mark){ out, in };
	return 0;
}

/* Marks rise in both numbers, and the last one tells the totals.
 *
 * A mark at most every 256 KiB of output, and none while no input was taken in
 * between: cost_to (tree/cost.c) divides by the distance of two marks. */
static int mark(struct decode *d, struct err *err)
{
	struct codec_marks *m = d->marks;
	if (!m)
		return 0;
	struct codec_mark *last = m->n ? &m->v[m->n - 1] : NULL;
	uint64_t out = last ? last->out : 0, in = last ? last->in : 0;
	if (!d->ended && (d->n_out - out < MARK_EVERY || d->n_in == in))
		return 0;
	if (last && d->ended && (d->n_out == out || d->n_in == in)) {
		*last = (struct codec_mark){ d->n_out, d->n_in };
		return 0;
	}
	return add_mark(m, d->n_out, d->n_in, err);
}

static uint64_t ratio(const struct decode *d)
{
	return d->n_out / MAX(d->n_in, 1ull);
}

/* xz and bzip2 decode an order of magnitude slower, so a bomb of theirs gets a
 * quarter of the bytes. */
static int check_limits(struct decode *d, struct err *err)
{
	const struct limits *lim = &d->lim;
	uint64_t free = lim->inflate_free_max / (d->dec->slow ? 4 : 1);
	if (d->n_out > lim->layer_max)
		limits_exceeded(lim, &lim->layer_max, d->n_out, err);
	else if (d->n_out > free && ratio(d) > lim->inflate_ratio_max)
		limits_exceeded(lim, &lim->inflate_ratio_max, ratio(d), err);
	else
		return 0;
	return err_ctx(err, "%s: at byte %" PRIu64, d->dec->name, d->n_in);
}

static int member_failed(struct decode *d, struct err *err)
{
	return err_ctx(err, "%s: member %" PRIu64 " at byte %" PRIu64,
		       d->dec->name, d->members, d->n_in);
}

static int truncated(struct decode *d, struct err *err)
{
	return err_set(err, ERR_CORRUPT,
		       "%s: ends in the middle of member %" PRIu64
		       " at byte %" PRIu64,
		       d->dec->name, d->members, d->n_in);
}

static int garbage(struct decode *d, struct err *err)
{
	if (d->members == 0)
		return err_set(err, ERR_CORRUPT, "%s: has no %s header",
			       d->dec->name, d->dec->name);
	return err_set(err, ERR_CORRUPT,
		       "%s: trailing garbage at byte %" PRIu64
		       ", behind member %" PRIu64,
		       d->dec->name, d->n_in, d->members);
}

/* 1: a member begins; 0: the input is at its end.
 *
 * A blob that ends behind a member is whole; bytes that begin no further
 * member are an error, as a digest covers them and a reader that stops early
 * would hash something else than one that goes on. A whole archive that someone
 * compressed is the exception (tail_allowed): no digest covers its tail. */
static int next_member(struct decode *d, struct err *err)
{
	const uint8_t *p;
	size_t n;
	int r, begin;
	while ((r = stream_peek(d->in, BEGIN_WANT, &p, &n, err)) > 0) {
		begin = d->dec->begin(d->state, &d->lim, p, n, err);
		if (begin == BEGIN_NOT && d->tail_allowed && d->members)
			return 0;
		if (begin == BEGIN_NOT ||
		    (begin == BEGIN_PADDING && d->members == 0))
			return garbage(d, err);
		if (begin == BEGIN_PADDING) {
			stream_skip(d->in, 4);
			d->n_in += 4;
			continue;
		}
		d->members++;
		if (begin < 0)
			return member_failed(d, err);
		d->inside = true;
		return 1;
	}
	if (r == 0 && d->members == 0) {
		d->members = 1;
		return truncated(d, err);
	}
	return r;
}

/* One step into out[0..room), of which *made are filled; d->ended at the end of
 * all. */
static int step(struct decode *d, uint8_t *out, size_t room, size_t *made,
		struct err *err)
{
	const uint8_t *p;
	size_t have;
	int r;
	*made = 0;
	if (!d->inside) {
		r = next_member(d, err);
		if (r < 0)
			return -1;
		d->ended = r == 0;
		if (d->ended)
			return mark(d, err);
	}
	r = stream_peek(d->in, 1, &p, &have, err);
	if (r < 0)
		return -1;
	if (r == 0) {
		/* A codec may still hold bytes; memcpy wants a pointer. */
		p = (const uint8_t *)"";
		have = 0;
	}
	size_t used = have;
	*made = room;
	r = d->dec->step(d->state, p, &used, out, made, err);
	d->n_in += used;
	if (r < 0)
		return member_failed(d, err);
	if (used)
		stream_skip(d->in, used);
	d->n_out += *made;
	d->inside = r > 0;
	/* Neither input nor output moved: the codec waits for bytes that will
	 * never come. Without this a cut blob would loop here for ever. */
	if (r > 0 && used == 0 && *made == 0)
		return truncated(d, err);
	if (check_limits(d, err) < 0)
		return -1;
	return mark(d, err);
}

/* Adds to the run what goes on with it. */
static bool extend_run(struct decode *d, const uint8_t *p, size_t n)
{
	if (n &&
	    ((d->run && p[0] != d->run_byte) || memcmp(p, p + 1, n - 1) != 0))
		return false;
	if (n)
		d->run_byte = p[0];
	d->run += n;
	return true;
}

/* Decodes on while there is nothing but one byte, mostly zero, which is only
 * counted: so a bomb is past its limit before a byte of it is handed out.
 *
 * The run is counted and not stored, so a run of any length takes no memory;
 * the first piece with another byte in it waits in d->ahead and ends the look.
 */
static int look_ahead(struct decode *d, struct err *err)
{
	if (!d->ahead)
		d->ahead = malloc(OUT_BUFFER);
	if (!d->ahead)
		return err_nomem(err, OUT_BUFFER);
	while (!d->ended && ratio(d) > d->lim.inflate_ratio_max) {
		if (step(d, d->ahead, OUT_BUFFER, &d->ahead_n, err) < 0)
			return -1;
		d->ahead_at = 0;
		if (!extend_run(d, d->ahead, d->ahead_n))
			return 0;
		d->ahead_n = 0;
	}
	return 0;
}

static bool has_ahead(const struct decode *d)
{
	return d->run || d->ahead_at < d->ahead_n;
}

/* More bytes behind buf[..to), which has room. */
static int fill(struct decode *d, struct err *err)
{
	uint8_t *out = d->buf + d->to;
	size_t room = sizeof d->buf - d->to, made;
	if (d->run) {
		made = (size_t)MIN(d->run, (uint64_t)room);
		memset(out, d->run_byte, made);
		d->run -= made;
	} else if (has_ahead(d)) {
		made = MIN(d->ahead_n - d->ahead_at, room);
		memcpy(out, d->ahead + d->ahead_at, made);
		d->ahead_at += made;
	} else {
		if (d->n_out > AHEAD_FROM &&
		    ratio(d) > d->lim.inflate_ratio_max)
			return look_ahead(d, err);
		if (step(d, out, room, &made, err) < 0)
			return -1;
	}
	d->to += made;
	return 0;
}

static int decode_peek(struct stream *s, size_t want, const uint8_t **p,
		       size_t *n, struct err *err)
{
	struct decode *d = (struct decode *)s;
	assert(want <= STREAM_WANT_MAX);
	want = MAX(want, (size_t)1);
	if (d->to - d->from < want && (!d->ended || has_ahead(d))) {
		memmove(d->buf, d->buf + d->from, d->to - d->from);
		d->to -= d->from;
		d->from = 0;
		while (d->to < want && (!d->ended || has_ahead(d)))
			if (fill(d, err) < 0)
				return -1;
	}
	*p = d->buf + d->from;
	*n = d->to - d->from;
	return *n > 0;
}

static void decode_skip(struct stream *s, size_t n)
{
	struct decode *d = (struct decode *)s;
	d->from += n;
}

static int decode_finish(struct stream *s, struct err *err)
{
	struct decode *d = (struct decode *)s;
	if (stream_drain(s, NULL, err) < 0)
		return -1;
	return stream_finish(d->in, err);
}

static void decode_close(struct stream *s)
{
	struct decode *d = (struct decode *)s;
	stream_close(&d->in);
	d->dec->close(d->state);
	free(d->ahead);
	free(d);
}

int codec_decode_open(const struct decoder *dec, struct stream **inner,
		      const struct limits *lim, struct codec_marks *marks,
		      bool tail_allowed, struct stream **out, struct err *err)
{
	static const struct stream_ops ops = {
		.peek = decode_peek,
		.skip = decode_skip,
		.finish = decode_finish,
		.close = decode_close,
	};
	void *state;
	if (dec->open(lim, &state, err) < 0)
		return -1;
	struct decode *d = malloc(sizeof *d);
	if (!d) {
		dec->close(state);
		return err_nomem(err, sizeof *d);
	}
	/* The buffer is left as it is: clearing it would touch its pages. */
	memset(d, 0, offsetof(struct decode, buf));
	d->s.ops = &ops;
	d->dec = dec;
	d->state = state;
	d->lim = *lim;
	d->marks = marks;
	d->tail_allowed = tail_allowed;
	d->in = take(inner);
	*out = &d->s;
	return 0;
}

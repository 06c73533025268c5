/* SPDX-License-Identifier: Apache-2.0 */
/* A tar as text, a line a member, for tests and for comparing two readers:
 *
 *	file "a" 644 0:0 t1000000000 #0 at 0, 5 of 5 at 512: "hello"
 *
 * is: type, name, mode, owner, mtime in nanoseconds, number, offset of the
 * member, size, payload and its offset, content. Names are quoted, so that no
 * byte of a hostile archive can end a line or look like two. */
#include "tar/dump.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *const type_names[] = {
	[TAR_FILE] = "file", [TAR_HARDLINK] = "link", [TAR_SYMLINK] = "sym",
	[TAR_CHAR] = "char", [TAR_BLOCK] = "block",   [TAR_DIR] = "dir",
	[TAR_FIFO] = "fifo", [TAR_OTHER] = "other",
};

static int put_quoted(struct buf *b, struct str s, struct err *err)
{
	if (buf_byte(b, '"', err) < 0 || buf_quoted(b, s, err) < 0)
		return -1;
	return buf_byte(b, '"', err);
}

static int put_extras(struct buf *b, const struct tar_entry *e, struct err *err)
{
	for (size_t i = 0; i < e->n_xattrs; i++) {
		if (buf_byte(b, ' ', err) < 0 ||
		    buf_quoted(b, e->xattrs[i].name, err) < 0 ||
		    buf_byte(b, '=', err) < 0 ||
		    put_quoted(b, e->xattrs[i].value, err) < 0)
			return -1;
	}
	if (e->is_sparse && buf_addf(b, err, " sparse") < 0)
		return -1;
	for (size_t i = 0; i < e->n_sparse; i++)
		if (buf_addf(b, err, "%c%" PRIu64 "+%" PRIu64, i ? ',' : ' ',
			     e->sparse[i].offset, e->sparse[i].size) < 0)
			return -1;
	return 0;
}

static int put_entry(struct buf *b, const struct tar_entry *e, struct err *err)
{
	if (buf_addf(b, err, "%s ", type_names[e->type]) < 0 ||
	    put_quoted(b, e->name, err) < 0)
		return -1;
	if (e->target.n &&
	    (buf_addf(b, err, " -> ") < 0 || put_quoted(b, e->target, err) < 0))
		return -1;
	if (e->type == TAR_OTHER && buf_addf(b, err, " flag %c", e->flag) < 0)
		return -1;
	if ((e->devmajor || e->devminor) &&
	    buf_addf(b, err, " dev %u:%u", e->devmajor, e->devminor) < 0)
		return -1;
	if (buf_addf(b, err,
		     " %o %u:%u t%s #%" PRIu64 " at %" PRIu64 ", %" PRIu64
		     " of %" PRIu64 " at %" PRIu64 "%s",
		     e->mode, e->uid, e->gid, instant_in_ns(e->mtime).text,
		     e->number, e->offset, e->size, e->payload,
		     e->payload_offset, e->has_global ? " global" : "") < 0)
		return -1;
	return put_extras(b, e, err);
}

/* A run of data: itself, or how much and a hash (FNV-1a). */
static int put_data(struct buf *b, struct str s, struct err *err)
{
	uint64_t hash = 0xcbf29ce484222325;
	if (s.n <= 64)
		return put_quoted(b, s, err);
	for (size_t i = 0; i < s.n; i++)
		hash = (hash ^ (uint8_t)s.p[i]) * 0x100000001b3;
	return buf_addf(b, err, "%zu bytes %016" PRIx64, s.n, hash);
}

/* Data is gathered, so that the text does not depend on the stream. */
static int put_content(struct buf *b, struct tar_reader *t, struct err *err)
{
	scoped(buf_done) struct buf data = BUF_INIT(SIZE_MAX);
	struct tar_run run;
	int r;
	const char *before = ":";
	while ((r = tar_content(t, &run, err)) >= 0) {
		if (r && run.p) {
			if (buf_add(&data, run.p, (size_t)run.n, err) < 0)
				return -1;
			continue;
		}
		if (data.n && (buf_addf(b, err, "%s ", before) < 0 ||
			       put_data(b, buf_str(&data), err) < 0))
			return -1;
		if (data.n)
			before = "";
		buf_reset(&data);
		if (r == 0)
			break;
		if (buf_addf(b, err, "%s <%" PRIu64 ">", before, run.n) < 0)
			return -1;
		before = "";
	}
	return r < 0 ? -1 : buf_byte(b, '\n', err);
}

static int put_failure(struct buf *b, const struct err *failure,
		       struct err *err)
{
	static const char *const codes[] = {
		[ERR_CORRUPT] = "corrupt",
		[ERR_LIMIT] = "limit",
		[ERR_UNSUPPORTED] = "unsupported",
	};
	return buf_addf(b, err, "%s: %s\n", codes[failure->code],
			failure->text);
}

int tar_dump(struct stream *in, const struct limits *lim, struct buf *out,
	     struct err *err)
{
	scoped(tar_close) struct tar_reader *t = NULL;
	struct tar_entry e;
	struct err failure = { 0 };
	int r;
	if (tar_open(in, lim, &t, err) < 0)
		return -1;
	while ((r = tar_next(t, &e, &failure)) > 0) {
		size_t at = out->n;
		if (put_entry(out, &e, err) < 0)
			return -1;
		if (put_content(out, t, &failure) < 0) {
			out->n = at; /* how far it came is the stream's */
			break;
		}
	}
	if (failure.code)
		return put_failure(out, &failure, err);
	return buf_addf(out, err, "end at %" PRIu64 "\n", tar_offset(t));
}

struct drip {
	struct stream base;
	struct str rest;
	uint8_t *shown;
	size_t n_shown;
};

static int drip_peek(struct stream *s, size_t want, const uint8_t **p,
		     size_t *n, struct err *err)
{
	struct drip *d = container_of(s, struct drip, base);
	free(d->shown);
	d->n_shown = MIN(MAX(want, (size_t)1), d->rest.n);
	d->shown = malloc(d->n_shown + 1);
	if (!d->shown)
		return err_nomem(err, d->n_shown);
	if (d->n_shown)
		memcpy(d->shown, d->rest.p, d->n_shown);
	*p = d->shown;
	*n = d->n_shown;
	return d->n_shown > 0;
}

static void drip_skip(struct stream *s, size_t n)
{
	struct drip *d = container_of(s, struct drip, base);
	free(d->shown);
	d->shown = NULL;
	d->rest = str_from(d->rest, MIN(n, d->n_shown));
	d->n_shown = 0;
}

static int drip_finish(struct stream *s, struct err *err)
{
	(void)s;
	(void)err;
	return 0;
}

static void drip_close(struct stream *s)
{
	struct drip *d = container_of(s, struct drip, base);
	free(d->shown);
	free(d);
}

int drip_open(struct str bytes, struct stream **out, struct err *err)
{
	static const struct stream_ops ops = {
		.peek = drip_peek,
		.skip = drip_skip,
		.finish = drip_finish,
		.close = drip_close,
	};
	struct drip *d = calloc(1, sizeof *d);
	if (!d)
		return err_nomem(err, sizeof *d);
	d->base.ops = &ops;
	d->rest = bytes;
	*out = &d->base;
	return 0;
}

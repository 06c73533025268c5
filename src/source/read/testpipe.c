/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/testpipe.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "source/read/oci_layout.h"
#include "base/test.h" /* last: cmocka defines skip */

enum { KEPT_MAX = 8 };

static struct kept {
	char name[64];
	struct testimage image;
} kept[KEPT_MAX];
static atomic_uint n_streams;

static struct kept *find_kept(const char *name)
{
	for (size_t i = 0; i < KEPT_MAX; i++)
		if (strcmp(kept[i].name, name) == 0)
			return &kept[i];
	return NULL;
}

struct testimage *testpipe_get(const char *name)
{
	struct kept *k = *name ? find_kept(name) : NULL;
	return k ? &k->image : NULL;
}

void testpipe_drop(const char *name)
{
	struct kept *k = *name ? find_kept(name) : NULL;
	if (!k)
		return;
	testimage_done(&k->image);
	k->name[0] = 0;
}

static void clear(void)
{
	testpipe_clear();
}

void testpipe_put(const char *name, const struct testimage *t)
{
	struct err err = { 0 };
	testplace_also = clear;
	testpipe_drop(name);
	struct kept *k = find_kept("");
	assert_non_null(k);
	testimage_print(k->name, sizeof k->name, "%s", name);
	for (size_t i = 0; t && i < t->n; i++) {
		testimage_add(&k->image, t->v[i].name, "");
		struct buf *to = &k->image.v[k->image.n - 1].content;
		assert_ok(buf_str_add(to, buf_str(&t->v[i].content), &err),
			  &err);
	}
}

void testpipe_rename(const char *from, const char *to)
{
	testpipe_drop(to);
	struct kept *k = find_kept(from);
	assert_non_null(k);
	testimage_print(k->name, sizeof k->name, "%s", to);
}

unsigned testpipe_clear(void)
{
	for (size_t i = 0; i < KEPT_MAX; i++)
		if (kept[i].name[0])
			testpipe_drop(kept[i].name);
	return atomic_exchange(&n_streams, 0);
}

/* The other end writes 1, 3, 5, .. 29, 1, .. bytes at a time; they are gathered
 * until there are as many as the reader wants, and shown no sooner. */
struct chunks {
	struct stream s;
	struct str left; /* not come yet */
	size_t chunk;
	uint8_t buf[STREAM_WANT_MAX + 32];
	size_t at, n; /* what has come and is not skipped: buf[at..n) */
};

static void receive(struct chunks *c)
{
	size_t n = MIN(c->chunk, c->left.n);
	c->chunk = c->chunk < 29 ? c->chunk + 2 : 1;
	memcpy(c->buf + c->n, c->left.p, n);
	c->n += n;
	c->left = str_from(c->left, n);
}

static int chunks_peek(struct stream *s, size_t want, const uint8_t **p,
		       size_t *n, struct err *err)
{
	struct chunks *c = (struct chunks *)s;
	(void)err;
	memmove(c->buf, c->buf + c->at, c->n - c->at);
	c->n -= c->at;
	c->at = 0;
	while (c->left.n && (c->n < want || c->n == 0))
		receive(c);
	*p = c->buf;
	*n = c->n;
	return c->n > 0;
}

static void chunks_skip(struct stream *s, size_t n)
{
	struct chunks *c = (struct chunks *)s;
	assert_true(n <= c->n - c->at);
	c->at += n;
}

static int chunks_finish(struct stream *s, struct err *err)
{
	return stream_drain(s, NULL, err);
}

static void chunks_close(struct stream *s)
{
	free(s);
}

static int chunks_open(struct str bytes, struct stream **out, struct err *err)
{
	static const struct stream_ops ops = {
		.peek = chunks_peek,
		.skip = chunks_skip,
		.finish = chunks_finish,
		.close = chunks_close,
	};
	struct chunks *c = calloc(1, sizeof *c);
	if (!c)
		return err_nomem(err, sizeof *c);
	c->s.ops = &ops;
	c->left = bytes;
	c->chunk = 1;
	atomic_fetch_add(&n_streams, 1);
	*out = &c->s;
	return 0;
}

struct pipe_source {
	struct source source; /* first */
	const struct testimage *image;
};

/* The last one counts, as in a tar. */
static const struct testfile *find_file(const struct source *s,
					const char *name)
{
	const struct testimage *t = ((const struct pipe_source *)s)->image;
	for (size_t i = t->n; i-- > 0;)
		if (strcmp(t->v[i].name, name) == 0)
			return &t->v[i];
	return NULL;
}

/* "p" of "p:v1". */
static struct str name_in(const struct ref *ref, char *name, size_t size)
{
	struct str head = { ref->path.p, str_find(ref->path, ':') };
	testimage_print(name, size, "%.*s", (int)MIN(head.n, size - 1), head.p);
	return head;
}

static bool takes(const struct ref *ref)
{
	char name[64];
	name_in(ref, name, sizeof name);
	return ref->transport == REF_PATH && testpipe_get(name);
}

static int open_kept(struct source *s, const struct source_options *opt,
		     struct err *err)
{
	char name[64];
	struct ref *ref = &s->ref;
	struct str head = name_in(ref, name, sizeof name);
	struct str tag = str_from(ref->path, MIN(head.n + 1, ref->path.n));
	(void)opt;
	((struct pipe_source *)s)->image = testpipe_get(name);
	ref->path = head;
	if (!str_starts(tag, STR("@"))) {
		ref->tag = tag;
		return 0;
	}
	ref->has_index = str_to_u64(str_from(tag, 1), &ref->index);
	return ref->has_index ? 0 : err_set(err, ERR_USAGE, "no number");
}

static const char *name(const struct source *s)
{
	(void)s;
	return "pipe";
}

static const struct testfile *find_blob(const struct source *s,
					const struct desc *d)
{
	char path[256];
	testimage_print(path, sizeof path, "blobs/%s/%s",
			digest_alg_name(d->digest.alg),
			digest_hex(&d->digest).text);
	return find_file(s, path);
}

static int open_blob(const struct source *s, const struct desc *d,
		     bool is_document, struct stream **out, struct err *err)
{
	const struct testfile *f = find_blob(s, d);
	(void)is_document;
	if (!f)
		return 0;
	return chunks_open(buf_str(&f->content), out, err) < 0 ? -1 : 1;
}

static int has_blob(const struct source *s, const struct desc *d,
		    struct err *err)
{
	(void)err;
	return find_blob(s, d) != NULL;
}

static int read_document(struct source *s, const char *file, struct str *out,
			 struct err *err)
{
	scoped(stream_close) struct stream *in = NULL;
	scoped(buf_done) struct buf text = BUF_INIT(s->lim.manifest_max);
	const struct testfile *f = find_file(s, file);
	if (!f)
		return 0;
	if (chunks_open(buf_str(&f->content), &in, err) < 0 ||
	    stream_slurp(in, &text, err) < 0 || stream_finish(in, err) < 0 ||
	    arena_str(&s->arena, buf_str(&text), out, err) < 0)
		return -1;
	return 1;
}

const struct source_kind testpipe_kind = {
	.size = sizeof(struct pipe_source),
	.takes = takes,
	.open = open_kept,
	.name = name,
	.images = source_oci_images,
	.open_layer = source_oci_open_layer,
	.open_blob = open_blob,
	.has_blob = has_blob,
	.read_document = read_document,
};

const struct source_kind *const testpipe_kinds[] = { &testpipe_kind,
						     &source_file_kind, NULL };

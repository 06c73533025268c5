/* SPDX-License-Identifier: Apache-2.0 */
#include "source/write/testcallback.h"

#include <stdlib.h>

#include "source/read/testpipe.h"
#include "source/write/oci_docs.h"
#include "base/test.h" /* last: cmocka defines skip */

/* --- the callbacks that keep all in memory -------------------------------- */

static const char staged[] = "staged";
static struct buf coming = BUF_INIT(16 << 20); /* the blob in work */
static char shown_as[64];

static int keep_bytes(void *self, const void *p, size_t n, struct err *err)
{
	(void)self;
	return buf_add(&coming, p, n, err);
}

static int keep_document(void *self, const char *name, struct str text,
			 struct err *err)
{
	struct testimage *t = testpipe_get(staged);
	(void)self;
	testimage_add(t, name, "");
	return buf_str_add(&t->v[t->n - 1].content, text, err);
}

static int keep_blob(void *self, const struct digest *d, bool keep,
		     struct err *err)
{
	char name[256];
	testimage_print(name, sizeof name, "blobs/sha256/%s",
			digest_hex(d).text);
	int r = keep ? keep_document(self, name, buf_str(&coming), err) : 0;
	buf_reset(&coming);
	return r;
}

static int keep_commit(void *self, struct err *err)
{
	(void)self;
	(void)err;
	testpipe_rename(staged, shown_as);
	return 0;
}

static int open_staged(void *self, struct ref *ref,
		       const struct source_options *opt, struct source **out,
		       struct err *err)
{
	struct source_options piped = *opt;
	(void)self;
	piped.kinds = testpipe_kinds;
	ref->path = str_of(staged);
	return source_open(ref, &piped, out, err);
}

static void forget(void *self)
{
	(void)self;
	buf_done(&coming);
	testpipe_drop(staged);
}

static const struct testcallback in_memory = {
	.bytes = keep_bytes,
	.blob = keep_blob,
	.document = keep_document,
	.commit = keep_commit,
	.stage = open_staged,
	.close = forget,
};

/* --- the kind ------------------------------------------------------------- */

static const struct testcallback *next = &in_memory;

struct callback_dest {
	struct dest dest; /* first */
	const struct testcallback *to;
};

struct callback_sink {
	struct sink sink; /* first */
	const struct testcallback *to;
};

void testcallback_set(const struct testcallback *to)
{
	next = to ? to : &in_memory;
}

static const struct testcallback *of(const struct dest *d)
{
	return ((const struct callback_dest *)d)->to;
}

static bool takes(const struct ref *ref)
{
	return ref->transport == REF_PATH && str_starts(ref->path, STR("p"));
}

static int callback_open(struct dest *d, struct err *err)
{
	struct callback_dest *c = (struct callback_dest *)d;
	(void)err;
	c->to = next;
	testimage_print(shown_as, sizeof shown_as, "%.*s",
			STR_ARG(d->ref.path));
	testpipe_put(staged, NULL);
	return 0;
}

static void callback_close(struct dest *d)
{
	if (of(d)->close)
		of(d)->close(of(d)->self);
}

static int sink_bytes(struct sink *s, const void *p, size_t n, struct err *err)
{
	const struct testcallback *to = ((struct callback_sink *)s)->to;
	return to->bytes(to->self, p, n, err);
}

static int sink_end(struct sink *s, struct err *err)
{
	(void)s;
	(void)err;
	return 0;
}

static void sink_free(struct sink *s)
{
	free(s);
}

static int callback_begin(struct dest *d, struct sink **out, struct err *err)
{
	static const struct sink_ops ops = { sink_bytes, sink_end, sink_free };
	struct callback_sink *s = calloc(1, sizeof *s);
	if (!s)
		return err_nomem(err, sizeof *s);
	s->sink.ops = &ops;
	s->to = of(d);
	*out = &s->sink;
	return 0;
}

static int callback_end(struct dest *d, struct dest_blob *b, bool keep,
			struct err *err)
{
	return of(d)->blob(of(d)->self, &b->digest, keep, err);
}

/* Documents were held back until now, when it is known what they are. */
static int put_held(struct dest *d, struct err *err)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct dest_blob *b = &d->blobs[i];
		char name[256];
		testimage_print(name, sizeof name, "blobs/sha256/%s",
				digest_hex(&b->digest).text);
		if (b->is_held &&
		    of(d)->document(of(d)->self, name, b->held, err) < 0)
			return -1;
	}
	return 0;
}

static int callback_finish(struct dest *d, const struct dest_result *r,
			   struct err *err)
{
	scoped(buf_done) struct buf index = BUF_INIT(DEST_DOC_MAX);
	struct str entry;
	if (dest_oci_entry(d, r, &entry, err) < 0 || put_held(d, err) < 0 ||
	    dest_index_json(r->around.layout, entry, &index, err) < 0 ||
	    of(d)->document(of(d)->self, "oci-layout", STR(DEST_OCI_LAYOUT),
			    err) < 0)
		return -1;
	return of(d)->document(of(d)->self, "index.json", buf_str(&index), err);
}

static int callback_stage(struct dest *d, struct ref *ref,
			  const struct source_options *opt, struct source **out,
			  struct err *err)
{
	return of(d)->stage(of(d)->self, ref, opt, out, err);
}

static int callback_commit(struct dest *d, struct err *err)
{
	return of(d)->commit(of(d)->self, err);
}

const struct dest_kind testcallback_kind = {
	.name = "callback",
	.transport = REF_PATH,
	.size = sizeof(struct callback_dest),
	.takes_index = true,
	.holds_bytes = true,
	.holds = DEST_HOLDS_LAYOUT,
	.takes = takes,
	.open = callback_open,
	.close = callback_close,
	.begin = callback_begin,
	.end = callback_end,
	.finish = callback_finish,
	.stage = callback_stage,
	.commit = callback_commit,
};

const struct dest_kind *const *testcallback_kinds(void)
{
	static const struct dest_kind *all[16] = { &testcallback_kind };
	for (size_t i = 0; dest_kinds[i]; i++)
		all[i + 1] = dest_kinds[i];
	return all;
}

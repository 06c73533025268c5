/* SPDX-License-Identifier: Apache-2.0 */
/* From index.json to images, over a kind of source without a file.
 *
 * The bytes are documents with a zero byte between them, index.json first. Few
 * mutations make a digest that is right, so "@N" in a document stands for the
 * digest of the Nth one behind it (from 0) and, after the closing quote, its
 * size; "#N" for the digest alone. */
#include <assert.h>
#include <stdlib.h>

#include "source/read/kind.h"
#include "source/read/oci_layout.h"

#include "fuzz.h"

enum { DOCS_MAX = 10, TEXT_MAX = 1 << 16 };

static const struct limits small = {
	.layers_max = 20,
	.blob_max = 1 << 20,
	.layer_max = 1 << 20,
	.manifest_max = 1 << 16,
	.config_max = 1 << 16,
	.json_depth_max = 16,
	.index_depth_max = 4,
	.manifests_max = 50,
};

/* All of one input, expanded. */
static struct docs {
	struct buf text[DOCS_MAX];
	struct digest digest[DOCS_MAX];
	size_t n;
} docs;

static int put_reference(struct buf *to, char mark, size_t n, struct err *err)
{
	if (buf_str_add(to, str_of(digest_text(&docs.digest[n]).text), err) < 0)
		return -1;
	return mark == '#' ? 0
			   : buf_addf(to, err, "\",\"size\":%zu,\"x\":\"",
				      docs.text[n].n);
}

/* A document names what stands behind it, so those are expanded first. */
static void expand(struct str raw, size_t i)
{
	struct err err = { 0 };
	struct buf *to = &docs.text[i];
	*to = (struct buf)BUF_INIT(TEXT_MAX);
	for (size_t at = 0; at < raw.n; at++) {
		char c = raw.p[at];
		size_t n = at + 1 < raw.n ? (size_t)(raw.p[at + 1] - '0') : 99;
		bool names =
			(c == '@' || c == '#') && n < 10 && i + 1 + n < docs.n;
		if ((names ? put_reference(to, c, i + 1 + n, &err)
			   : buf_byte(to, c, &err)) < 0)
			break;
		at += names;
	}
	err_clear(&err);
	if (digest_of(DIGEST_SHA256, to->n ? to->p : "", to->n, &docs.digest[i],
		      &err) < 0)
		abort();
}

static void split(struct str all)
{
	struct str raw[DOCS_MAX];
	docs.n = 0;
	for (bool more = true; more && docs.n < DOCS_MAX; docs.n++) {
		struct str rest = { 0 };
		more = str_cut(all, 0, &raw[docs.n], &rest);
		if (!more)
			raw[docs.n] = all;
		all = rest;
	}
	for (size_t i = docs.n; i-- > 0;)
		expand(raw[i], i);
}

static bool takes(const struct ref *ref)
{
	return ref->transport == REF_DOCKER;
}

static int open_nothing(struct source *s, const struct source_options *opt,
			struct err *err)
{
	(void)s;
	(void)opt;
	(void)err;
	return 0;
}

static const char *name(const struct source *s)
{
	(void)s;
	return "documents";
}

static int open_blob(const struct source *s, const struct desc *d,
		     bool is_document, struct stream **out, struct err *err)
{
	(void)s;
	(void)is_document;
	for (size_t i = 1; i < docs.n; i++)
		if (digest_eq(&docs.digest[i], &d->digest))
			return mem_open(docs.text[i].n ? docs.text[i].p : "",
					docs.text[i].n, out, err) < 0
				       ? -1
				       : 1;
	return 0;
}

static int read_document(struct source *s, const char *file, struct str *out,
			 struct err *err)
{
	if (strcmp(file, "index.json") != 0)
		return 0;
	return arena_str(&s->arena, buf_str(&docs.text[0]), out, err) < 0 ? -1
									  : 1;
}

static const struct source_kind documents = {
	.size = sizeof(struct source),
	.takes = takes,
	.open = open_nothing,
	.name = name,
	.images = source_oci_images,
	.open_layer = source_oci_open_layer,
	.open_blob = open_blob,
	.read_document = read_document,
};

static void read_layers(const struct image *img)
{
	assert(img->n_layers == img->config.n_diff_ids);
	assert(img->n_layers <= small.layers_max);
	for (size_t i = 0; i < img->n_layers; i++) {
		scoped(stream_close) struct stream *in = NULL;
		struct err err = { 0 };
		uint64_t n = 0;
		if (source_open_layer(img, i, &in, &err) < 0 ||
		    stream_drain(in, &n, &err) < 0 ||
		    stream_finish(in, &err) < 0)
			continue;
		assert(n == img->layers[i].blob_size);
	}
}

static void look(struct str platform)
{
	static const struct source_kind *const kinds[] = { &documents, NULL };
	struct source_options opt = { .limits = &small,
				      .platform = platform,
				      .kinds = kinds };
	struct ref ref = { .transport = REF_DOCKER,
			   .text = STR("fuzz"),
			   .path = STR("fuzz") };
	scoped(source_close) struct source *s = NULL;
	const struct image_set *set;
	struct err err = { 0 };
	if (source_open(&ref, &opt, &s, &err) < 0)
		abort();
	if (source_images(s, &set, &err) < 0) {
		assert(str_starts(str_of(err.text), STR("fuzz: ")));
		return;
	}
	assert(set->n > 0);
	for (size_t i = 0; i < set->n; i++)
		read_layers(set->images[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	split((struct str){ (const char *)data, size });
	look((struct str){ 0 });
	look(STR("linux/arm64"));
	for (size_t i = 0; i < docs.n; i++)
		buf_done(&docs.text[i]);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdlib.h>

#include "json/span.h"
#include "json/write.h"
#include "shrink/emit.h"

enum { DOC_MAX = 64 << 20 };

static int put_desc(struct buf *b, const char *media_type, const struct desc *d,
		    struct err *err)
{
	return buf_addf(b, err,
			"{\"mediaType\":\"%s\",\"digest\":\"%s\","
			"\"size\":%" PRIu64 "}",
			media_type, digest_text(&d->digest).text, d->size);
}

/* Does the stated media type say how the bytes are compressed? The true one
 * ends in "tar", "tar+gzip" or "tar+zstd". */
static bool type_is_true(struct str stated, struct str true_type)
{
	size_t n = strlen(MT_OCI_LAYER) - 3;
	return str_ends(stated, str_from(true_type, n));
}

/* A kept layer's descriptor keeps its bytes, annotations and all, unless its
 * media type is Docker's (the manifest is an OCI one) or a wrong one. */
static int put_layer(struct buf *b, const struct layer_result *l,
		     struct err *err)
{
	if (l->desc.json.n &&
	    !memmem(l->desc.json.p, l->desc.json.n, "vnd.docker.", 11) &&
	    type_is_true(l->stated, l->desc.media_type))
		return buf_str_add(b, l->desc.json, err);
	scoped(buf_done) struct buf type = BUF_INIT(256);
	if (buf_str_add(&type, l->desc.media_type, err) < 0)
		return -1;
	const char *z = buf_cstr(&type);
	return z ? put_desc(b, z, &l->desc, err) : err_nomem(err, 256);
}

static int put_layers(struct buf *b, const struct image_result *r,
		      struct err *err)
{
	bool first = true;
	if (buf_byte(b, '[', err) < 0)
		return -1;
	for (uint32_t i = 0; i < r->n_layers; i++) {
		if (r->layers[i].fate == LAYER_VANISHED)
			continue;
		if (!first && buf_byte(b, ',', err) < 0)
			return -1;
		first = false;
		if (put_layer(b, &r->layers[i], err) < 0)
			return -1;
	}
	return buf_byte(b, ']', err);
}

static int put_manifest(struct buf *out, const struct image_result *r,
			struct err *err)
{
	scoped(buf_done) struct buf config = BUF_INIT(4096);
	scoped(buf_done) struct buf layers = BUF_INIT(DOC_MAX);
	if (put_desc(&config, MT_OCI_CONFIG, &r->config, err) < 0 ||
	    put_layers(&layers, r, err) < 0)
		return -1;
	const struct image *img = r->image;
	if (img->has_manifest && !img->manifest.docker) {
		struct json_edit edits[] = {
			{ "config", buf_str(&config) },
			{ "layers", buf_str(&layers) },
		};
		return json_splice(img->manifest.text, edits, ARRAY_LEN(edits),
				   out, err);
	}
	return buf_addf(out, err,
			"{\"schemaVersion\":2,\"mediaType\":\"%s\","
			"\"config\":%.*s,\"layers\":%.*s}",
			MT_OCI_MANIFEST, STR_ARG(buf_str(&config)),
			STR_ARG(buf_str(&layers)));
}

/* The entry of a layer that no instruction made: as old as the image. */
static int put_own_entry(const struct oci_config *c, struct buf *b,
			 struct err *err)
{
	if (buf_byte(b, '{', err) < 0)
		return -1;
	if (c->created.n && (buf_str_add(b, STR("\"created\":"), err) < 0 ||
			     json_add_quoted(b, c->created, err) < 0 ||
			     buf_byte(b, ',', err) < 0))
		return -1;
	return buf_str_add(
		b, STR("\"created_by\":\"pare optimize --previous\"}"), err);
}

static int put_config(struct buf *out, const struct image_result *r,
		      struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	scoped(buf_done) struct buf own = BUF_INIT(DOC_MAX);
	const struct plan *p = &r->plan;
	struct digest *ids = arena_array(&a, r->n_layers, sizeof *ids, err);
	struct str *more = arena_array(&a, p->n_more, sizeof *more, err);
	struct oci_layers l = { ids, 0, p->keeps_layer, more, p->n_more };
	if (!ids || !more || put_own_entry(&r->image->config, &own, err) < 0)
		return -1;
	for (uint32_t i = 0; i < r->n_layers; i++)
		if (r->layers[i].fate != LAYER_VANISHED)
			ids[l.n++] = r->layers[i].diff_id;
	for (uint32_t i = 0; i < p->n_more; i++)
		more[i] = p->more[i] ? p->more[i]->json : buf_str(&own);
	return oci_change_layers(&r->image->config, &l, out, err);
}

static int emit_bytes(struct dest *dst, const struct buf *bytes,
		      struct desc *desc, struct err *err)
{
	if (dst)
		return dest_put_bytes(dst, buf_str(bytes), desc, err);
	desc->size = bytes->n;
	return digest_of(DIGEST_SHA256, bytes->p, bytes->n, &desc->digest, err);
}

int emit_documents(struct image_result *r, struct dest *dst, struct err *err)
{
	scoped(buf_done) struct buf config = BUF_INIT(DOC_MAX);
	scoped(buf_done) struct buf manifest = BUF_INIT(DOC_MAX);
	if (put_config(&config, r, err) < 0 ||
	    emit_bytes(dst, &config, &r->config, err) < 0)
		return -1;
	r->config.media_type = STR(MT_OCI_CONFIG);
	if (put_manifest(&manifest, r, err) < 0 ||
	    emit_bytes(dst, &manifest, &r->manifest, err) < 0)
		return -1;
	r->manifest.media_type = STR(MT_OCI_MANIFEST);
	r->manifest.platform = r->image->platform;
	return 0;
}

/* The source's descriptor of a manifest with another digest and size: its
 * platform and annotations keep their bytes. */
static int put_manifest_desc(struct buf *b, const struct image_result *r,
			     struct err *err)
{
	scoped(buf_done) struct buf digest = BUF_INIT(256);
	scoped(buf_done) struct buf size = BUF_INIT(32);
	if (buf_addf(&digest, err, "\"%s\"",
		     digest_text(&r->manifest.digest).text) < 0 ||
	    buf_addf(&size, err, "%" PRIu64, r->manifest.size) < 0)
		return -1;
	struct json_edit edits[] = {
		{ "mediaType", STR("\"" MT_OCI_MANIFEST "\"") },
		{ "digest", buf_str(&digest) },
		{ "size", buf_str(&size) },
	};
	return json_splice(r->image->manifest_desc.json, edits,
			   ARRAY_LEN(edits), b, err);
}

int emit_index(const struct image_set *set, const struct optimize_result *res,
	       struct buf *out, struct err *err)
{
	if (!set->is_index)
		return 0;
	if (buf_addf(out, err,
		     "{\"schemaVersion\":2,\"mediaType\":\"%s\","
		     "\"manifests\":[",
		     MT_OCI_INDEX) < 0)
		return -1;
	for (size_t i = 0; i < res->n; i++) {
		scoped(buf_done) struct buf one = BUF_INIT(DOC_MAX);
		if (put_manifest_desc(&one, &res->images[i], err) < 0 ||
		    (i && buf_byte(out, ',', err) < 0) ||
		    buf_str_add(out, buf_str(&one), err) < 0)
			return -1;
	}
	return buf_addf(out, err, "]}");
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Documents are edited in place, not regenerated: the byte ranges of some values are
 * replaced (json/span.h), and all else stays as the source has it, members that
 * nobody here knows included. A signature's annotation or a tool's own key
 * survives a rewrite so; what cannot hold any longer is named by lost.h
 * instead. */
#include <inttypes.h>
#include <stdlib.h>

#include "json/span.h"
#include "json/write.h"
#include "shrink/emit.h"
#include "shrink/lost.h"

/* As large as a manifest, config or index of the source may be at most, with
 * room for what is added. */
enum { DOC_MAX = 64 << 20 };

/* Does the stated media type say how the bytes are compressed? The true one
 * ends in "tar", "tar+gzip" or "tar+zstd". */
static bool type_is_true(struct str stated, struct str true_type)
{
	size_t n = strlen(MT_OCI_LAYER) - 3;
	return str_ends(stated, str_from(true_type, n));
}

/* A kept layer's descriptor keeps its bytes, annotations and all, but for a
 * media type that is Docker's (the manifest is an OCI one) or a wrong one. */
static int put_layer(struct buf *b, const struct layer_result *l,
		     struct err *err)
{
	scoped(buf_done) struct buf type = BUF_INIT(256);
	if (l->desc.json.n == 0)
		return oci_change_desc(&l->desc, &l->desc, b, err);
	if (!str_contains(l->desc.json, STR("vnd.docker.")) &&
	    type_is_true(l->stated, l->desc.media_type))
		return buf_str_add(b, l->desc.json, err);
	if (json_add_quoted(&type, l->desc.media_type, err) < 0)
		return -1;
	const struct json_edit edit = { "mediaType", buf_str(&type) };
	return json_splice(l->desc.json, &edit, 1, b, err);
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

/* The result's documents are OCI's, whatever the source's were: Docker's schema
 * 2 has no media type for zstd. */
static const struct json_edit oci_manifest_type = {
	"mediaType", { "\"" MT_OCI_MANIFEST "\"", sizeof MT_OCI_MANIFEST + 1 }
};
static const struct json_edit oci_index_type = {
	"mediaType", { "\"" MT_OCI_INDEX "\"", sizeof MT_OCI_INDEX + 1 }
};

/* The document with these members; the rest keeps its bytes, but for a subject
 * that is rewritten itself. */
static int put_changed(struct buf *out, const struct image_set *set,
		       const struct oci_doc *doc, const struct json_edit *edits,
		       size_t n_edits, struct err *err)
{
	static const char *const gone[] = { "subject", NULL };
	scoped(buf_done) struct buf bare = BUF_INIT(DOC_MAX);
	if (!shrink_loses_subject(set, doc))
		return json_splice(doc->text, edits, n_edits, out, err);
	if (json_remove(doc->text, gone, &bare, err) < 0)
		return -1;
	return json_splice(buf_str(&bare), edits, n_edits, out, err);
}

/* The source's manifest with other values for config and layers; annotations,
 * artifactType and members that nobody knows keep their bytes. A source without
 * one (docker-archive) gets the least that the spec asks for. */
static int put_manifest(struct buf *out, const struct image_set *set,
			const struct image_result *r, struct err *err)
{
	scoped(buf_done) struct buf config = BUF_INIT(DOC_MAX);
	scoped(buf_done) struct buf layers = BUF_INIT(DOC_MAX);
	const struct image *img = r->image;
	if (oci_change_desc(&img->config_desc, &r->config, &config, err) < 0 ||
	    put_layers(&layers, r, err) < 0)
		return -1;
	const struct json_edit edits[] = {
		{ "config", buf_str(&config) },
		{ "layers", buf_str(&layers) },
		oci_manifest_type,
	};
	if (img->has_manifest) /* OCI's may leave the type out */
		return put_changed(out, set, &img->manifest, edits,
				   img->manifest.docker ? 3 : 2, err);
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

/* Only rootfs.diff_ids and history change: all else of a config decides what
 * runs, and stays byte for byte, key order, spaces and unknown members
 * included. */
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

/* A dry run has the digest and the size as well: they are what is reported. */
static int emit_bytes(struct dest *dst, const struct buf *bytes,
		      struct desc *desc, struct err *err)
{
	if (dst)
		return dest_put_bytes(dst, buf_str(bytes), desc, err);
	desc->size = bytes->n;
	return digest_of(DIGEST_SHA256, bytes->p, bytes->n, &desc->digest, err);
}

int shrink_emit_documents(const struct image_set *set, struct image_result *r,
			  struct dest *dst, struct err *err)
{
	scoped(buf_done) struct buf config = BUF_INIT(DOC_MAX);
	scoped(buf_done) struct buf manifest = BUF_INIT(DOC_MAX);
	if (put_config(&config, r, err) < 0 ||
	    emit_bytes(dst, &config, &r->config, err) < 0)
		return -1;
	r->config.media_type = STR(MT_OCI_CONFIG);
	if (put_manifest(&manifest, set, r, err) < 0 ||
	    emit_bytes(dst, &manifest, &r->manifest, err) < 0)
		return -1;
	r->manifest.media_type = STR(MT_OCI_MANIFEST);
	r->manifest.platform = r->image->platform;
	return 0;
}

/* Each with the platform and the annotations that the source gave it. */
static int put_manifests(struct buf *out, const struct optimize_result *res,
			 struct err *err)
{
	if (buf_byte(out, '[', err) < 0)
		return -1;
	for (size_t i = 0; i < res->n; i++) {
		const struct image_result *r = &res->images[i];
		if ((i && buf_byte(out, ',', err) < 0) ||
		    oci_change_desc(&r->image->manifest_desc, &r->manifest, out,
				    err) < 0)
			return -1;
	}
	return buf_byte(out, ']', err);
}

/* image-spec, image-index.md. What several platforms share stands once, in the
 * index of the source; its other members stay as they were. */
int shrink_emit_index(const struct image_set *set,
		      const struct optimize_result *res, struct buf *out,
		      struct err *err)
{
	scoped(buf_done) struct buf list = BUF_INIT(DOC_MAX);
	if (put_manifests(&list, res, err) < 0)
		return -1;
	const struct json_edit edits[] = { { "manifests", buf_str(&list) },
					   oci_index_type };
	if (set->index)
		return put_changed(out, set, set->index, edits,
				   set->index->docker ? 2 : 1, err);
	return buf_addf(out, err,
			"{\"schemaVersion\":2,\"mediaType\":\"%s\","
			"\"manifests\":%.*s}",
			MT_OCI_INDEX, STR_ARG(buf_str(&list)));
}

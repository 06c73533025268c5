/* SPDX-License-Identifier: Apache-2.0 */
/* What a rewrite has no right to keep and no place for. Silence would be the
 * worst of the choices: a signature that covers other bytes now looks like one
 * that holds. */
#include "shrink/lost.h"

#include <stdio.h>

/* image-spec, manifest.md, "subject": a reference to another manifest by its
 * digest. One that this run rewrites has another digest afterwards, and the
 * old one would point at nothing that is there. */
bool shrink_loses_subject(const struct image_set *set,
			  const struct oci_doc *doc)
{
	const struct digest *d = &doc->subject.digest;
	if (!doc->has_subject)
		return false;
	for (size_t i = 0; i < set->n; i++)
		if (digest_eq(d, &set->images[i]->manifest_desc.digest))
			return true;
	return set->index && digest_eq(d, &set->entry.digest);
}

/* One more part of the list: "KEY, KEY of WHAT". */
static int add(struct buf *out, struct str keys, const char *of,
	       struct err *err)
{
	if (keys.n == 0)
		return 0;
	return buf_addf(out, err, "%s%.*s of %s", out->n ? "; " : "",
			STR_ARG(keys), of);
}

/* All that the JSON says besides what a rewrite takes care of. */
static int add_all(struct buf *out, struct str json, const char *of,
		   struct err *err)
{
	scoped(buf_done) struct buf keys = BUF_INIT(1 << 20);
	if (oci_keys_besides(json, &keys, err) < 0)
		return -1;
	return add(out, buf_str(&keys), of, err);
}

/* The bytes' own, of a descriptor that is kept otherwise: "data" is a copy of
 * the bytes in base64 and "urls" are where to fetch them (image-spec,
 * descriptor.md). Either would hand out the old bytes under the new digest. */
static int add_own(struct buf *out, const struct desc *d, const char *of,
		   struct err *err)
{
	struct str keys = d->has_data && d->has_urls ? STR("data, urls")
			  : d->has_data		     ? STR("data")
			  : d->has_urls		     ? STR("urls")
						     : (struct str){ 0 };
	return d->json.n ? add(out, keys, of, err) : 0;
}

/* Does the layer pass with its own descriptor, so that what that says still
 * holds? */
static bool is_kept(const struct image_result *r, const struct source_layer *l)
{
	for (uint32_t i = 0; i < r->n_layers; i++)
		if (r->layers[i].desc.json.n &&
		    digest_eq(&r->layers[i].desc.digest, &l->desc.digest))
			return true;
	return false;
}

/* A layer that was rewritten is other bytes: an annotation such as a signature
 * or an encryption key would speak of what is gone. Where the destination
 * writes no manifest, no descriptor has a place. */
static int list_layers(const struct image_result *r, enum dest_holds holds,
		       struct buf *out, struct err *err)
{
	for (size_t i = 0; i < r->image->n_layers; i++) {
		const struct source_layer *l = &r->image->layers[i];
		char of[64];
		snprintf(of, sizeof of, "layer %zu", i + 1);
		if (holds >= DEST_HOLDS_DOCUMENTS && is_kept(r, l))
			continue;
		if (add_all(out, l->desc.json, of, err) < 0)
			return -1;
	}
	return 0;
}

static int list_all(const struct image *img, struct buf *out, struct err *err)
{
	if (add_all(out, img->config_desc.json, "the config's descriptor",
		    err) < 0 ||
	    add_all(out, img->manifest.text, "the manifest", err) < 0)
		return -1;
	return add_all(out, img->manifest_desc.json,
		       "the manifest's descriptor", err);
}

/* From the inside out: each document around the image is lost where the kind of
 * destination has no place for it. Which of them it holds grows in one order
 * (enum dest_holds), so comparisons are enough. */
static int list_image(const struct image_set *set, const struct image_result *r,
		      enum dest_holds holds, struct buf *out, struct err *err)
{
	static const char of[] = "the manifest's descriptor";
	const struct image *img = r->image;
	if (list_layers(r, holds, out, err) < 0)
		return -1;
	if (holds < DEST_HOLDS_DOCUMENTS)
		return list_all(img, out, err);
	if (add_own(out, &img->config_desc, "the config's descriptor", err) < 0)
		return -1;
	if (shrink_loses_subject(set, &img->manifest) &&
	    add(out, STR("subject"), "the manifest", err) < 0)
		return -1;
	if (!set->is_index && holds < DEST_HOLDS_ENTRY)
		return add_all(out, img->manifest_desc.json, of, err);
	return add_own(out, &img->manifest_desc, of, err);
}

static int list_index(const struct image_set *set, enum dest_holds holds,
		      struct buf *out, struct err *err)
{
	if (set->index && holds < DEST_HOLDS_DOCUMENTS &&
	    add_all(out, set->index->text, "the index", err) < 0)
		return -1;
	if (set->index && holds >= DEST_HOLDS_DOCUMENTS &&
	    shrink_loses_subject(set, set->index) &&
	    add(out, STR("subject"), "the index", err) < 0)
		return -1;
	if (set->index && holds < DEST_HOLDS_ENTRY &&
	    add_all(out, set->entry.json, "the index's descriptor", err) < 0)
		return -1;
	if (set->index && holds >= DEST_HOLDS_ENTRY &&
	    add_own(out, &set->entry, "the index's descriptor", err) < 0)
		return -1;
	if (holds < DEST_HOLDS_LAYOUT &&
	    add_all(out, set->layout, "index.json", err) < 0)
		return -1;
	return add(out, set->nested, "indices and artifacts in the index", err);
}

int shrink_list_lost(const struct image_set *set, enum dest_holds holds,
		     struct optimize_result *res, struct err *err)
{
	if (list_index(set, holds, &res->lost, err) < 0)
		return -1;
	for (size_t i = 0; i < res->n; i++)
		if (list_image(set, &res->images[i], holds, &res->lost, err) <
		    0)
			return -1;
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* From what a name leads to, down to images: an index names indices and
 * manifests, a manifest names a config and layers.
 *
 * Nothing of the place is known here: documents come by digest from the kind
 * (oci_blob.h), be it a directory, a tar or a registry.
 *
 * The graph is the image's own word. It may contain itself (refused by the chain
 * of digests above a document), be deeper than any stack (index_depth_max, and a
 * ceiling of ours), name one manifest ten thousand times (is_known) or as many
 * different ones (manifests_max), and name what is not here or no image at all:
 * a layout may be partial, and signatures, SBOMs and charts travel as manifests,
 * too. Those are passed by, and told of when nothing else is left. */
#include "source/read/oci_layout.h"

#include <string.h>

#include "source/read/oci_artifact.h"

/* index_depth_max is a limit of the user's; the stack has its own. */
enum { DEPTH_CEILING = 64 };

struct walk {
	struct source *s;
	struct str *tags;
	size_t n_tags;
	struct buf seen; /* platforms there are, for an error */
	uint64_t n_manifests;
	struct buf artifact; /* what one is that was passed by */
	struct buf absent;   /* platforms whose blobs are not here */
	struct err first_absent;
	struct buf nested; /* what indices in the index say besides */
};

static void walk_done(struct walk *w)
{
	buf_done(&w->seen);
	buf_done(&w->artifact);
	buf_done(&w->absent);
	buf_done(&w->nested);
}

/* The indices that lead to a document. */
struct chain {
	const struct chain *up;
	const struct digest *digest;
	uint64_t depth;
};

static bool is_document(const struct desc *d)
{
	static const char *const types[] = { "", MT_OCI_INDEX, MT_OCI_MANIFEST,
					     MT_DOCKER_LIST,
					     MT_DOCKER_MANIFEST };
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (str_eqz(d->media_type, types[i]))
			return true;
	return false;
}

static int find_layers(struct source *s, struct image *img, struct err *err)
{
	const struct oci_doc *m = &img->manifest;
	struct source_layer *l =
		arena_array(&s->arena, m->n_layers, sizeof *l, err);
	if (!l)
		return -1;
	for (size_t i = 0; i < m->n_layers; i++) {
		l[i].desc = m->layers[i];
		l[i].has_desc = true;
		l[i].blob_size = m->layers[i].size;
		if (source_oci_check_blob(s, &l[i].desc, err) < 0)
			return err_ctx(err, "layer %zu", i + 1);
	}
	img->layers = l;
	img->n_layers = m->n_layers;
	return 0;
}

/* A rewrite of the index leaves it out. */
static int pass_by(struct walk *w, struct err *err)
{
	if (!w->s->set.index)
		return 0;
	if (w->nested.n && buf_str_add(&w->nested, STR(", "), err) < 0)
		return -1;
	return buf_str_add(&w->nested, buf_str(&w->artifact), err);
}

static int add_manifest(struct walk *w, const struct desc *d,
			const struct oci_doc *doc, struct err *err)
{
	struct source *s = w->s;
	struct image img = { .manifest_desc = *d,
			     .manifest = *doc,
			     .has_manifest = true,
			     .config_desc = doc->config,
			     .tags = w->tags,
			     .n_tags = w->n_tags };
	buf_reset(&w->artifact);
	int r = source_oci_tell_artifact(s, doc, &w->artifact, err);
	if (r != 0)
		return r < 0 ? -1 : pass_by(w, err);
	if (source_oci_refuse_encrypted(doc, err) < 0)
		return -1;
	if (img.manifest_desc.media_type.n == 0)
		img.manifest_desc.media_type = doc->media_type;
	if (source_oci_read_config(s, &doc->config, &img.config, err) < 0 ||
	    find_layers(s, &img, err) < 0)
		return -1;
	return source_add_image(s, &img, &w->seen, err) < 0 ? -1 : 0;
}

/* The descriptor's own platform spares reading what is not asked for. */
static bool is_other_platform(const struct walk *w, const struct desc *d)
{
	return w->s->platform.n && d->platform.architecture.n &&
	       !oci_platform_matches(&d->platform, w->s->platform);
}

static int visit(struct walk *w, const struct desc *d, const struct chain *up,
		 struct err *err);

static int visit_all(struct walk *w, const struct desc *index,
		     const struct oci_doc *doc, const struct chain *up,
		     struct err *err)
{
	struct chain here = { up, &index->digest, up ? up->depth + 1 : 1 };
	const struct limits *lim = &w->s->lim;
	if (here.depth > MIN(lim->index_depth_max, (uint64_t)DEPTH_CEILING))
		return limits_exceeded(lim, &lim->index_depth_max, here.depth,
				       err);
	for (; up; up = up->up)
		if (digest_eq(up->digest, &index->digest))
			return err_set(err, ERR_CORRUPT,
				       "index %s contains itself",
				       digest_text(&index->digest).text);
	for (size_t i = 0; i < doc->n_manifests; i++)
		if (visit(w, &doc->manifests[i], &here, err) < 0)
			return -1;
	return 0;
}

/* An index that names one manifest twice has one image of it. */
static bool is_known(const struct walk *w, const struct desc *d)
{
	const struct oci_platform *p = &d->platform, *q;
	for (size_t i = 0; i < w->s->set.n; i++) {
		const struct desc *m = &w->s->set.images[i]->manifest_desc;
		q = &m->platform;
		if (digest_eq(&m->digest, &d->digest) && str_eq(p->os, q->os) &&
		    str_eq(p->architecture, q->architecture) &&
		    str_eq(p->variant, q->variant))
			return true;
	}
	return false;
}

/* A layout may hold the blobs of some platforms only (image-spec
 * image-layout.md): the others are remembered, and named in the end. */
static int note_absent(struct walk *w, const struct desc *d, struct err *err)
{
	if (err->code != ERR_NOT_FOUND)
		return -1;
	if (w->absent.n == 0)
		w->first_absent = *err;
	err_clear(err);
	return source_note_platform(&d->platform, &w->absent, err);
}

/* The index on top is kept; what one within it says goes with it. */
static int note_index(struct walk *w, const struct oci_doc *doc,
		      const struct chain *up, struct err *err)
{
	struct image_set *set = &w->s->set;
	if (!up) {
		struct oci_doc *own =
			arena_alloc(&w->s->arena, sizeof *own, err);
		if (!own)
			return -1;
		*own = *doc;
		set->index = set->is_index ? NULL : own;
		set->is_index = true;
		return 0;
	}
	return oci_keys_besides(doc->text, &w->nested, err);
}

static int visit_doc(struct walk *w, const struct desc *d,
		     const struct chain *up, struct err *err)
{
	struct oci_doc doc = { 0 };
	int r = source_oci_read_doc(w->s, d, &doc, err);
	if (r == 0 && doc.kind == OCI_DOC_INDEX)
		return note_index(w, &doc, up, err) < 0
			       ? -1
			       : visit_all(w, d, &doc, up, err);
	if (r == 0)
		r = add_manifest(w, d, &doc, err);
	return r < 0 ? note_absent(w, d, err) : 0;
}

static int visit(struct walk *w, const struct desc *d, const struct chain *up,
		 struct err *err)
{
	const struct limits *lim = &w->s->lim;
	if (++w->n_manifests > lim->manifests_max)
		return limits_exceeded(lim, &lim->manifests_max, w->n_manifests,
				       err);
	if (oci_desc_is_attestation(d))
		return source_add_attestation(w->s, d, err);
	if (is_other_platform(w, d))
		return source_note_platform(&d->platform, &w->seen, err);
	if (!is_document(d)) {
		buf_reset(&w->artifact);
		if (source_oci_tell_type("media type", d->media_type,
					 &w->artifact, err) < 0)
			return -1;
		return pass_by(w, err);
	}
	return is_known(w, d) ? 0 : visit_doc(w, d, up, err);
}

/* What --platform would read of those that are here. */
static int put_choices(const struct image_set *set, struct buf *out,
		       struct err *err)
{
	for (size_t i = 0; i < set->n && out->n < 200; i++)
		if (buf_str_add(out, i ? STR(" or ") : STR("--platform "),
				err) < 0 ||
		    oci_platform_text(&set->images[i]->platform, out, err) < 0)
			return -1;
	return 0;
}

static int refuse_absent(struct walk *w, struct err *err)
{
	scoped(buf_done) struct buf here = BUF_INIT(1 << 16);
	const struct image_set *set = &w->s->set;
	if (set->n == 0) {
		return err_set(err, ERR_NOT_FOUND,
			       "%s; a layout may be partial, copy the image "
			       "again, all platforms of it",
			       w->first_absent.text);
	}
	if (put_choices(set, &here, err) < 0)
		return -1;
	const char *absent = buf_cstr(&w->absent), *z = buf_cstr(&here);
	return err_set(err, ERR_NOT_FOUND,
		       "%.100s is not here, %s is; or copy the image again, "
		       "all platforms of it (%s)",
		       absent ? absent : "", z ? z : "", w->first_absent.text);
}

/* Nothing was found: the most helpful reason first. */
static int check_found(struct walk *w, struct err *err)
{
	if (w->absent.n)
		return refuse_absent(w, err);
	if (w->s->set.n)
		return 0;
	if (w->seen.n)
		return source_no_platform(w->s, &w->seen, err);
	const char *artifact = w->artifact.n ? buf_cstr(&w->artifact) : NULL;
	if (artifact)
		return err_set(err, ERR_UNSUPPORTED,
			       "not an image of layers: %s", artifact);
	if (w->s->set.n_attestations)
		return source_oci_refuse_attestations(err);
	return err_set(err, ERR_NOT_FOUND, "the index names no image");
}

int source_oci_walk(struct source *s, struct str *tags, size_t n_tags,
		    const struct desc *const *from, size_t n, struct err *err)
{
	scoped(walk_done) struct walk w = { .s = s,
					    .tags = tags,
					    .n_tags = n_tags,
					    .seen = BUF_INIT(1 << 20),
					    .artifact = BUF_INIT(1 << 16),
					    .absent = BUF_INIT(1 << 20),
					    .nested = BUF_INIT(1 << 20) };
	s->set.n = s->set.n_attestations = 0;
	s->set.is_index = false;
	s->set.index = NULL;
	s->set.entry = n ? *from[0] : (struct desc){ 0 };
	for (size_t i = 0; i < n; i++)
		if (visit(&w, from[i], NULL, err) < 0)
			return -1;
	if (n > 1)
		s->set.is_index = true;
	if (arena_str(&s->arena, buf_str(&w.nested), &s->set.nested, err) < 0)
		return -1;
	return check_found(&w, err);
}

int source_oci_all_images(struct source *s, struct err *err)
{
	struct oci_doc index = { 0 };
	struct str platform = s->platform;
	if (source_oci_read_index(s, &index, err) < 0)
		return -1;
	const struct desc **all =
		arena_array(&s->arena, index.n_manifests, sizeof *all, err);
	if (!all)
		return -1;
	for (size_t i = 0; i < index.n_manifests; i++)
		all[i] = &index.manifests[i];
	s->platform = (struct str){ 0 };
	int r = source_oci_walk(s, NULL, 0, all, index.n_manifests, err);
	s->platform = platform;
	return r;
}

int source_oci_images(struct source *s, struct err *err)
{
	struct oci_doc index = { 0 };
	struct str *tags;
	size_t n = 0, n_tags;
	if (source_oci_read_index(s, &index, err) < 0)
		return -1;
	const struct desc **picked =
		arena_array(&s->arena, index.n_manifests, sizeof *picked, err);
	if (!picked || source_oci_pick(s, &index, picked, &n, err) < 0 ||
	    source_oci_tags(s, &index, picked[0], &tags, &n_tags, err) < 0)
		return -1;
	s->set.layout = index.text;
	return source_oci_walk(s, tags, n_tags, picked, n, err);
}

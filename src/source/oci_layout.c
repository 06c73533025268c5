/* SPDX-License-Identifier: Apache-2.0 */
#include "source/oci_layout.h"

#include <string.h>

/* index_depth_max is a limit of the user's; the stack has its own. */
enum { DEPTH_CEILING = 64 };

/* From what a name leads to, down to images. */
struct walk {
	struct source *s;
	struct str *tags;
	size_t n_tags;
	struct buf seen; /* platforms there are, for an error */
	uint64_t n_manifests;
	struct str artifact; /* the type of one that was passed by */
	bool has_artifact;
};

static void walk_done(struct walk *w)
{
	buf_done(&w->seen);
}

/* The indices that lead to a document. */
struct chain {
	const struct chain *up;
	const struct digest *digest;
	uint64_t depth;
};

bool oci_layout_taste(const struct source *s)
{
	return files_has(&s->files, "index.json") ||
	       files_has(&s->files, "oci-layout");
}

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

/* An artifact manifest (image-spec manifest.md, "Guidelines for Artifact
 * Usage") has a config that is none of an image. */
static bool is_artifact(const struct oci_doc *m)
{
	struct str t = m->config.media_type;
	return t.n && !str_eqz(t, MT_OCI_CONFIG) &&
	       !str_eqz(t, MT_DOCKER_CONFIG);
}

static void note_artifact(struct walk *w, struct str type)
{
	w->has_artifact = true;
	w->artifact = type;
}

static int find_layers(struct source *s, struct image *img, struct err *err)
{
	const struct oci_doc *m = &img->manifest;
	struct source_layer *l =
		arena_array(&s->arena, m->n_layers, sizeof *l, err);
	if (!l)
		return -1;
	for (size_t i = 0; i < m->n_layers; i++) {
		scoped(file_done) struct file f = FILE_INIT;
		l[i].desc = m->layers[i];
		l[i].has_desc = true;
		l[i].blob_size = m->layers[i].size;
		if (oci_layout_find_blob(s, &l[i].desc, false, &f, err) < 0)
			return err_ctx(err, "layer %zu", i + 1);
	}
	img->layers = l;
	img->n_layers = m->n_layers;
	return 0;
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
	if (is_artifact(doc)) {
		note_artifact(w, doc->artifact_type.n ? doc->artifact_type
						      : doc->config.media_type);
		return 0;
	}
	if (img.manifest_desc.media_type.n == 0)
		img.manifest_desc.media_type = doc->media_type;
	if (oci_layout_read_config(s, &doc->config, &img.config, err) < 0 ||
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

static int visit(struct walk *w, const struct desc *d, const struct chain *up,
		 struct err *err)
{
	const struct limits *lim = &w->s->lim;
	struct oci_doc doc = { 0 };
	if (++w->n_manifests > lim->manifests_max)
		return limits_exceeded(lim, &lim->manifests_max, w->n_manifests,
				       err);
	if (desc_is_attestation(d))
		return source_add_attestation(w->s, d, err);
	if (is_other_platform(w, d))
		return source_note_platform(&d->platform, &w->seen, err);
	if (!is_document(d)) {
		note_artifact(w, d->media_type);
		return 0;
	}
	if (is_known(w, d))
		return 0;
	if (oci_layout_read_doc(w->s, d, &doc, err) < 0)
		return -1;
	if (doc.kind == OCI_DOC_MANIFEST)
		return add_manifest(w, d, &doc, err);
	w->s->set.is_index = true;
	return visit_all(w, d, &doc, up, err);
}

static int check_found(struct walk *w, struct err *err)
{
	if (w->s->set.n)
		return 0;
	if (w->seen.n)
		return source_no_platform(w->s, &w->seen, err);
	if (w->has_artifact)
		return err_set(err, ERR_UNSUPPORTED,
			       "holds an artifact of type \"%s\", not an image",
			       str_quoted(w->artifact).text);
	return err_set(err, ERR_NOT_FOUND, "the index names no image");
}

static bool has_name(struct str *tags, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(tags[i], name))
			return true;
	return false;
}

/* All names under which index.json has what was picked. */
static int collect_tags(struct source *s, const struct oci_doc *index,
			const struct desc *picked, struct str **out, size_t *n,
			struct err *err)
{
	struct str *tags = arena_array(&s->arena, index->n_manifests * 2,
				       sizeof *tags, err);
	*n = 0;
	if (!tags)
		return -1;
	for (size_t i = 0; i < index->n_manifests; i++) {
		const struct desc *d = &index->manifests[i];
		const struct str names[] = {
			desc_annotation(d, ANN_REF_NAME),
			desc_annotation(d, ANN_IMAGE_NAME),
		};
		if (!digest_eq(&d->digest, &picked->digest))
			continue;
		for (size_t k = 0; k < ARRAY_LEN(names); k++)
			if (names[k].n && !has_name(tags, *n, names[k]))
				tags[(*n)++] = names[k];
	}
	*out = tags;
	return 0;
}

int oci_layout_walk(struct source *s, struct str *tags, size_t n_tags,
		    const struct desc *const *from, size_t n, struct err *err)
{
	scoped(walk_done) struct walk w = { .s = s,
					    .tags = tags,
					    .n_tags = n_tags,
					    .seen = BUF_INIT(1 << 20) };
	s->set.n = s->set.n_attestations = 0;
	s->set.is_index = false;
	for (size_t i = 0; i < n; i++)
		if (visit(&w, from[i], NULL, err) < 0)
			return -1;
	if (n > 1)
		s->set.is_index = true;
	return check_found(&w, err);
}

int oci_layout_images(struct source *s, struct err *err)
{
	struct oci_doc index = { 0 };
	struct str *tags;
	size_t n = 0, n_tags;
	if (oci_layout_read_index(s, &index, err) < 0)
		return -1;
	const struct desc **picked =
		arena_array(&s->arena, index.n_manifests, sizeof *picked, err);
	if (!picked || oci_layout_pick(s, &index, picked, &n, err) < 0 ||
	    collect_tags(s, &index, picked[0], &tags, &n_tags, err) < 0)
		return -1;
	return oci_layout_walk(s, tags, n_tags, picked, n, err);
}

static bool has_blob(const struct source *s, const struct desc *d)
{
	scoped(file_done) struct file f = FILE_INIT;
	struct err why = { 0 };
	return oci_layout_find_blob(s, d, false, &f, &why) >= 0;
}

static bool is_complete(struct source *s, const struct desc *d, unsigned depth)
{
	struct err why = { 0 };
	struct oci_doc doc = { 0 };
	if (desc_is_attestation(d))
		return true;
	if (!is_document(d))
		return has_blob(s, d);
	if (depth > s->lim.index_depth_max || depth > DEPTH_CEILING ||
	    oci_layout_read_doc(s, d, &doc, &why) < 0)
		return false;
	if (doc.kind == OCI_DOC_MANIFEST && !has_blob(s, &doc.config))
		return false;
	for (size_t i = 0; i < doc.n_layers; i++)
		if (!has_blob(s, &doc.layers[i]))
			return false;
	for (size_t i = 0; i < doc.n_manifests; i++)
		if (!is_complete(s, &doc.manifests[i], depth + 1))
			return false;
	return true;
}

bool oci_layout_is_complete(struct source *s)
{
	struct err why = { 0 };
	struct oci_doc index = { 0 };
	if (oci_layout_read_index(s, &index, &why) < 0 ||
	    index.n_manifests == 0)
		return false;
	for (size_t i = 0; i < index.n_manifests; i++)
		if (!is_complete(s, &index.manifests[i], 1))
			return false;
	return true;
}

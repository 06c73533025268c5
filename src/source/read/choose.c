/* SPDX-License-Identifier: Apache-2.0 */
/* An archive with both index.json and manifest.json, as Docker >= 25 and
 * `pare -o FILE` write it: which of the two is read.
 *
 * Both are looked at. index.json goes first, or the one that the user's prefix
 * names; where they disagree, the one that the bytes prove is read (all blobs
 * there, as many layers as DiffIDs, each layer its own), and that is said.
 * Docker 25.0.0 wrote manifests with "layers": null or in reverse order; some
 * versions name one of two saved images in index.json. */
#include <stdlib.h>

#include "codec/codec.h"
#include "source/read/docker_archive.h"
#include "source/read/oci_layout.h"

/* One of the documents, and what it leads to. */
struct view {
	const struct source_kind *kind;
	struct image_set set;
	struct err err; /* why it leads to none */
};

static void view_done(struct view *v)
{
	free(v->set.images);
	free(v->set.attestations);
}

static const char *name_of(const struct view *v)
{
	return v->kind == &docker_archive ? "manifest.json" : "index.json";
}

static void look(struct source *s, const struct source_kind *kind,
		 struct view *v)
{
	v->kind = s->kind = kind;
	if (kind->images(s, &v->err) < 0)
		s->set.n = 0;
	v->set = s->set;
	s->set = (struct image_set){ 0 };
	s->images_cap = s->attestations_cap = 0;
}

/* It leads nowhere by its own fault, not by the user's or a limit's. */
static bool is_wrong(const struct view *v)
{
	return v->err.code == ERR_CORRUPT || v->err.code == ERR_NOT_FOUND;
}

static bool place_of(struct source *s, const struct view *v,
		     const struct source_layer *l, struct file *out)
{
	struct err why = { 0 };
	s->kind = v->kind; /* by whose names blobs are looked for */
	return v->kind->find_layer(s, l, out, &why) > 0;
}

/* Do the two documents name the same bytes as layer i? */
static bool same_bytes(struct source *s, const struct view *a,
		       const struct view *b, const struct image *x,
		       const struct image *y, size_t i)
{
	scoped(file_done) struct file f = FILE_INIT, g = FILE_INIT;
	return place_of(s, a, &x->layers[i], &f) &&
	       place_of(s, b, &y->layers[i], &g) && f.offset == g.offset &&
	       f.size == g.size;
}

static bool has_diff_id(struct source *s, const struct view *v,
			const struct image *img, size_t i)
{
	scoped(stream_close) struct stream *blob = NULL;
	struct err why = { 0 };
	struct digest is;
	s->kind = v->kind;
	return source_open_layer(img, i, &blob, &why) == 0 &&
	       codec_digest(&blob, &s->lim, &is, &why) == 0 &&
	       digest_eq(&is, &img->layers[i].diff_id);
}

/* One config, so as many layers. Looks at those that b names elsewhere. */
static bool is_proven(struct source *s, const struct view *a,
		      const struct view *b, const struct image *x,
		      const struct image *y)
{
	for (size_t i = 0; i < x->n_layers; i++)
		if (!same_bytes(s, a, b, x, y, i) && !has_diff_id(s, a, x, i))
			return false;
	return true;
}

static const struct image *find_config(const struct image_set *set,
				       const struct digest *config)
{
	for (size_t i = 0; i < set->n; i++)
		if (digest_eq(&set->images[i]->config_desc.digest, config))
			return set->images[i];
	return NULL;
}

/* Both lead to an image of one config: by the layers that the DiffIDs prove. */
static struct view *choose_layers(struct source *s, struct view *a,
				  struct view *b)
{
	const struct view *d = a->kind == &docker_archive ? a : b;
	const struct image *x = d->set.images[0];
	const struct image *y =
		find_config(d == a ? &b->set : &a->set, &x->config_desc.digest);
	if (!y)
		return a;
	if (d == b) {
		const struct image *swap = x;
		x = y;
		y = swap;
	}
	bool first = is_proven(s, a, b, x, y),
	     second = is_proven(s, b, a, y, x);
	struct view *best = first || !second ? a : b;
	if (first != second)
		source_note(s,
			    "%s and %s name other layers; those of %s have the "
			    "DiffIDs of the config",
			    name_of(a), name_of(b), name_of(best));
	return best;
}

/* What the images of index.json are, whatever was asked for, against those of
 * manifest.json. */
struct coverage {
	bool lacks; /* manifest.json has an image more */
	bool extra; /* index.json has */
};

/* All images that index.json leads to. */
static int look_at_all(struct source *s, struct view *all, struct err *err)
{
	s->kind = all->kind = &oci_archive;
	int r = oci_layout_all_images(s, err);
	all->set = s->set;
	s->set = (struct image_set){ 0 };
	s->images_cap = s->attestations_cap = 0;
	return r;
}

static int cover(struct source *s, struct coverage *out, struct err *err)
{
	scoped(view_done) struct view all = { 0 };
	struct digest *configs = NULL;
	size_t n = 0, common = 0;
	if (docker_archive_configs(s, &configs, &n, err) < 0 ||
	    look_at_all(s, &all, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		out->lacks |= !find_config(&all.set, &configs[i]);
	for (size_t i = 0; i < all.set.n; i++) {
		size_t k = 0;
		while (k < n &&
		       !digest_eq(&configs[k],
				  &all.set.images[i]->config_desc.digest))
			k++;
		common += k < n;
	}
	out->extra = common < all.set.n;
	return 0;
}

/* manifest.json names images that index.json does not: it is the one to be
 * read, unless index.json was asked for. */
static int choose_coverage(struct source *s, struct view *a, struct view *b,
			   struct view **best, struct err *err)
{
	struct coverage c = { 0 };
	struct err why = { 0 };
	if (a->kind == &docker_archive || cover(s, &c, &why) < 0 || !c.lacks)
		return 0;
	if (s->ref.transport != REF_PATH) {
		source_note(s, "manifest.json names images that index.json "
			       "does not: docker-archive: reads it");
		return 1;
	}
	if (c.extra)
		return err_set(err, ERR_USAGE,
			       "index.json and manifest.json name different "
			       "images: write oci-archive:%.*s or "
			       "docker-archive:%.*s",
			       STR_ARG(s->ref.path), STR_ARG(s->ref.path));
	source_note(s, "manifest.json names images that index.json does not; "
		       "it is read");
	*best = b;
	return 1;
}

/* Of several images that index.json names, some may be missing. */
static void look_closer(struct source *s, struct view *index)
{
	scoped(view_done) struct view all = { 0 };
	struct err why = { 0 };
	if (index->kind == &oci_archive && index->err.code == ERR_USAGE &&
	    look_at_all(s, &all, &why) < 0)
		index->err = why;
}

static int choose(struct source *s, struct view *a, struct view *b,
		  struct view **best, struct err *err)
{
	*best = a;
	if (!b->err.code)
		look_closer(s, a);
	if (a->err.code && (b->err.code || !is_wrong(a)))
		return 0;
	if (a->err.code) {
		source_note(s, "%s: %s; so %s is read", name_of(a), a->err.text,
			    name_of(b));
		*best = b;
		return 0;
	}
	int r = choose_coverage(s, a, b, best, err);
	if (r != 0)
		return MIN(r, 0);
	bool asked = s->ref.tag.n || s->ref.has_index || s->platform.n;
	if (!b->err.code)
		*best = choose_layers(s, a, b);
	else if (is_wrong(b) && !asked)
		source_note(s, "%s: %s; so %s is read", name_of(b), b->err.text,
			    name_of(a));
	return 0;
}

static int choose_kind(struct source *s, struct view *a, struct view *b,
		       struct view **best, struct err *err)
{
	const struct source_kind *kind = s->kind, *other = s->other;
	look(s, kind, a);
	look(s, other, b);
	return choose(s, a, b, best, err);
}

/* @N counts in the document that is read when nothing is picked. */
static int choose_unpicked(struct source *s, struct err *err)
{
	scoped(view_done) struct view a = { 0 }, b = { 0 };
	struct view *best = NULL;
	s->ref.has_index = false;
	int r = choose_kind(s, &a, &b, &best, err);
	s->ref.has_index = true;
	if (r < 0)
		return -1;
	s->kind = best->kind;
	return s->kind->images(s, err);
}

int choose_images(struct source *s, struct err *err)
{
	scoped(view_done) struct view a = { 0 }, b = { 0 };
	struct view *best = NULL;
	if (s->ref.has_index && s->ref.transport == REF_PATH)
		return choose_unpicked(s, err);
	if (choose_kind(s, &a, &b, &best, err) < 0)
		return -1;
	if (best->err.code) {
		*err = best->err;
		return -1;
	}
	s->kind = best->kind;
	s->set = best->set;
	best->set = (struct image_set){ 0 };
	return 0;
}

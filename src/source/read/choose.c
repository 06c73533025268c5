/* SPDX-License-Identifier: Apache-2.0 */
/* An archive with both index.json and manifest.json, as Docker >= 25 and
 * `pare -o FILE` write it: which of the two is read.
 *
 * Both are looked at. index.json goes first, or the one that the user's prefix
 * names; where they disagree, the one that the bytes prove is read (all blobs
 * there, as many layers as DiffIDs, each layer its own), and that is said.
 * Docker 25.0.0 wrote manifests with "layers": null or in reverse order; some
 * versions name one of two saved images in index.json.
 *
 * The documents are the attacker's as much as the bytes are. So neither is
 * trusted to say which is right: what decides is the config, which both name
 * by its digest, and the DiffIDs in it, which the layers' bytes have or have
 * not. Whoever shows one image to engines that read manifest.json and another
 * one to those that read index.json is found out, or is at least told of.
 *
 * A worked example. docker save (25.0.0) of one image with layers A, B:
 *
 *   manifest.json   Config c, Layers [A, B]
 *   index.json      manifest m: config c, layers [B, A]
 *
 * index.json is first (a), manifest.json second (b). Both lead to an image of
 * config c. is_proven(a): layer 1 is B where b says A, so B is inflated, and
 * its DiffID is not the config's first: false. is_proven(b): layer 1 is A, and
 * has the DiffID. One is proven and the other is not: b is read, with a note.
 * With layers that agree nothing is inflated at all. */
#include <stdlib.h>

#include "codec/codec.h"
#include "source/read/docker_archive.h"
#include "source/read/oci_layout.h"

/* One of the documents, and what it leads to. */
struct view {
	const struct file_format *format;
	struct image_set set;
	struct err err; /* why it leads to none */
};

static void view_done(struct view *v)
{
	source_images_done(&v->set);
}

static bool is_docker(const struct view *v)
{
	return v->format->transport == REF_DOCKER_ARCHIVE;
}

static const char *name_of(const struct view *v)
{
	return is_docker(v) ? "manifest.json" : "index.json";
}

static void look(struct file_source *f, const struct file_format *format,
		 struct view *v)
{
	v->format = f->format = format;
	/* What was found before the failure does not count. */
	if (format->images(f, &v->err) < 0)
		f->source.set.n = 0;
	v->set = source_take_images(&f->source);
}

/* It leads nowhere by its own fault, not by the user's or a limit's: only then
 * may the other document stand in for it. A wrong tag must not be answered
 * with some other image. */
static bool is_wrong(const struct view *v)
{
	return v->err.code == ERR_CORRUPT || v->err.code == ERR_NOT_FOUND;
}

static bool place_of(struct file_source *f, const struct view *v,
		     const struct source_layer *l, struct file *out)
{
	struct err why = { 0 };
	f->format = v->format; /* by whose names blobs are looked for */
	return v->format->find_layer(f, l, out, &why) > 0;
}

/* Do the two documents name the same bytes as layer i? */
static bool same_bytes(struct file_source *f, const struct view *a,
		       const struct view *b, const struct image *x,
		       const struct image *y, size_t i)
{
	scoped(source_file_done) struct file p = FILE_INIT, q = FILE_INIT;
	return place_of(f, a, &x->layers[i], &p) &&
	       place_of(f, b, &y->layers[i], &q) && p.offset == q.offset &&
	       p.size == q.size;
}

static bool has_diff_id(struct file_source *f, const struct view *v,
			const struct image *img, size_t i)
{
	scoped(stream_close) struct stream *blob = NULL;
	struct err why = { 0 };
	struct digest is;
	f->format = v->format;
	return source_open_layer(img, i, &blob, &why) == 0 &&
	       codec_digest(&blob, &f->source.lim, &is, &why) == 0 &&
	       digest_eq(&is, &img->layers[i].diff_id);
}

/* One config, so as many layers. Looks at those that b names elsewhere: where
 * the two agree there is nothing to choose, and reading the whole image twice
 * would be dear. */
static bool is_proven(struct file_source *f, const struct view *a,
		      const struct view *b, const struct image *x,
		      const struct image *y)
{
	for (size_t i = 0; i < x->n_layers; i++)
		if (!same_bytes(f, a, b, x, y, i) && !has_diff_id(f, a, x, i))
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

/* Both lead to an image of one config: by the layers that the DiffIDs prove.
 * manifest.json leads to one image, index.json to one a platform; the latter's
 * of the same config is the one to compare with. */
static struct view *choose_layers(struct file_source *f, struct view *a,
				  struct view *b)
{
	const struct view *d = is_docker(a) ? a : b;
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
	bool first = is_proven(f, a, b, x, y),
	     second = is_proven(f, b, a, y, x);
	struct view *best = first || !second ? a : b;
	if (first != second)
		source_note(&f->source,
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
static int look_at_all(struct file_source *f, const struct view *index,
		       struct view *all, struct err *err)
{
	f->format = all->format = index->format;
	int r = source_oci_all_images(&f->source, err);
	all->set = source_take_images(&f->source);
	return r;
}

static int cover(struct file_source *f, const struct view *index,
		 struct coverage *out, struct err *err)
{
	scoped(view_done) struct view all = { 0 };
	struct digest *configs = NULL;
	size_t n = 0, common = 0;
	if (source_docker_archive_configs(f, &configs, &n, err) < 0 ||
	    look_at_all(f, index, &all, err) < 0)
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
 * read, unless index.json was asked for. Where each names an image that the
 * other lacks, either choice would lose one without a word: the user says. */
static int choose_coverage(struct file_source *f, struct view *a,
			   struct view *b, struct view **best, struct err *err)
{
	struct source *s = &f->source;
	struct coverage c = { 0 };
	struct err why = { 0 };
	if (is_docker(a) || cover(f, a, &c, &why) < 0 || !c.lacks)
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

/* Of several images that index.json names, some may be missing: then its error
 * is that, and not that none was named. */
static void look_closer(struct file_source *f, struct view *v)
{
	scoped(view_done) struct view all = { 0 };
	struct err why = { 0 };
	if (!is_docker(v) && v->err.code == ERR_USAGE &&
	    look_at_all(f, v, &all, &why) < 0)
		v->err = why;
}

static int choose(struct file_source *f, struct view *a, struct view *b,
		  struct view **best, struct err *err)
{
	struct source *s = &f->source;
	*best = a;
	if (!b->err.code)
		look_closer(f, a);
	if (a->err.code && (b->err.code || !is_wrong(a)))
		return 0;
	if (a->err.code) {
		source_note(s, "%s: %s; so %s is read", name_of(a), a->err.text,
			    name_of(b));
		*best = b;
		return 0;
	}
	int r = choose_coverage(f, a, b, best, err);
	if (r != 0)
		return MIN(r, 0);
	/* A tag, @N or platform that one document alone has is no fault of the
	 * other, so nothing is said of it then. */
	bool asked = s->ref.tag.n || s->ref.has_index || s->platform.n;
	if (!b->err.code)
		*best = choose_layers(f, a, b);
	else if (is_wrong(b) && !asked)
		source_note(s, "%s: %s; so %s is read", name_of(b), b->err.text,
			    name_of(a));
	return 0;
}

static int choose_format(struct file_source *f, struct view *a, struct view *b,
			 struct view **best, struct err *err)
{
	const struct file_format *format = f->format, *other = f->other;
	look(f, format, a);
	look(f, other, b);
	return choose(f, a, b, best, err);
}

/* @N counts in the document that is read when nothing is picked: @1 of the one
 * and @1 of the other may be two images. */
static int choose_unpicked(struct file_source *f, struct err *err)
{
	scoped(view_done) struct view a = { 0 }, b = { 0 };
	struct view *best = NULL;
	f->source.ref.has_index = false;
	int r = choose_format(f, &a, &b, &best, err);
	f->source.ref.has_index = true;
	if (r < 0)
		return -1;
	f->format = best->format;
	return f->format->images(f, err);
}

int source_choose_images(struct file_source *f, struct err *err)
{
	scoped(view_done) struct view a = { 0 }, b = { 0 };
	struct view *best = NULL;
	const struct ref *ref = &f->source.ref;
	if (ref->has_index && ref->transport == REF_PATH)
		return choose_unpicked(f, err);
	if (choose_format(f, &a, &b, &best, err) < 0)
		return -1;
	if (best->err.code) {
		*err = best->err;
		return -1;
	}
	f->format = best->format;
	f->source.set = best->set;
	best->set = (struct image_set){ 0 };
	return 0;
}

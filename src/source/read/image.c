/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/source.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "source/read/kind.h"

/* Room for one more pointer or descriptor in a growing array. */
static int grow(void *array, size_t n, size_t *cap, size_t size,
		struct err *err)
{
	void **p = array;
	size_t more = *cap ? *cap * 2 : 4;
	if (n < *cap)
		return 0;
	void *q = reallocarray(*p, more, size);
	if (!q)
		return err_nomem(err, more * size);
	*p = q;
	*cap = more;
	return 0;
}

int source_note_platform(const struct oci_platform *p, struct buf *seen,
			 struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(4096);
	if (oci_platform_text(p, &text, err) < 0)
		return -1;
	struct str known = text.n ? buf_str(&text) : STR("unknown");
	return buf_addf(seen, err, "%s%s", seen->n ? ", " : "",
			str_quoted(known).text);
}

int source_no_platform(const struct source *s, struct buf *seen,
		       struct err *err)
{
	const char *z = buf_cstr(seen);
	return err_set(err, ERR_NOT_FOUND,
		       "no image for platform %s; there is: %.300s",
		       str_quoted(s->platform).text, z ? z : "");
}

/* A config often leaves the variant to the descriptor. */
static void settle_platform(struct image *img)
{
	struct oci_platform own = img->config.platform;
	const struct oci_platform *of = &img->manifest_desc.platform;
	if (own.os.n == 0 && own.architecture.n == 0) {
		img->platform = *of;
		return;
	}
	if (own.variant.n == 0 && str_eq(own.os, of->os) &&
	    str_eq(own.architecture, of->architecture))
		own.variant = of->variant;
	if (own.os_version.n == 0)
		own.os_version = of->os_version;
	img->platform = own;
}

static bool platform_wanted(const struct source *s, const struct image *img)
{
	const struct oci_platform *of = &img->manifest_desc.platform;
	if (s->platform.n == 0 ||
	    oci_platform_matches(&img->platform, s->platform))
		return true;
	return of->architecture.n && oci_platform_matches(of, s->platform);
}

static int check_layers(const struct image *img, struct err *err)
{
	if (img->n_layers == img->config.n_diff_ids)
		return 0;
	return err_set(err, ERR_CORRUPT,
		       "%zu layers, but the config lists %zu diff_ids",
		       img->n_layers, img->config.n_diff_ids);
}

int source_add_image(struct source *s, const struct image *proto,
		     struct buf *seen, struct err *err)
{
	struct image_set *set = &s->set;
	struct image *img = arena_alloc(&s->arena, sizeof *img, err);
	if (!img)
		return -1;
	*img = *proto;
	img->source = s;
	img->name = s->ref.text;
	settle_platform(img);
	if (source_note_platform(&img->platform, seen, err) < 0)
		return -1;
	if (!platform_wanted(s, img))
		return 0;
	if (check_layers(img, err) < 0 ||
	    grow(&set->images, set->n, &s->images_cap, sizeof *set->images,
		 err) < 0)
		return -1;
	for (size_t i = 0; i < img->n_layers; i++) {
		img->layers[i].diff_id = img->config.diff_ids[i];
		img->layers[i].position = i;
	}
	set->images[set->n++] = img;
	return 1;
}

int source_add_attestation(struct source *s, const struct desc *d,
			   struct err *err)
{
	struct image_set *set = &s->set;
	if (grow(&set->attestations, set->n_attestations, &s->attestations_cap,
		 sizeof *set->attestations, err) < 0)
		return -1;
	set->attestations[set->n_attestations++] = *d;
	return 0;
}

int source_layer_ctx(const struct image *img, size_t position, struct err *err)
{
	scoped(buf_done) struct buf where = BUF_INIT(1024);
	struct err why = { 0 };
	const struct source_layer *l = &img->layers[position];
	const struct digest *d =
		l->desc.digest.alg ? &l->desc.digest : &l->diff_id;
	const char *z = NULL;
	if (img->source->set.n > 1 && buf_addf(&where, &why, " (") == 0 &&
	    oci_platform_text(&img->platform, &where, &why) == 0 &&
	    buf_byte(&where, ')', &why) == 0)
		z = buf_cstr(&where);
	return err_ctx(err, "%.*s%s: layer %zu (%s:%s)", STR_ARG(img->name),
		       z ? z : "", position + 1, digest_alg_name(d->alg),
		       digest_short(d).text);
}

static int open_file(const struct image *img, const struct source_layer *l,
		     struct stream **out, struct err *err)
{
	scoped(file_done) struct file f = FILE_INIT;
	const struct source *s = img->source;
	int r = s->kind->find_layer(s, l, &f, err);
	if (r < 0)
		return -1;
	if (r == 0)
		return mem_open(l->desc.data.p, l->desc.data.n, out, err);
	if (f.size != l->blob_size)
		return err_set(err, ERR_CORRUPT,
			       "is %" PRIu64 " bytes long, expected %" PRIu64,
			       f.size, l->blob_size);
	return file_open(&f, "blob", out, err);
}

static int open_layer(const struct image *img, const struct source_layer *l,
		      struct stream **out, struct err *err)
{
	scoped(stream_close) struct stream *bytes = NULL;
	scoped(stream_close) struct stream *held = NULL;
	const struct limits *lim = &img->source->lim;
	if (l->blob_size > lim->blob_max)
		return limits_exceeded(lim, &lim->blob_max, l->blob_size, err);
	if (open_file(img, l, &bytes, err) < 0 ||
	    limit_open(&bytes, lim, &lim->blob_max, &held, err) < 0)
		return -1;
	if (!l->desc.digest.alg) {
		*out = take(&held);
		return 0;
	}
	return verify_open(&held, &l->desc.digest, l->blob_size, out, err);
}

const struct image *image_set_find(const struct image_set *set,
				   const struct oci_platform *platform)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct oci_platform *p = &set->images[i]->platform;
		if (str_eq(p->os, platform->os) &&
		    str_eq(p->architecture, platform->architecture) &&
		    str_eq(p->variant, platform->variant))
			return set->images[i];
	}
	return NULL;
}

int source_open_layer(const struct image *img, size_t position,
		      struct stream **out, struct err *err)
{
	if (open_layer(img, &img->layers[position], out, err) < 0)
		return source_layer_ctx(img, position, err);
	return 0;
}

int source_stat_layer(const struct image *img, size_t position, struct stat *st,
		      struct err *err)
{
	scoped(file_done) struct file f = FILE_INIT;
	const struct source *s = img->source;
	if (s->files.spooled)
		return 0;
	int r = s->kind->find_layer(s, &img->layers[position], &f, err);
	if (r > 0 && fstat(f.fd, st) < 0)
		r = err_sys(err, "reading its state");
	return r < 0 ? source_layer_ctx(img, position, err) : r;
}

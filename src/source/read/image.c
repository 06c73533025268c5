/* SPDX-License-Identifier: Apache-2.0 */
/* What a kind adds to its set. */
#include <stdlib.h>

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

const struct image *source_find_image(const struct image_set *set,
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

struct image_set source_take_images(struct source *s)
{
	struct image_set set = s->set;
	s->set = (struct image_set){ 0 };
	s->images_cap = s->attestations_cap = 0;
	return set;
}

void source_images_done(struct image_set *set)
{
	free(set->images);
	free(set->attestations);
	*set = (struct image_set){ 0 };
}

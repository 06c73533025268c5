/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the images of an old archive a name means, and under what names it
 * is known. "repositories" says so; docker save of an image by its id leaves it
 * out, and then the images are those that are nobody's parent. */
#include "source/read/docker_v1.h"

#include <inttypes.h>
#include <stdio.h>

#include "json/json.h"
#include "source/read/archive.h"
#include "oci/full_name.h"

struct head {
	struct str name; /* "app:1", or empty */
	struct str id;
};

struct heads {
	struct head *v;
	size_t n;
};

/* Nothing else gets into a member's name, or is shown in an error as "%.12s". */
static bool is_id(struct str s)
{
	static const char hex[16] = "0123456789abcdef";
	for (size_t i = 0; i < s.n; i++)
		if (!memchr(hex, s.p[i], sizeof hex))
			return false;
	return s.n == DOCKER_V1_ID;
}

/* "ID/json" of the member at i; false: it is another one. */
bool source_docker_v1_is_json(const struct archive *a, size_t i, struct str *id)
{
	struct str name = source_archive_name(a, i);
	if (!str_ends(name, STR("/json")))
		return false;
	*id = (struct str){ name.p, name.n - 5 };
	return is_id(*id);
}

int source_docker_v1_json(struct file_source *f, struct str id, json_t **out,
			  struct err *err)
{
	char name[DOCKER_V1_ID + 8];
	struct str text;
	snprintf(name, sizeof name, "%.*s/json", STR_ARG(id));
	int r = source_read_named(f, name, &f->source.lim.config_max, &text,
				  err);
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND,
			       "\"%s\" is not in the archive", name);
	if (r < 0 || json_parse(text, &f->source.lim, &f->source.lim.config_max,
				out, err) < 0)
		return r < 0 ? -1 : err_ctx(err, "%s", name);
	if (!json_is_object(*out))
		return err_set(err, ERR_CORRUPT, "%s is not an object", name);
	return 0;
}

static int add_name(struct file_source *f, struct heads *h, const char *name,
		    const char *tag, const json_t *id, struct err *err)
{
	scoped(buf_done) struct buf full = BUF_INIT(1 << 16);
	struct head *to = &h->v[h->n];
	struct str text = { 0 };
	if (json_is_string(id))
		text = (struct str){ json_string_value(id),
				     json_string_length(id) };
	if (!is_id(text))
		return err_set(err, ERR_CORRUPT,
			       "repositories: the tag \"%s\" names no image id",
			       str_quoted(str_of(tag)).text);
	if (buf_addf(&full, err, "%s:%s", name, tag) < 0 ||
	    arena_str(&f->source.arena, buf_str(&full), &to->name, err) < 0 ||
	    arena_str(&f->source.arena, text, &to->id, err) < 0)
		return -1;
	h->n++;
	return 0;
}

static int add_names(struct file_source *f, json_t *doc, struct heads *h,
		     struct err *err)
{
	const char *name, *tag;
	json_t *tags, *id;
	size_t n = 0;
	json_object_foreach(doc, name, tags) n += json_object_size(tags);
	h->v = arena_array(&f->source.arena, n, sizeof *h->v, err);
	if (!h->v)
		return -1;
	json_object_foreach(doc, name, tags)
	{
		json_object_foreach(tags, tag, id)
		{
			if (add_name(f, h, name, tag, id, err) < 0)
				return -1;
		}
	}
	return 0;
}

/* 1: there are names; 0: there are none. */
static int read_names(struct file_source *f, struct heads *h, struct err *err)
{
	scoped(json_free) json_t *doc = NULL;
	struct str text;
	int r = source_read_named(f, "repositories",
				  &f->source.lim.manifest_max, &text, err);
	if (r <= 0)
		return r;
	if (json_parse(text, &f->source.lim, &f->source.lim.manifest_max, &doc,
		       err) < 0)
		return err_ctx(err, "repositories");
	if (!json_is_object(doc) && !json_is_null(doc))
		return err_set(err, ERR_CORRUPT,
			       "repositories is not an object");
	if (add_names(f, doc, h, err) < 0)
		return -1;
	return h->n > 0;
}

int source_docker_v1_parent(struct file_source *f, struct str id,
			    struct str *out, struct err *err)
{
	scoped(json_free) json_t *doc = NULL;
	struct str parent = { 0 };
	if (source_docker_v1_json(f, id, &doc, err) < 0 ||
	    json_get_str(doc, "parent", &parent, err) < 0)
		return err_ctx(err, "%.12s", id.p);
	if (parent.n && !is_id(parent))
		return err_set(err, ERR_CORRUPT,
			       "%.12s: its parent \"%s\" is no image id", id.p,
			       str_quoted(parent).text);
	return arena_str(&f->source.arena, parent, out, err);
}

/* Without names: the images that are nobody's parent. Each pair is compared, so
 * their number is held to manifests_max: an archive of a million tiny members
 * must not cost a day. */
static int find_heads(struct file_source *f, struct heads *h, struct err *err)
{
	const struct archive *a = f->files.archive;
	size_t n = 0, count = source_archive_count(a);
	struct head *all =
		arena_array(&f->source.arena, count, sizeof *all, err);
	struct str *parents =
		arena_array(&f->source.arena, count, sizeof *parents, err);
	h->v = arena_array(&f->source.arena, count, sizeof *h->v, err);
	if (!all || !parents || !h->v)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (source_docker_v1_is_json(a, i, &all[n].id)) {
			if (source_docker_v1_parent(f, all[n].id, &parents[n],
						    err) < 0)
				return -1;
			if (++n > f->source.lim.manifests_max)
				return limits_exceeded(
					&f->source.lim,
					&f->source.lim.manifests_max, n, err);
		}
	for (size_t i = 0; i < n; i++) {
		bool is_parent = false;
		for (size_t k = 0; k < n; k++)
			is_parent |= str_eq(parents[k], all[i].id);
		if (!is_parent)
			h->v[h->n++] = all[i];
	}
	return 0;
}

static int refuse(const struct heads *h, enum err_code code, const char *what,
		  struct err *err)
{
	scoped(buf_done) struct buf names = BUF_INIT(1 << 16);
	for (size_t i = 0; i < h->n && names.n < 300; i++) {
		struct str name = h->v[i].name;
		const char *comma = i ? ", " : "";
		if (name.n ? buf_addf(&names, err, "%s%s", comma,
				      str_quoted(name).text) < 0
			   : buf_addf(&names, err, "%s@%zu", comma, i) < 0)
			return -1;
	}
	const char *z = buf_cstr(&names);
	return err_set(err, code, "%s: %.300s", what, z ? z : "");
}

/* Without a tag or @N: what there is, when it is one image. Several names of
 * one id are one image. */
static int pick(const struct file_source *f, const struct heads *h, size_t *out,
		struct err *err)
{
	size_t at = h->n;
	if (h->n == 0)
		return err_set(err, ERR_NOT_FOUND, "holds no image");
	if (f->source.ref.has_index && f->source.ref.index >= h->n)
		return err_set(err, ERR_NOT_FOUND,
			       "no image @%" PRIu64 "; repositories has %zu",
			       f->source.ref.index, h->n);
	if (f->source.ref.has_index)
		at = (size_t)f->source.ref.index;
	for (size_t i = 0; f->source.ref.tag.n && at == h->n && i < h->n; i++)
		if (oci_name_same(h->v[i].name, f->source.ref.tag))
			at = i;
	if (f->source.ref.tag.n && at == h->n)
		return refuse(h, ERR_NOT_FOUND, "no such tag; there is", err);
	for (size_t i = 1; at == h->n && i < h->n; i++)
		if (!str_eq(h->v[i].id, h->v[0].id))
			return refuse(h, ERR_USAGE,
				      "holds several images, name one of them",
				      err);
	*out = at == h->n ? 0 : at;
	return 0;
}

/* All names of the image. */
static int collect(struct file_source *f, const struct heads *h, struct str id,
		   struct image *img, struct err *err)
{
	img->tags = arena_array(&f->source.arena, h->n, sizeof *img->tags, err);
	if (!img->tags)
		return -1;
	for (size_t i = 0; i < h->n; i++)
		if (h->v[i].name.n && str_eq(h->v[i].id, id))
			img->tags[img->n_tags++] = h->v[i].name;
	return 0;
}

int source_docker_v1_pick(struct file_source *f, struct str *id,
			  struct image *img, struct err *err)
{
	struct heads h = { 0 };
	size_t at = 0;
	int r = read_names(f, &h, err);
	if (r < 0 || (r == 0 && find_heads(f, &h, err) < 0) ||
	    pick(f, &h, &at, err) < 0)
		return -1;
	*id = h.v[at].id;
	return collect(f, &h, *id, img, err);
}

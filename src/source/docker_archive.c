/* SPDX-License-Identifier: Apache-2.0 */
/* docker save and its imitators: manifest.json names a config and layers,
 * whatever their names. File names promise nothing: the DiffIDs in the config
 * do. Members come in any order. */
#include <inttypes.h>

#include "json/json.h"
#include "json/span.h"
#include "source/kind.h"
#include "source/names.h"

static bool taste(const struct source *s)
{
	return files_has(&s->files, "manifest.json");
}

/* One element of manifest.json. */
struct entry {
	const json_t *obj;
	json_t *tags;
};

static int get_entry(const json_t *list, size_t i, struct entry *out,
		     struct err *err)
{
	*out = (struct entry){ .obj = json_array_get(list, i) };
	if (!json_is_object(out->obj))
		return err_set(err, ERR_CORRUPT,
			       "manifest.json: element %zu is not an object",
			       i);
	if (json_get_array(out->obj, "RepoTags", &out->tags, err) < 0)
		return err_ctx(err, "manifest.json: element %zu", i);
	return 0;
}

static int get_string(const json_t *list, size_t i, const char *what,
		      struct str *out, struct err *err)
{
	const json_t *v = json_array_get(list, i);
	if (!json_is_string(v))
		return err_set(err, ERR_CORRUPT,
			       "manifest.json: %s[%zu] is not a string", what,
			       i);
	*out = (struct str){ json_string_value(v), json_string_length(v) };
	return 0;
}

/* Does the element bear the name? */
static int is_named(const struct entry *e, struct str name, struct err *err)
{
	struct str tag;
	for (size_t i = 0; i < json_array_size(e->tags); i++) {
		if (get_string(e->tags, i, "RepoTags", &tag, err) < 0)
			return -1;
		if (name_same(tag, name))
			return 1;
	}
	return 0;
}

static int list_images(const json_t *list, struct buf *out, struct err *err)
{
	struct entry e;
	struct str tag;
	for (size_t i = 0; i < json_array_size(list); i++) {
		if (get_entry(list, i, &e, err) < 0)
			return -1;
		if (json_array_size(e.tags) == 0 &&
		    buf_addf(out, err, "%s@%zu", out->n ? ", " : "", i) < 0)
			return -1;
		for (size_t k = 0; k < json_array_size(e.tags); k++)
			if (get_string(e.tags, k, "RepoTags", &tag, err) < 0 ||
			    buf_addf(out, err, "%s%s", out->n ? ", " : "",
				     str_quoted(tag).text) < 0)
				return -1;
	}
	return 0;
}

static int refuse(const json_t *list, enum err_code code, const char *what,
		  struct err *err)
{
	scoped(buf_done) struct buf names = BUF_INIT(8 << 20);
	if (list_images(list, &names, err) < 0)
		return -1;
	const char *z = buf_cstr(&names);
	return err_set(err, code, "%s: %.300s", what, z ? z : "");
}

static int pick(const struct source *s, const json_t *list, struct entry *out,
		struct err *err)
{
	size_t n = json_array_size(list);
	if (n == 0)
		return err_set(err, ERR_NOT_FOUND,
			       "manifest.json lists no image");
	if (s->ref.has_index && s->ref.index >= n)
		return err_set(err, ERR_NOT_FOUND,
			       "no image @%" PRIu64 "; manifest.json has %zu",
			       s->ref.index, n);
	if (s->ref.has_index)
		return get_entry(list, (size_t)s->ref.index, out, err);
	for (size_t i = 0; s->ref.tag.n && i < n; i++) {
		int r = get_entry(list, i, out, err);
		if (r == 0)
			r = is_named(out, s->ref.tag, err);
		if (r != 0)
			return r < 0 ? -1 : 0;
	}
	if (s->ref.tag.n)
		return refuse(list, ERR_NOT_FOUND, "no such tag; there is",
			      err);
	if (n > 1)
		return refuse(list, ERR_USAGE,
			      "holds several images, name one of them", err);
	return get_entry(list, 0, out, err);
}

static int read_tags(struct source *s, const struct entry *e, struct image *img,
		     struct err *err)
{
	struct str tag;
	size_t n = json_array_size(e->tags);
	img->tags = arena_array(&s->arena, n, sizeof *img->tags, err);
	if (!img->tags)
		return -1;
	for (; img->n_tags < n; img->n_tags++)
		if (get_string(e->tags, img->n_tags, "RepoTags", &tag, err) <
			    0 ||
		    arena_str(&s->arena, tag, &img->tags[img->n_tags], err) < 0)
			return -1;
	return 0;
}

static int read_config(struct source *s, const struct entry *e,
		       struct image *img, struct err *err)
{
	struct str name = { 0 }, text;
	int r = json_get_str(e->obj, "Config", &name, err);
	if (r == 0 || (r > 0 && name.n == 0))
		return err_set(err, ERR_CORRUPT,
			       "manifest.json: an image without \"Config\"");
	struct str z;
	if (r < 0 || arena_str(&s->arena, name, &z, err) < 0)
		return -1;
	if (memchr(z.p, 0, z.n))
		return err_set(err, ERR_CORRUPT,
			       "manifest.json: \"Config\" contains NUL");
	r = files_read(&s->files, z.p, &s->lim, &s->lim.config_max, &s->arena,
		       &text, err);
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND,
			       "the config \"%s\" is not in the archive",
			       str_quoted(name).text);
	if (r < 0)
		return -1;
	if (oci_parse_config(text, &s->lim, &s->arena, &img->config, err) < 0)
		return err_ctx(err, "config %s", str_quoted(name).text);
	img->config_desc.media_type = STR(MT_DOCKER_CONFIG);
	img->config_desc.size = text.n;
	return digest_of(DIGEST_SHA256, text.p, text.n,
			 &img->config_desc.digest, err);
}

/* LayerSources, keyed by DiffID, is how docker save tells of layers that it
 * leaves out. */
static bool is_foreign(const struct entry *e, const struct image *img, size_t i)
{
	struct err why = { 0 };
	json_t *sources, *one;
	if (i >= img->config.n_diff_ids ||
	    json_get_object(e->obj, "LayerSources", &sources, &why) <= 0)
		return false;
	return json_get_object(sources,
			       digest_text(&img->config.diff_ids[i]).text, &one,
			       &why) > 0;
}

static int find_layer(const struct source *s, const struct source_layer *l,
		      struct file *out, struct err *err)
{
	(void)err;
	*out = (struct file){ .fd = s->files.fd,
			      .offset = l->locator,
			      .size = l->blob_size };
	return 1;
}

static int locate(struct source *s, const struct entry *e,
		  const struct image *img, size_t i, struct str name,
		  struct err *err)
{
	scoped(file_done) struct file f = FILE_INIT;
	int r = files_find(&s->files, name, &f, err);
	if (r < 0)
		return err_ctx(err, "layer %zu, \"%s\"", i + 1,
			       str_quoted(name).text);
	if (r == 0 && is_foreign(e, img, i))
		return err_set(err, ERR_NOT_FOUND,
			       "layer %zu is not here, it is kept elsewhere (a "
			       "foreign layer); its URLs are not followed",
			       i + 1);
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND,
			       "layer %zu, \"%s\", is not in the archive",
			       i + 1, str_quoted(name).text);
	img->layers[i].locator = f.offset;
	img->layers[i].blob_size = f.size;
	return arena_str(&s->arena, name, &img->layers[i].file, err);
}

static int read_layers(struct source *s, const struct entry *e,
		       struct image *img, struct err *err)
{
	json_t *list = NULL;
	struct str name;
	if (json_get_array(e->obj, "Layers", &list, err) < 0)
		return err_ctx(err, "manifest.json");
	size_t n = json_array_size(list);
	if (n > s->lim.layers_max)
		return limits_exceeded(&s->lim, &s->lim.layers_max, n, err);
	img->layers = arena_array(&s->arena, n, sizeof *img->layers, err);
	if (!img->layers)
		return -1;
	img->n_layers = n;
	for (size_t i = 0; i < n; i++)
		if (get_string(list, i, "Layers", &name, err) < 0 ||
		    locate(s, e, img, i, name, err) < 0)
			return -1;
	return 0;
}

static int parse_manifest(struct source *s, json_t **out, struct err *err)
{
	struct str text;
	int r = files_read(&s->files, "manifest.json", &s->lim,
			   &s->lim.manifest_max, &s->arena, &text, err);
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, "manifest.json is missing");
	if (r < 0)
		return -1;
	if (json_parse(text, &s->lim, &s->lim.manifest_max, out, err) < 0)
		return err_ctx(err, "manifest.json");
	if (!json_is_array(*out))
		return err_set(err, ERR_CORRUPT,
			       "manifest.json is not an array");
	return 0;
}

static int images(struct source *s, struct err *err)
{
	scoped(json_free) json_t *list = NULL;
	scoped(buf_done) struct buf seen = BUF_INIT(1 << 16);
	struct entry e = { 0 };
	struct image img = { 0 };
	if (parse_manifest(s, &list, err) < 0 || pick(s, list, &e, err) < 0 ||
	    read_tags(s, &e, &img, err) < 0 ||
	    read_config(s, &e, &img, err) < 0 ||
	    read_layers(s, &e, &img, err) < 0)
		return -1;
	int r = source_add_image(s, &img, &seen, err);
	return r == 0 ? source_no_platform(s, &seen, err) : r < 0 ? -1 : 0;
}

const struct source_kind docker_archive = {
	.name = "docker-archive",
	.transport = REF_DOCKER_ARCHIVE,
	.marks = "manifest.json",
	.taste = taste,
	.images = images,
	.find_layer = find_layer,
};

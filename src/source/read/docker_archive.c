/* SPDX-License-Identifier: Apache-2.0 */
/* docker save and its imitators: manifest.json names a config and layers,
 * whatever their names. File names promise nothing: the DiffIDs in the config
 * do. Members come in any order. */
#include "source/read/docker_archive.h"

#include "source/read/docker_manifest.h"

static bool taste(const struct file_source *f)
{
	return source_files_has(&f->files, "manifest.json");
}

static int read_tags(struct file_source *f, const struct docker_entry *e,
		     struct image *img, struct err *err)
{
	struct str tag;
	size_t n = json_array_size(e->tags);
	img->tags = arena_array(&f->source.arena, n, sizeof *img->tags, err);
	if (!img->tags)
		return -1;
	for (; img->n_tags < n; img->n_tags++)
		if (source_docker_string(e->tags, img->n_tags, "RepoTags", &tag,
					 err) < 0 ||
		    arena_str(&f->source.arena, tag, &img->tags[img->n_tags],
			      err) < 0)
			return -1;
	return 0;
}

/* "Config" is a member's name, and the image's id is the digest of its bytes,
 * whatever the name says. */
static int read_config(struct file_source *f, const struct docker_entry *e,
		       struct image *img, struct err *err)
{
	struct str name = { 0 }, text;
	int r = source_docker_entry_str(e, "Config", &name, err);
	if (r == 0 || (r > 0 && name.n == 0))
		return err_set(err, ERR_CORRUPT,
			       "manifest.json: an image without \"Config\"");
	struct str z;
	if (r < 0 || arena_str(&f->source.arena, name, &z, err) < 0)
		return -1;
	if (str_has(z, 0))
		return err_set(err, ERR_CORRUPT,
			       "manifest.json: \"Config\" contains NUL");
	r = source_read_named(f, z.p, &f->source.lim.config_max, &text, err);
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND,
			       "the config \"%s\" is not in the archive",
			       str_quoted(name).text);
	if (r < 0)
		return -1;
	if (oci_parse_config(text, &f->source.lim, &f->source.arena,
			     &img->config, err) < 0)
		return err_ctx(err, "config %s", str_quoted(name).text);
	img->config_desc.media_type = STR(MT_DOCKER_CONFIG);
	img->config_desc.size = text.n;
	return digest_of(DIGEST_SHA256, text.p, text.n,
			 &img->config_desc.digest, err);
}

/* LayerSources, keyed by DiffID, is how docker save tells of layers that it
 * leaves out. */
static bool is_foreign(const struct docker_entry *e, const struct image *img,
		       size_t i)
{
	struct err why = { 0 };
	json_t *sources, *one;
	if (i >= img->config.n_diff_ids ||
	    source_docker_entry_object(e, "LayerSources", &sources, &why) <= 0)
		return false;
	return json_get_object(sources,
			       digest_text(&img->config.diff_ids[i]).text, &one,
			       &why) > 0;
}

int source_docker_find_layer(const struct file_source *f,
			     const struct source_layer *l, struct file *out,
			     struct err *err)
{
	(void)err;
	*out = (struct file){ .fd = f->files.fd,
			      .offset = l->locator,
			      .size = l->blob_size };
	return 1;
}

/* Where a layer lies is settled once, with links followed: opening it later is a
 * pread, from any thread. */
static int locate(struct file_source *f, const struct docker_entry *e,
		  const struct image *img, size_t i, struct str name,
		  struct err *err)
{
	scoped(source_file_done) struct file at = FILE_INIT;
	int r = source_files_find(&f->files, name, &at, err);
	if (r < 0)
		return err_ctx(err, "layer %zu, \"%s\"", i + 1,
			       str_quoted(name).text);
	if (r == 0 && is_foreign(e, img, i))
		return err_set(err, ERR_UNSUPPORTED,
			       "layer %zu is not here, it is kept elsewhere (a "
			       "foreign layer); its URLs are not followed",
			       i + 1);
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND,
			       "layer %zu, \"%s\", is not in the archive",
			       i + 1, str_quoted(name).text);
	img->layers[i].locator = at.offset;
	img->layers[i].blob_size = at.size;
	return arena_str(&f->source.arena, name, &img->layers[i].file, err);
}

static int read_layers(struct file_source *f, const struct docker_entry *e,
		       struct image *img, struct err *err)
{
	json_t *list = NULL;
	struct str name;
	if (source_docker_entry_array(e, "Layers", &list, err) < 0)
		return err_ctx(err, "manifest.json");
	size_t n = json_array_size(list);
	if (n > f->source.lim.layers_max)
		return limits_exceeded(&f->source.lim,
				       &f->source.lim.layers_max, n, err);
	img->layers =
		arena_array(&f->source.arena, n, sizeof *img->layers, err);
	if (!img->layers)
		return -1;
	img->n_layers = n;
	for (size_t i = 0; i < n; i++)
		if (source_docker_string(list, i, "Layers", &name, err) < 0 ||
		    locate(f, e, img, i, name, err) < 0)
			return -1;
	return 0;
}

static int images(struct file_source *f, struct err *err)
{
	scoped(json_free) json_t *list = NULL;
	scoped(buf_done) struct buf seen = BUF_INIT(1 << 16);
	struct docker_entry e = { 0 };
	struct image img = { 0 };
	if (source_docker_manifest_read(f, &list, err) < 0 ||
	    source_docker_manifest_pick(f, list, &e, err) < 0 ||
	    read_tags(f, &e, &img, err) < 0 ||
	    read_config(f, &e, &img, err) < 0 ||
	    read_layers(f, &e, &img, err) < 0)
		return -1;
	int r = source_add_image(&f->source, &img, &seen, err);
	return r == 0  ? source_no_platform(&f->source, &seen, err)
	       : r < 0 ? -1
		       : 0;
}

int source_docker_archive_configs(struct file_source *f, struct digest **out,
				  size_t *n, struct err *err)
{
	scoped(json_free) json_t *list = NULL;
	struct docker_entry e;
	if (source_docker_manifest_read(f, &list, err) < 0)
		return -1;
	struct digest *v = arena_array(&f->source.arena, json_array_size(list),
				       sizeof *v, err);
	if (!v)
		return -1;
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct image img = { 0 };
		if (source_docker_manifest_entry(list, i, &e, err) < 0 ||
		    read_config(f, &e, &img, err) < 0)
			return -1;
		v[i] = img.config_desc.digest;
	}
	*out = v;
	*n = json_array_size(list);
	return 0;
}

const struct file_format source_docker_archive = {
	.name = "docker-archive",
	.transport = REF_DOCKER_ARCHIVE,
	.marks = "manifest.json",
	.taste = taste,
	.images = images,
	.find_layer = source_docker_find_layer,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* docker save before 1.10: no manifest.json, but for each layer a directory of
 * its id with "json" (the image as it was at that layer, and its parent's id)
 * and "layer.tar", and "repositories": {"NAME":{"TAG":"ID"}}.
 *
 * It is read as docker load does (moby, image/tarexport/load.go, legacyLoad):
 * the layers are those of the chain of parents, and the config is the upmost
 * json without what only that format has, with the DiffIDs and the history that
 * today's have. The DiffIDs stand nowhere: each layer is read for its own.
 *
 * A worked example. Members:
 *
 *   1111.../json       {"id":"1111...","os":"linux","architecture":"amd64"}
 *   1111.../layer.tar
 *   2222.../json       {"id":"2222...","parent":"1111...","config":{...}}
 *   2222.../layer.tar
 *   repositories       {"app":{"1":"2222..."}}
 *
 * app:1 names 2222..., whose parent is 1111..., which has none: the layers are
 * 1111.../layer.tar, 2222.../layer.tar, from the base up, and the config is
 * 2222.../json without "id" and "parent".
 *
 * The chain is the archive's word. It may lead in a circle (1111 is its own
 * parent), so it is as long as layers_max at most, and never recursed into; an
 * id becomes part of a member's name, so it must be 64 hexadecimal digits and
 * cannot lead anywhere else. */
#include "source/read/docker_v1.h"

#include <stdio.h>

#include "codec/codec.h"
#include "source/read/archive.h"
#include "source/read/docker_archive.h"

/* With a manifest.json all of this is only there for engines before 1.10. */
static bool taste(const struct file_source *f)
{
	const struct archive *a = f->files.archive;
	struct str id;
	if (source_files_has(&f->files, "manifest.json"))
		return false;
	for (size_t i = 0; i < source_archive_count(a); i++)
		if (source_docker_v1_is_json(a, i, &id))
			return true;
	return false;
}

/* From the base up. A circle of parents ends at layers_max. */
static int read_chain(struct file_source *f, struct str id, struct str **out,
		      size_t *n, struct err *err)
{
	size_t max = (size_t)f->source.lim.layers_max;
	struct str *v = arena_array(&f->source.arena, max, sizeof *v, err);
	if (!v)
		return -1;
	for (*n = 0; id.n; (*n)++) {
		if (*n == max)
			return limits_exceeded(&f->source.lim,
					       &f->source.lim.layers_max,
					       *n + 1, err);
		v[*n] = id;
		if (source_docker_v1_parent(f, id, &id, err) < 0)
			return -1;
	}
	for (size_t i = 0; i < *n / 2; i++) {
		struct str swap = v[i];
		v[i] = v[*n - 1 - i];
		v[*n - 1 - i] = swap;
	}
	*out = v;
	return 0;
}

static int locate(struct file_source *f, struct str id, struct source_layer *l,
		  struct err *err)
{
	scoped(source_file_done) struct file at = FILE_INIT;
	char name[DOCKER_V1_ID + 16];
	int n = snprintf(name, sizeof name, "%.*s/layer.tar", STR_ARG(id));
	int r = source_files_find(&f->files, (struct str){ name, (size_t)n },
				  &at, err);
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND,
			       "\"%s\" is not in the archive", name);
	if (r < 0)
		return err_ctx(err, "%s", name);
	l->locator = at.offset;
	l->blob_size = at.size;
	return arena_str(&f->source.arena, (struct str){ name, (size_t)n },
			 &l->file, err);
}

/* The DiffIDs, by reading every layer to its end: what this costs once, a
 * config that lies would cost everybody who believes it. The image has no config
 * yet, but opening a layer needs its source, its name and its layers alone. */
static int measure(struct file_source *f, struct image *img, struct digest *ids,
		   struct err *err)
{
	img->source = &f->source;
	img->name = f->source.ref.text;
	for (size_t i = 0; i < img->n_layers; i++) {
		scoped(stream_close) struct stream *blob = NULL;
		img->layers[i].position = i;
		if (source_open_layer(img, i, &blob, err) < 0)
			return -1;
		if (codec_digest(&blob, &f->source.lim, &ids[i], err) < 0)
			return err_ctx(err, "layer %zu, \"%.*s\"", i + 1,
				       STR_ARG(img->layers[i].file));
	}
	return 0;
}

static int read_layers(struct file_source *f, const struct str *chain, size_t n,
		       struct image *img, struct digest **ids, struct err *err)
{
	img->layers =
		arena_array(&f->source.arena, n, sizeof *img->layers, err);
	*ids = arena_array(&f->source.arena, n, sizeof **ids, err);
	if (!img->layers || !*ids)
		return -1;
	img->n_layers = n;
	for (size_t i = 0; i < n; i++)
		if (locate(f, chain[i], &img->layers[i], err) < 0)
			return -1;
	return measure(f, img, *ids, err);
}

static int images(struct file_source *f, struct err *err)
{
	scoped(buf_done) struct buf seen = BUF_INIT(1 << 16);
	struct image img = { 0 };
	struct digest *ids = NULL;
	struct str id, *chain = NULL, text;
	size_t n = 0;
	if (source_docker_v1_pick(f, &id, &img, err) < 0 ||
	    read_chain(f, id, &chain, &n, err) < 0 ||
	    read_layers(f, chain, n, &img, &ids, err) < 0 ||
	    source_docker_v1_config(f, chain, n, ids, &text, err) < 0)
		return -1;
	if (oci_parse_config(text, &f->source.lim, &f->source.arena,
			     &img.config, err) < 0)
		return err_ctx(err, "the config of %.12s", id.p);
	img.config_desc.media_type = STR(MT_DOCKER_CONFIG);
	img.config_desc.size = text.n;
	if (digest_of(DIGEST_SHA256, text.p, text.n, &img.config_desc.digest,
		      err) < 0)
		return -1;
	int r = source_add_image(&f->source, &img, &seen, err);
	return r == 0  ? source_no_platform(&f->source, &seen, err)
	       : r < 0 ? -1
		       : 0;
}

const struct file_format source_docker_v1 = {
	.name = "docker-archive",
	.transport = REF_DOCKER_ARCHIVE,
	.marks = "manifest.json",
	.taste = taste,
	.images = images,
	.find_layer = source_docker_find_layer,
};

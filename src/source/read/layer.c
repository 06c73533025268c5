/* SPDX-License-Identifier: Apache-2.0 */
/* The one way to a layer's bytes, whatever kind they come from. */
#include <sys/stat.h>

#include "source/read/kind.h"

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

/* No kind is believed: what it gives is limited first, so that a stream without
 * an end comes to one, and then held to the digest. A docker-archive states
 * none for its blobs; there the DiffID judges, once the layer is inflated. */
static int open_layer(const struct image *img, const struct source_layer *l,
		      struct stream **out, struct err *err)
{
	scoped(stream_close) struct stream *bytes = NULL;
	scoped(stream_close) struct stream *held = NULL;
	const struct source *s = img->source;
	const struct limits *lim = &s->lim;
	if (l->blob_size > lim->blob_max)
		return limits_exceeded(lim, &lim->blob_max, l->blob_size, err);
	if (s->kind->open_layer(s, l, &bytes, err) < 0 ||
	    limit_open(&bytes, lim, &lim->blob_max, &held, err) < 0)
		return -1;
	if (!l->desc.digest.alg) {
		*out = take(&held);
		return 0;
	}
	return verify_open(&held, &l->desc.digest, l->blob_size, out, err);
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
	const struct source *s = img->source;
	if (!s->kind->stat_layer)
		return 0;
	int r = s->kind->stat_layer(s, &img->layers[position], st, err);
	return r < 0 ? source_layer_ctx(img, position, err) : r;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* One pass for three results: the tar's hash is the DiffID, what comes out of
 * the codec is the blob, and the caller's sink hashes that for its digest. Of a
 * raw layer the two are one.
 * Nothing is kept, whatever the layer's size; so an index must be complete
 * before the first byte is written, as a header cannot be mended once it has
 * gone by. */
#include "layer/encode.h"

#include <stdlib.h>

#include "base/hash_behind.h"
#include "base/progress.h"
#include "base/vec.h"
#include "layer/effort.h"
#include "tar/writer.h"

/* The tar of one layer, on its way. */
struct writing {
	struct layer_contents *from;
	struct tar_writer *tar;
	struct tar_xattr *xattrs; /* of the record at hand */
	uint32_t cap_xattrs;
};

static void writing_done(struct writing *w)
{
	tar_writer_close(&w->tar);
	free(w->xattrs);
}

/* Records code xattrs sorted by name (record.h), which is the order that the
 * writer wants. */
static int get_xattrs(struct writing *w, const struct index_record *rec,
		      struct tar_entry *e, struct err *err)
{
	struct cur c = cur_of(rec->xattrs.p, rec->xattrs.n);
	struct tar_xattr x;
	uint32_t n = 0;
	while (layer_xattr_next(&c, &x.name, &x.value)) {
		if (vec_room((void **)&w->xattrs, n, &w->cap_xattrs,
			     sizeof *w->xattrs, err) < 0)
			return -1;
		w->xattrs[n++] = x;
	}
	e->xattrs = w->xattrs;
	e->n_xattrs = n;
	return 0;
}

static int write_content(struct writing *w, uint32_t i, struct tar_entry *e,
			 struct err *err)
{
	struct layer_contents *from = w->from;
	const uint8_t *p;
	size_t n;
	int r;
	if (from->ops->begin(from, i, e, err) < 0 ||
	    tar_write_entry(w->tar, e, err) < 0)
		return -1;
	/* The writer refuses fewer or more bytes than the header announced, so
	 * a supply that is wrong ends as an error, never as a tar that cannot
	 * be read. */
	while ((r = from->ops->next(from, &p, &n, err)) > 0)
		if (tar_write_data(w->tar, p, n, err) < 0)
			return -1;
	return r;
}

/* Only a file of at least one byte has content: hard links, whiteouts and
 * empty files are their header alone. */
static int write_record(struct writing *w, uint32_t i,
			const struct index_record *rec, struct err *err)
{
	struct tar_entry e = {
		.name = rec->path,
		.target = rec->target,
		.type = rec->type,
		.mode = rec->mode,
		.uid = rec->uid,
		.gid = rec->gid,
		.mtime = rec->mtime,
		.devmajor = rec->devmajor,
		.devminor = rec->devminor,
		.size = rec->size,
	};
	if (get_xattrs(w, rec, &e, err) < 0)
		return -1;
	if (rec->type == TAR_FILE && rec->size > 0)
		return write_content(w, i, &e, err);
	return tar_write_entry(w->tar, &e, err);
}

/* The index decides order and headers, so a tar from the same index is the same
 * to the byte, wherever its contents come from. */
static int write_tar(const struct layer_index *ix, struct layer_contents *from,
		     struct sink *to, struct sink *codec, struct err *err)
{
	scoped(writing_done) struct writing w = { .from = from };
	scoped(layer_index_iter_done) struct index_iter it;
	struct index_record rec;
	int r;
	layer_index_begin(ix, &it);
	if (tar_writer_open(to, &w.tar, err) < 0)
		return -1;
	for (uint32_t i = 0; (r = layer_index_next(&it, &rec, err)) > 0; i++)
		if ((codec && codec_sink_border(codec, err) < 0) ||
		    write_record(&w, i, &rec, err) < 0)
			return -1;
	if (r < 0)
		return -1;
	return tar_write_end(w.tar, err);
}

int layer_write_tar(const struct layer_index *ix, struct layer_contents *from,
		    struct sink *to, struct err *err)
{
	return write_tar(ix, from, to, NULL, err);
}

/* What a tar passes through: hashed as it is (the DiffID), counted for
 * progress, compressed. The blob's own sink is the caller's, which hashes what
 * comes out. */
struct encoding {
	struct sink *codec, *counted, *tar;
};

static void encoding_done(struct encoding *c)
{
	sink_close(&c->tar);
	sink_close(&c->counted);
	sink_close(&c->codec);
}

static int encoding_begin(struct encoding *c, const struct layer_style *style,
			  struct sink *blob, struct layer_encoded *out,
			  struct err *err)
{
	const struct codec_spec *spec = &style->spec;
	if (codec_sink_open(spec, style->threads, blob, &c->codec, err) < 0 ||
	    count_sink_open(c->codec, style->progress, &c->counted, err) < 0)
		return -1;
	codec_sink_donors(c->codec, style->donors);
	/* Bytes are counted where they go into the codec: that is what takes
	 * the time, and a codec with several threads takes them in long before
	 * they come out. */
	progress_weight(style->progress, layer_effort_of(spec, style->threads));
	bool is_blob = spec->codec == CODEC_NONE;
	out->diff_id = (struct digest){ 0 };
	if (!is_blob && style->threads > 1)
		return hash_behind_open(c->counted, &out->diff_id,
					&out->tar_size, &c->tar, err);
	return hash_sink_open(c->counted, is_blob ? NULL : &out->diff_id,
			      &out->tar_size, &c->tar, err);
}

/* The outermost first: what the hash lets through last must have reached the
 * codec before that ends its format. */
static int encoding_end(struct encoding *c, struct err *err)
{
	if (sink_finish(c->tar, err) < 0)
		return -1;
	return sink_finish(c->codec, err);
}

int layer_encode(const struct layer_index *ix, struct layer_contents *from,
		 const struct layer_style *style, struct sink *blob,
		 struct layer_encoded *out, struct err *err)
{
	scoped(encoding_done) struct encoding c = { 0 };
	if (encoding_begin(&c, style, blob, out, err) < 0 ||
	    write_tar(ix, from, c.tar, c.codec, err) < 0)
		return -1;
	return encoding_end(&c, err);
}

/* n bytes of a tar that holds them. */
static int pump(struct encoding *c, struct stream *tar, uint64_t n,
		struct err *err)
{
	const uint8_t *p;
	size_t have;
	int r;
	while (n && (r = stream_peek(tar, 1, &p, &have, err)) > 0) {
		size_t step = (size_t)MIN(n, (uint64_t)have);
		if (sink_write(c->tar, p, step, err) < 0)
			return -1;
		stream_skip(tar, step);
		n -= step;
	}
	return n ? r : 0;
}

/* Member by member, so that the codec hears where they begin. What stands
 * behind the last one is the caller's. */
static int pump_members(struct encoding *c, struct stream *tar,
			const struct layer_index *ix, struct err *err)
{
	scoped(layer_index_iter_done) struct index_iter it;
	struct index_record rec;
	int r;
	layer_index_begin(ix, &it);
	while ((r = layer_index_next(&it, &rec, err)) > 0)
		if (codec_sink_border(c->codec, err) < 0 ||
		    pump(c, tar, rec.end - rec.offset, err) < 0)
			return -1;
	return r;
}

int layer_reencode(struct stream *tar, const struct layer_index *ix,
		   const struct layer_style *style, struct sink *blob,
		   struct layer_encoded *out, struct err *err)
{
	scoped(encoding_done) struct encoding c = { 0 };
	if (encoding_begin(&c, style, blob, out, err) < 0 ||
	    pump_members(&c, tar, ix, err) < 0 ||
	    sink_pump(c.tar, tar, NULL, err) < 0 || stream_finish(tar, err) < 0)
		return -1;
	return encoding_end(&c, err);
}

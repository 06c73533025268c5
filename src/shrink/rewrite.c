/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/rewrite.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/vec.h"
#include "codec/codec.h"
#include "shrink/effort.h"
#include "shrink/stash.h"
#include "tar/reader.h"
#include "tar/writer.h"

/* A source layer being read: the next member is number `next`. */
struct reading {
	struct stream *stream;
	struct tar_reader *tar;
	uint32_t next;
	uint64_t told; /* to progress */
};

struct rewriter {
	const struct loaded_image *src;
	const struct limits *lim;
	struct progress *progress;
	struct reading *layers; /* one a source layer, opened when needed */
	struct stash stash;
	uint8_t *wanted; /* source entries whose content is still to come */
	struct tar_xattr *xattrs;
	uint32_t cap_xattrs;
};

void rewriter_close(struct rewriter **rwp)
{
	struct rewriter *rw = take(rwp);
	if (!rw)
		return;
	for (size_t i = 0; rw->layers && i < rw->src->n_layers; i++) {
		tar_close(&rw->layers[i].tar);
		stream_close(&rw->layers[i].stream);
	}
	free(rw->layers);
	stash_done(&rw->stash);
	free(rw->wanted);
	free(rw->xattrs);
	free(rw);
}

/* A layer may write what a lower one stores, so all wishes are known before
 * the first layer is read. */
static void mark_wanted(struct rewriter *rw, const struct plan *plan)
{
	for (uint32_t i = 0; i < plan->n_layers; i++) {
		const struct plan_layer *l = &plan->layers[i];
		for (uint32_t k = 0; k < l->n_records; k++)
			if (l->inodes[k] != TREE_NONE)
				rw->wanted[l->inodes[k]] = 1;
	}
}

int rewriter_open(const struct loaded_image *src, const struct plan *plan,
		  const struct limits *lim, const char *tmpdir,
		  struct progress *progress, struct rewriter **out,
		  struct err *err)
{
	scoped(rewriter_close) struct rewriter *rw = calloc(1, sizeof *rw);
	if (!rw)
		return err_nomem(err, sizeof *rw);
	*rw = (struct rewriter){ .src = src, .lim = lim, .progress = progress };
	stash_init(&rw->stash, tmpdir);
	rw->layers = calloc(src->n_layers + 1, sizeof *rw->layers);
	rw->wanted = calloc(src->tree->n_entries, 1);
	if (!rw->layers || !rw->wanted)
		return err_nomem(err, src->tree->n_entries);
	mark_wanted(rw, plan);
	*out = take(&rw);
	return 0;
}

static int open_layer(struct rewriter *rw, uint16_t position,
		      struct reading **out, struct err *err)
{
	struct reading *r = &rw->layers[position];
	const struct image *img = rw->src->image;
	scoped(stream_close) struct stream *blob = NULL;
	if (!r->stream) {
		enum codec c = rw->src->layers[position].codec;
		if (source_open_layer(img, position, &blob, err) < 0 ||
		    codec_open(c, &blob, rw->lim, NULL, &r->stream, err) < 0 ||
		    tar_open(r->stream, rw->lim, &r->tar, err) < 0)
			return -1;
	}
	*out = r;
	return 0;
}

/* Decodes a record's xattrs into rw->xattrs. */
static int get_xattrs(struct rewriter *rw, const struct index_record *rec,
		      struct tar_entry *e, struct err *err)
{
	struct cur c = cur_of(rec->xattrs.p, rec->xattrs.n);
	struct tar_xattr x;
	uint32_t n = 0;
	while (xattr_next(&c, &x.name, &x.value)) {
		if (vec_room((void **)&rw->xattrs, n, &rw->cap_xattrs,
			     sizeof *rw->xattrs, err) < 0)
			return -1;
		rw->xattrs[n++] = x;
	}
	e->xattrs = rw->xattrs;
	e->n_xattrs = n;
	return 0;
}

static int put_in_stash(struct rewriter *rw, uint32_t entry,
			const struct tar_entry *e, struct tar_reader *tar,
			struct err *err)
{
	struct tar_run run;
	int r;
	if (stash_begin(&rw->stash, entry, e, err) < 0)
		return -1;
	while ((r = tar_content(tar, &run, err)) > 0)
		if (run.p &&
		    stash_add(&rw->stash, run.p, (size_t)run.n, err) < 0)
			return -1;
	return r;
}

/* Reads on to a member of its layer; what is wanted on the way is put aside.
 */
static int read_to(struct rewriter *rw, uint32_t entry, struct reading **out,
		   struct tar_entry *e, struct err *err)
{
	const struct tree *t = rw->src->tree;
	uint16_t position = t->entries[entry].born;
	uint32_t first = t->layers[position].first;
	struct reading *r;
	if (open_layer(rw, position, &r, err) < 0)
		return -1;
	for (;;) {
		int got = tar_next(r->tar, e, err);
		if (got < 0)
			return -1;
		if (got == 0)
			return err_set(err, ERR_CORRUPT,
				       "layer %u changed while it was read",
				       position + 1u);
		progress_work(rw->progress,
			      (tar_offset(r->tar) - r->told) * EFFORT_UNPACK);
		r->told = tar_offset(r->tar);
		uint32_t id = first + r->next++;
		if (id == entry)
			break;
		if (rw->wanted[id] && put_in_stash(rw, id, e, r->tar, err) < 0)
			return -1;
	}
	*out = r;
	return 0;
}

static int write_from_layer(struct rewriter *rw, struct tar_writer *w,
			    struct tar_entry *out, uint32_t entry,
			    struct err *err)
{
	struct reading *from = NULL;
	struct tar_entry e;
	struct tar_run run;
	int r;
	if (read_to(rw, entry, &from, &e, err) < 0)
		return -1;
	out->is_sparse = e.is_sparse;
	out->sparse = e.sparse;
	out->n_sparse = e.n_sparse;
	if (tar_write_entry(w, out, err) < 0)
		return -1;
	while ((r = tar_content(from->tar, &run, err)) > 0)
		if (run.p && tar_write_data(w, run.p, (size_t)run.n, err) < 0)
			return -1;
	return r;
}

static int write_from_stash(struct rewriter *rw, struct tar_writer *w,
			    struct tar_entry *out, uint32_t entry,
			    struct err *err)
{
	scoped(stream_close) struct stream *s = NULL;
	const uint8_t *p;
	size_t n;
	int r;
	if (stash_open(&rw->stash, entry, out, &s, err) < 0 ||
	    tar_write_entry(w, out, err) < 0)
		return -1;
	while ((r = stream_peek(s, 1, &p, &n, err)) > 0) {
		if (tar_write_data(w, p, n, err) < 0)
			return -1;
		stream_skip(s, n);
	}
	return r;
}

static int write_record(struct rewriter *rw, struct tar_writer *w,
			const struct index_record *rec, uint32_t inode,
			struct err *err)
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
	if (get_xattrs(rw, rec, &e, err) < 0)
		return -1;
	if (inode == TREE_NONE)
		return tar_write_entry(w, &e, err);
	rw->wanted[inode] = 0;
	if (stash_has(&rw->stash, inode))
		return write_from_stash(rw, w, &e, inode, err);
	return write_from_layer(rw, w, &e, inode, err);
}

int rewriter_write(struct rewriter *rw, const struct plan_layer *layer,
		   struct sink *to, struct err *err)
{
	scoped(tar_writer_close) struct tar_writer *w = NULL;
	scoped(index_iter_done) struct index_iter it;
	struct index_record rec;
	int r;
	index_begin(&layer->index, &it);
	if (tar_writer_open(to, &w, err) < 0)
		return -1;
	for (uint32_t i = 0; (r = index_next(&it, &rec, err)) > 0; i++)
		if (write_record(rw, w, &rec, layer->inodes[i], err) < 0)
			return -1;
	if (r < 0)
		return -1;
	return tar_write_end(w, err);
}

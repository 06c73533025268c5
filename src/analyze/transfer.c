/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/transfer.h"

#include <stdlib.h>

#include "analyze/file_pairs.h"
#include "base/vec.h"

const char *const analyze_transfer_cause_name[TRANSFER_CAUSES] = {
	[TRANSFER_NEW] = "new",		[TRANSFER_UNCHANGED] = "unchanged",
	[TRANSFER_TIME] = "time",	[TRANSFER_METADATA] = "metadata",
	[TRANSFER_MOVED] = "moved",	[TRANSFER_BYTECODE] = "bytecode",
	[TRANSFER_ARCHIVE] = "archive", [TRANSFER_COMPRESSED] = "compressed",
};

void analyze_transfer_done(struct transfer *w)
{
	free(w->layers);
	free(w->files);
	*w = (struct transfer){ 0 };
}

/* Each file that a fetched layer of the new image stores is asked, in this
 * order, where the old image has it; the first answer counts:
 *
 *   the same content at the same path   unchanged, time or metadata
 *   the same content anywhere           moved
 *   equal fingerprints at that path     bytecode, archive or compressed
 *   none of these                       new
 *
 * Fingerprints need the contents, which are read from both images at the end,
 * all at once: c.pairs. */
struct comparing {
	struct transfer *w;
	const struct tree *a, *b;
	struct buf path;
	struct file_pairs pairs;
};

static void comparing_done(struct comparing *c)
{
	buf_done(&c->path);
	analyze_pairs_done(&c->pairs);
}

static bool same_content(const struct comparing *c, const struct tree_entry *x,
			 const struct tree_entry *y)
{
	const uint8_t *p = tree_content(c->a, x), *q = tree_content(c->b, y);
	return p && q ? memcmp(p, q, 32) == 0 : p == q;
}

/* The content and the path are the same: then why is it in the layer at all?
 * The first difference counts; the mtime comes last, as a chmod changes none,
 * while a build that writes the file again changes nothing else. */
static enum transfer_cause cause_of_same(const struct comparing *c,
					 const struct tree_entry *x,
					 const struct tree_entry *y)
{
	const struct tree_meta *m = tree_meta(c->a, x);
	const struct tree_meta *n = tree_meta(c->b, y);
	if (m->mode != n->mode || m->uid != n->uid || m->gid != n->gid ||
	    !str_eq(tree_xattrs(c->a, x), tree_xattrs(c->b, y)))
		return TRANSFER_METADATA;
	return instant_eq(tree_mtime(c->a, x), tree_mtime(c->b, y))
		       ? TRANSFER_UNCHANGED
		       : TRANSFER_TIME;
}

/* The file of a that stands where an entry of b does; NULL: none. */
static int find_old(struct comparing *c, const struct tree_entry *e,
		    const struct tree_entry **out, struct err *err)
{
	*out = NULL;
	if (e->node == TREE_NONE)
		return 0;
	buf_reset(&c->path);
	if (tree_path(c->b, e->node, &c->path, err) < 0)
		return -1;
	uint32_t node = tree_find(c->a, buf_str(&c->path));
	const struct tree_entry *top =
		node == TREE_NONE ? NULL : tree_top(c->a, node);
	if (top && tree_inode(c->a, top)->type == TAR_FILE)
		*out = tree_inode(c->a, top);
	return 0;
}

static int add_file(struct comparing *c, uint32_t entry,
		    enum transfer_cause cause, struct err *err)
{
	struct transfer *w = c->w;
	const struct tree_entry *e = tree_entry(c->b, entry);
	uint64_t bytes = tree_payload(c->b, e), cost = tree_cost(c->b, e);
	struct transfer_sum *sums[] = { &w->by[cause],
					&w->layers[e->born].by[cause] };
	for (size_t i = 0; i < ARRAY_LEN(sums); i++) {
		sums[i]->files++;
		sums[i]->bytes += bytes;
		sums[i]->compressed += cost;
	}
	if (cause == TRANSFER_NEW)
		return 0;
	if (vec_room((void **)&w->files, w->n_files, &w->cap_files,
		     sizeof *w->files, err) < 0)
		return -1;
	w->files[w->n_files++] =
		(struct transfer_file){ e->node, e->born, cause, bytes, cost };
	return 0;
}

/* One file; where only its fingerprint can tell, it waits in c->pairs. */
static int judge(struct comparing *c, uint32_t entry, struct err *err)
{
	const struct tree_entry *e = tree_entry(c->b, entry), *old;
	const uint8_t *sum = tree_content(c->b, e);
	if (find_old(c, e, &old, err) < 0)
		return -1;
	if (old && same_content(c, old, e))
		return add_file(c, entry, cause_of_same(c, old, e), err);
	if (sum && tree_has_content(c->a, sum))
		return add_file(c, entry, TRANSFER_MOVED, err);
	if (old && sum && tree_content(c->a, old))
		return analyze_pairs_add(&c->pairs, tree_id(c->a, old), entry,
					 err);
	return add_file(c, entry, TRANSFER_NEW, err);
}

static int judge_layers(struct comparing *c, struct err *err)
{
	const struct tree *t = c->b;
	for (uint32_t i = 0; i < tree_n_layers(t); i++) {
		const struct tree_layer *l = tree_layer(t, i);
		if (!c->w->layers[i].fetched || c->w->layers[i].same_tar)
			continue;
		for (uint32_t k = l->first; k < l->first + l->count; k++)
			if (tree_stores(tree_entry(t, k)) &&
			    tree_payload(t, tree_entry(t, k)) &&
			    judge(c, k, err) < 0)
				return -1;
	}
	return 0;
}

static int judge_pairs(struct comparing *c, struct err *err)
{
	if (analyze_pairs_compare(&c->pairs, c->w->from, c->w->to, err) < 0)
		return -1;
	for (uint32_t i = 0; i < c->pairs.n; i++) {
		static const enum transfer_cause causes[] = {
			[FINGERPRINT_BYTECODE] = TRANSFER_BYTECODE,
			[FINGERPRINT_ARCHIVE] = TRANSFER_ARCHIVE,
			[FINGERPRINT_COMPRESSED] = TRANSFER_COMPRESSED,
		};
		const struct file_pair *s = &c->pairs.v[i];
		if (add_file(c, s->b,
			     s->same ? causes[s->fingerprint.kind]
				     : TRANSFER_NEW,
			     err) < 0)
			return -1;
	}
	return 0;
}

/* Engines ask for a blob by its digest. A layer whose tar they have in another
 * compression has another digest and is fetched all the same (same_tar): its
 * files are not asked, since the compression is the cause. */
static void find_fetched(struct transfer *w)
{
	const struct loaded_image *a = w->from, *b = w->to;
	for (size_t i = 0; i < b->n_layers; i++) {
		const struct layer_index *ix = b->used[i];
		struct transfer_layer *l = &w->layers[i];
		l->digest = ix->blob;
		l->size = ix->blob_size;
		l->fetched = true;
		for (size_t k = 0; k < a->n_layers; k++) {
			if (digest_eq(&a->used[k]->blob, &ix->blob))
				l->fetched = false;
			if (digest_eq(&a->used[k]->diff_id, &ix->diff_id))
				l->same_tar = true;
		}
		/* A blob that comes twice is fetched once. */
		for (size_t k = 0; k < i; k++)
			if (digest_eq(&w->layers[k].digest, &ix->blob))
				l->fetched = false;
		l->same_tar = l->same_tar && l->fetched;
		w->layer_bytes += l->size;
		w->layer_fetch += l->fetched ? l->size : 0;
		w->n_fetched += l->fetched;
		w->compressed |= l->fetched && ix->codec != CODEC_NONE;
	}
}

static void sum_documents(struct transfer *w)
{
	const struct image *a = w->from->image, *b = w->to->image;
	struct str docs[][2] = { { a->config.text, b->config.text },
				 { a->manifest.text, b->manifest.text } };
	for (size_t i = 0; i < ARRAY_LEN(docs); i++) {
		w->doc_bytes += docs[i][1].n;
		if (!str_eq(docs[i][0], docs[i][1]))
			w->doc_fetch += docs[i][1].n;
	}
}

static int costlier(const void *a, const void *b)
{
	const struct transfer_file *x = a, *y = b;
	if (x->compressed != y->compressed)
		return x->compressed < y->compressed ? 1 : -1;
	if (x->bytes != y->bytes)
		return x->bytes < y->bytes ? 1 : -1;
	if (x->layer != y->layer)
		return x->layer < y->layer ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

int analyze_transfer(const struct loaded_image *from,
		     const struct loaded_image *to, struct transfer *out,
		     struct err *err)
{
	scoped(analyze_transfer_done) struct transfer w = { .from = from,
							    .to = to };
	scoped(comparing_done) struct comparing c = {
		.w = &w,
		.a = from->tree,
		.b = to->tree,
		.path = BUF_INIT(RECORD_PATH_MAX),
	};
	w.layers = calloc(to->n_layers + 1, sizeof *w.layers);
	if (!w.layers)
		return err_nomem(err, to->n_layers * sizeof *w.layers);
	find_fetched(&w);
	sum_documents(&w);
	if (judge_layers(&c, err) < 0 || judge_pairs(&c, err) < 0)
		return -1;
	if (w.n_files)
		qsort(w.files, w.n_files, sizeof *w.files, costlier);
	*out = w;
	w = (struct transfer){ 0 };
	return 0;
}

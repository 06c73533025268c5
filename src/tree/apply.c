/* SPDX-License-Identifier: Apache-2.0 */
/* A tree from its first layer to its last.
 *
 * A layer takes four steps, and their order is the meaning of "between layers
 * all of a layer happens at one instant":
 *
 *	unpack	members, in tar order, into the layer's own upper
 *		directory; of the tree below only names are read that a
 *		hard link leads to, and new names go straight onto it
 *	mark	whiteouts and opaque markers, once all members are known
 *	merge	the upper directory over the tree below
 *	account	which inodes lost their last name
 *
 * A whiteout that came last in the tar therefore hides no entry of its own
 * layer, and a hard link beside a whiteout of its target still finds the
 * target. */
#include <stdlib.h>

#include "base/vec.h"
#include "tree/layering.h"

/* Offsets into a pool are 32 bits. */
enum { POOL_MAX_LOG = 32 };

/* The root exists before any layer, as the mount point does: 0755 0:0, of which
 * the engines disagree (ENGINE_ROOT). It is implied, so a layer without an
 * entry for "./" leaves it so. */
static int make_root(struct tree *t, struct err *err)
{
	struct tree_meta m = { .mode = 0755 };
	struct version v = {
		.e = { .node = TREE_ROOT,
		       .died = TREE_ALIVE,
		       .type = TAR_DIR,
		       .flags = ENTRY_IMPLIED,
		       .name_loss = LOSS_NONE },
		.older = TREE_NONE,
		.ref = TREE_NONE,
	};
	uint32_t root, entry;
	if (tree_node_get(t, TREE_ROOT, (struct str){ 0 }, &root, err) < 0 ||
	    tree_meta_intern(t, &m, &v.meta, err) < 0 ||
	    tree_entry_new(t, &v, &entry, err) < 0)
		return -1;
	t->nodes[root].top = entry;
	t->nodes[root].next = TREE_NONE;
	return 0;
}

int tree_new(const struct limits *lim, struct tree **out, struct err *err)
{
	scoped(tree_close) struct tree *t = calloc(1, sizeof *t);
	if (!t)
		return err_nomem(err, sizeof *t);
	t->lim = lim;
	t->names.max = t->targets.max = t->xattrs.max = (size_t)1
							<< POOL_MAX_LOG;
	if (make_root(t, err) < 0)
		return -1;
	*out = take(&t);
	return 0;
}

void tree_close(struct tree **tp)
{
	struct tree *t = take(tp);
	if (!t)
		return;
	free(t->nodes);
	free(t->entries);
	free(t->metas);
	free(t->contents);
	free(t->devices);
	free(t->odd);
	free(t->large);
	free(t->costs);
	free(t->shared);
	free(t->times);
	free(t->xattr_sets);
	free(t->notes);
	free(t->markers);
	free(t->layers);
	buf_done(&t->names);
	buf_done(&t->targets);
	buf_done(&t->xattrs);
	id_table_done(&t->by_name);
	id_table_done(&t->by_meta);
	id_table_done(&t->by_content);
	id_table_done(&t->by_xattrs);
	id_table_done(&t->by_inode);
	free(t);
}

static void layering_done(struct layering *l)
{
	free(l->uppers);
	id_table_done(&l->by_node);
	free(l->markers);
	free(l->lost);
	tree_paths_done(&l->paths);
	tree_link_xattrs_done(&l->link_xattrs);
	buf_done(&l->xattrs);
}

static int add_layer(struct tree *t, const struct layer_index *ix,
		     struct err *err)
{
	uint64_t n = (uint64_t)t->n_layers + 1;
	if (n > t->lim->layers_max)
		return limits_exceeded(t->lim, &t->lim->layers_max, n, err);
	/* The number of a layer must never be the value of "died" that means
	 * alive. */
	if (n >= TREE_ALIVE)
		return err_set(err, ERR_LIMIT, "over %d layers", TREE_ALIVE);
	if (vec_room((void **)&t->layers, t->n_layers, &t->cap_layers,
		     sizeof *t->layers, err) < 0)
		return -1;
	t->layers[t->n_layers++] = (struct tree_layer){
		.first = t->n_entries,
		.tar_size = ix->tar_size,
		.blob_size = ix->blob_size,
		.compressed = ix->codec != CODEC_NONE,
	};
	return 0;
}

static int apply(struct tree *t, struct index_iter *it, struct err *err)
{
	const struct layer_index *ix = it->ix;
	scoped(layering_done) struct layering l = {
		.t = t,
		.layer = (uint16_t)t->n_layers,
		/* A path whose symlinks unfold each other grows with every
		 * step; this ceiling ends it before link_chain_max does where
		 * the targets are long. */
		.paths = { .rest = BUF_INIT(1 << 20),
			   .rest_next = BUF_INIT(1 << 20),
			   .dir = BUF_INIT(1 << 20),
			   .dir_changes = UINT64_MAX },
		.link_xattrs.pool = BUF_INIT((size_t)1 << POOL_MAX_LOG),
		.xattrs = BUF_INIT((size_t)1 << 30),
	};
	struct upper *root;
	if (add_layer(t, ix, err) < 0 ||
	    tree_upper_get(&l, TREE_ROOT, &root, err) < 0)
		return -1;
	root->state = UPPER_DIR;
	struct tree_layer *layer = &t->layers[l.layer];
	if (tree_layering_unpack(&l, it, err) < 0)
		return -1;
	layer->count = t->n_entries - layer->first;
	if (tree_layering_mark(&l, err) < 0)
		return -1;
	if (ix->trailing &&
	    tree_engine_note(&l, ENGINE_TRAILING, TREE_ROOT, err) < 0)
		return -1;
	if (tree_layering_merge(&l, err) < 0)
		return -1;
	tree_account_lost(&l);
	return 0;
}

int tree_apply(struct tree *t, const struct layer_index *ix, struct err *err)
{
	scoped(layer_index_iter_done) struct index_iter it;
	layer_index_begin(ix, &it);
	return apply(t, &it, err);
}

int tree_apply_last(struct tree *t, struct layer_index *ix, struct err *err)
{
	scoped(layer_index_iter_done) struct index_iter it;
	layer_index_begin_last(ix, &it);
	return apply(t, &it, err);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/remove.h"

#include <stdlib.h>

static void free_bytes(uint8_t **v)
{
	free(*v);
}

/* Every layer that brings the name, as it stands in the end: the one that
 * made it, and for a directory those that declare or imply it again. */
static void force_layers(const struct tree *t, uint32_t node, bool *forced)
{
	const struct tree_entry *e = tree_top(t, node);
	for (; e; e = tree_continued(t, e))
		forced[e->born] = true;
}

/* A layer index that was never a tar: a whiteout for each name, which the tree
 * takes like any other layer. */
struct whiteouts {
	struct layer_index index;
	struct record_state state;
	struct buf path;
	uint64_t at;
};

static void whiteouts_done(struct whiteouts *w)
{
	layer_index_done(&w->index);
	layer_record_state_done(&w->state);
	buf_done(&w->path);
}

/* Members of 512 bytes each, as an empty file in a tar is. */
static int add_whiteout(struct whiteouts *w, const struct tree *t,
			uint32_t node, struct err *err)
{
	struct index_record r = { .type = TAR_FILE, .offset = w->at };
	buf_reset(&w->path);
	if (tree_path(t, tree_parent(t, node), &w->path, err) < 0 ||
	    (w->path.n && buf_byte(&w->path, '/', err) < 0) ||
	    buf_str_add(&w->path, STR(".wh."), err) < 0 ||
	    buf_str_add(&w->path, tree_name(t, node), err) < 0)
		return -1;
	r.path = buf_str(&w->path);
	r.end = w->at += 512;
	return layer_index_add(&w->index, &w->state, &r, err);
}

/* An example:
 *
 *	source	0: a b, 1: c d, 2: e	and c, e are to go
 *	laid	3: .wh.c .wh.e		expected: a b d
 *
 * Layers 1 and 2 are forced, so neither has c or e when it is written, and
 * nothing is left for layer 3 to hide. */
int shrink_remove_nodes(struct loaded_image *li, const uint32_t *nodes,
			uint32_t n, bool *forced, struct digest *expected,
			struct err *err)
{
	struct tree *t = li->tree;
	scoped(whiteouts_done) struct whiteouts w = {
		.state = RECORD_STATE_INIT,
		.path = BUF_INIT(RECORD_PATH_MAX),
	};
	scoped(free_bytes) uint8_t *gone = calloc(tree_n_nodes(t), 1);
	if (!gone)
		return err_nomem(err, tree_n_nodes(t));
	for (uint32_t i = 0; i < n; i++) {
		gone[nodes[i]] = 1;
		force_layers(t, nodes[i], forced);
		/* No whiteout stands below another one. */
		if (!gone[tree_parent(t, nodes[i])] &&
		    add_whiteout(&w, t, nodes[i], err) < 0)
			return -1;
	}
	forced[tree_n_layers(t)] = true;
	if (tree_apply(t, &w.index, err) < 0)
		return -1;
	return tree_digest(t, expected, err);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* A layer's members in tar order, into the layer's own upper directory.
 *
 * Every member becomes an entry, so that entries of a layer count as its tar
 * members do and contents can be found again by position; those that make no
 * name (markers, AUFS leftovers, members of unknown type) keep ENTRY_MARKER and
 * TREE_NONE as their node. Within a layer a later member of a name replaces the
 * earlier one, as unpacking would; the earlier one is ENTRY_UNSEEN then, as no
 * layer above could ever see it.
 *
 * What a member does to what its own layer has at the name by then:
 *
 *	before \ now	directory		other
 *	nothing		listed			single (no upper)
 *	directory	metadata is the		all below it is gone
 *			later member's
 *	other		the old name is lost	the old name is lost
 *
 * A name that comes twice is legal tar and is said all the same (ENGINE_TWICE),
 * as engines that unpack in place and engines that do not may end with
 * different trees. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/checked.h"
#include "base/cursor.h"
#include "base/path.h"
#include "base/vec.h"
#include "tree/layering.h"
#include "tree/bytes.h"

#define WHITEOUT STR(".wh.")
#define WHITEOUT_META STR(".wh..wh.")
#define OPAQUE STR(".wh..wh..opq")

/* Empty files have no content to intern: nearly all of them would share it, and
 * none of their bytes counts. */
static int file_content(struct layering *l, const struct index_record *r,
			struct version *v, struct err *err)
{
	struct tree *t = l->t;
	v->ref = TREE_NONE;
	if (r->size &&
	    tree_content_intern(t, r->sha256, r->size, &v->ref, err) < 0)
		return -1;
	if (r->payload == r->size)
		return 0;
	if (vec_room((void **)&t->odd, t->n_odd, &t->cap_odd, sizeof *t->odd,
		     err) < 0)
		return -1;
	v->e.flags |= ENTRY_SPARSE;
	t->odd[t->n_odd++] = (struct tree_odd){ t->n_entries, r->payload };
	return 0;
}

static int record_ref(struct layering *l, const struct index_record *r,
		      struct version *v, struct err *err)
{
	struct tree *t = l->t;
	switch (r->type) {
	case TAR_FILE:
		return file_content(l, r, v, err);
	case TAR_SYMLINK:
		return tree_bytes_put(&t->targets, r->target, &v->ref, err);
	case TAR_CHAR:
	case TAR_BLOCK:
		if (vec_room((void **)&t->devices, t->n_devices,
			     &t->cap_devices, sizeof *t->devices, err) < 0)
			return -1;
		v->ref = t->n_devices;
		t->devices[t->n_devices++] =
			(struct tree_device){ r->devmajor, r->devminor };
		return 0;
	default:
		return 0;
	}
}

/* The member as an entry; it makes no name yet. */
static int add_entry(struct layering *l, const struct index_record *r,
		     uint32_t *out, struct err *err)
{
	struct version v = {
		.e = { .node = TREE_NONE,
		       .born = l->layer,
		       .died = TREE_ALIVE,
		       .type = (uint8_t)r->type,
		       .flags = ENTRY_MARKER,
		       .name_loss = LOSS_NONE },
		.older = TREE_NONE,
		.ref = TREE_NONE,
	};
	if (tree_entry_set_mtime(l->t, &v, r->mtime, err) < 0 ||
	    tree_record_meta(l, r, &v.meta, err) < 0 ||
	    record_ref(l, r, &v, err) < 0)
		return -1;
	return tree_entry_new(l->t, &v, out, err);
}

static int place_dir(struct layering *l, const struct index_record *r,
		     uint32_t node, uint32_t entry, struct err *err)
{
	struct upper *u;
	if (tree_upper_listed(l, node, &u, err) < 0)
		return -1;
	if (u->state == UPPER_OTHER &&
	    tree_name_lost(l, u->entry, LOSS_REPLACED, err) < 0)
		return -1;
	if (u->state != UPPER_DIR)
		tree_paths_changed(l);
	if (u->state == UPPER_OTHER || u->state == UPPER_GONE)
		u->again = u->entry;
	bool twice = u->entry != TREE_NONE;
	if (u->state == UPPER_DIR && twice) {
		l->t->entries[u->entry].e.died = l->layer;
		l->t->entries[u->entry].e.flags |= ENTRY_UNSEEN;
	}
	/* The layer of a tool that archived overlay's own directory
	 * ("trusted.overlay.opaque=y") instead of a marker. */
	u->opaque |= tree_is_overlay_opaque(r->xattrs);
	u->state = UPPER_DIR;
	u->entry = u->last = entry;
	return twice ? tree_engine_note(l, ENGINE_TWICE, node, err) : 0;
}

/* Overlayfs marks a removed name with a character device 0:0; some tools put
 * that into a tar instead of a .wh. name. */
static bool is_overlay_whiteout(const struct tree *t,
				const struct tree_entry *e)
{
	return e->type == TAR_CHAR &&
	       t->devices[version_of(e)->ref].major == 0 &&
	       t->devices[version_of(e)->ref].minor == 0;
}

static int place_other(struct layering *l, uint32_t node, uint32_t entry,
		       struct err *err)
{
	struct tree *t = l->t;
	struct upper *u;
	bool whiteout =
		is_overlay_whiteout(t, entry_inode(t, &t->entries[entry].e));
	/* The common case by far: a new name. It needs no upper. */
	if (!whiteout && tree_is_untouched(l, node)) {
		tree_set_top(l, node, entry);
		return 0;
	}
	if (tree_upper_listed(l, node, &u, err) < 0)
		return -1;
	tree_paths_changed(l);
	bool twice = u->entry != TREE_NONE;
	if (u->state == UPPER_DIR) {
		if (tree_upper_clear(l, u, err) < 0)
			return -1;
		if (twice) {
			t->entries[u->entry].e.died = l->layer;
			t->entries[u->entry].e.flags |= ENTRY_UNSEEN;
		}
	} else if (u->state == UPPER_OTHER &&
		   tree_name_lost(l, u->entry,
				  tree_loss_between(t, u->entry, entry),
				  err) < 0) {
		return -1;
	}
	u->entry = u->last = entry;
	/* The directory is gone, and its marker with it. */
	u->opaque = false;
	u->state = UPPER_OTHER;
	if (whiteout) {
		u->state = UPPER_GONE;
		u->last = TREE_NONE;
		t->entries[entry].e.died = l->layer;
		t->entries[entry].e.flags |= ENTRY_UNSEEN;
		if (tree_engine_note(l, ENGINE_OVERLAY_FORM, node, err) < 0)
			return -1;
	}
	return twice ? tree_engine_note(l, ENGINE_TWICE, node, err) : 0;
}

/* A link that would take the place of a directory its own target lies in.
 *
 * "f d/x; h d >d/x": link(2) needs d as a directory while it makes d a file. */
static bool lies_below(const struct tree *t, uint32_t node, uint32_t dir)
{
	while (node != TREE_ROOT && node != dir)
		node = t->nodes[node].parent;
	return node == dir;
}

/* The target is found before the name is placed: "h a >a" would otherwise take
 * its own file away first. The entry is a link before place_other compares it
 * with what it replaces, as a link's content is its inode's. */
static int place_link(struct layering *l, const struct index_record *r,
		      uint32_t node, uint32_t entry, struct err *err)
{
	struct tree *t = l->t;
	uint32_t inode = TREE_NONE, at = TREE_NONE, old;
	if (tree_link_find(l, r->target, &at, &inode, err) < 0 ||
	    tree_engine_note_member(l, r,
				    (enum tar_type)t->entries[inode].e.type,
				    node, err) < 0 ||
	    tree_link_meta(l, r, inode, node, err) < 0 ||
	    tree_inode_add_link(t, inode, err) < 0)
		return -1;
	t->entries[entry].e.flags |= ENTRY_LINK;
	t->entries[entry].ref = inode;
	t->entries[entry].e.type = t->entries[inode].e.type;
	if (tree_upper_state(l, node, &old) == UPPER_OTHER &&
	    entry_inode(t, &t->entries[old].e) == &t->entries[inode].e &&
	    tree_engine_note(l, ENGINE_LINK_ITSELF, node, err) < 0)
		return -1;
	if (lies_below(t, at, node) &&
	    tree_engine_note(l, ENGINE_LINK_PARENT, node, err) < 0)
		return -1;
	return place_other(l, node, entry, err);
}

/* A member that makes a name. */
static int place(struct layering *l, const struct index_record *r,
		 uint32_t entry, struct err *err)
{
	struct tree *t = l->t;
	uint32_t dir = TREE_ROOT, node = TREE_ROOT;
	if (r->path.n) {
		if (tree_upper_walk(l, path_parent(r->path), true, &dir, err) <
			    0 ||
		    tree_node_get(t, dir, path_base(r->path), &node, err) < 0)
			return -1;
	}
	t->entries[entry].e.node = node;
	t->entries[entry].e.flags &= (uint16_t)~ENTRY_MARKER;
	if (r->type == TAR_HARDLINK)
		return place_link(l, r, node, entry, err);
	if (tree_engine_note_member(l, r, r->type, node, err) < 0)
		return -1;
	if (r->type == TAR_DIR)
		return place_dir(l, r, node, entry, err);
	tree_entry_stores(l, entry);
	return place_other(l, node, entry, err);
}

/* "d/.wh.x" hides x, "d/.wh..wh..opq" all of d (OCI image-spec, layer.md,
 * "Whiteouts" and "Opaque Whiteout"). The member is kept as an entry without a
 * node: it has a tar header, which is overhead. */
static int add_marker(struct layering *l, const struct index_record *r,
		      uint32_t entry, struct err *err)
{
	struct str base = path_base(r->path),
		   hidden = str_from(base, WHITEOUT.n);
	struct marker m = { .hides = TREE_NONE, .entry = entry };
	if (tree_upper_walk(l, path_parent(r->path), false, &m.parent, err) <
		    0 ||
	    tree_engine_note_header(l, r, m.parent, err) < 0)
		return -1;
	if (!str_eq(base, OPAQUE)) {
		/* ".wh...": what it hides would be the directory's own
		 * parent. */
		if (hidden.n == 0 || str_eqz(hidden, ".") ||
		    str_eqz(hidden, ".."))
			return err_set(err, ERR_CORRUPT,
				       "a whiteout of no name");
		if (tree_node_get(l->t, m.parent, hidden, &m.hides, err) < 0)
			return -1;
	}
	if (vec_room((void **)&l->markers, l->n_markers, &l->cap_markers,
		     sizeof *l->markers, err) < 0)
		return -1;
	l->markers[l->n_markers++] = m;
	return 0;
}

/* Files below .wh..wh.plnk are kept for the hard links of the layer; all else
 * that AUFS left is nothing. */
static int add_aufs_rest(struct layering *l, const struct index_record *r,
			 uint32_t entry, struct err *err)
{
	uint32_t node;
	struct upper *u;
	if (str_find(r->path, '/') < r->path.n &&
	    tree_engine_note(l, ENGINE_AUFS, TREE_ROOT, err) < 0)
		return -1;
	if (!str_starts(r->path, AUFS_LINKS) || r->type != TAR_FILE)
		return 0;
	if (tree_aufs_node(l, r->path, &node, err) < 0 ||
	    tree_upper_get(l, node, &u, err) < 0)
		return -1;
	u->state = UPPER_AUFS_LINK;
	u->entry = entry;
	return 0;
}

/* .wh..wh.* at the root is AUFS's own (its link directory, its orphans); below
 * any other directory a name that begins so is an opaque marker or a whiteout
 * of a name that begins with ".wh.". */
static int unpack_record(struct layering *l, const struct index_record *r,
			 struct err *err)
{
	uint32_t entry;
	if (add_entry(l, r, &entry, err) < 0)
		return -1;
	if (r->type == TAR_OTHER)
		return tree_engine_note(l, ENGINE_UNKNOWN_TYPE, TREE_ROOT, err);
	if (str_starts(r->path, WHITEOUT_META) && !str_eq(r->path, OPAQUE))
		return add_aufs_rest(l, r, entry, err);
	if (str_starts(path_base(r->path), WHITEOUT))
		return add_marker(l, r, entry, err);
	return place(l, r, entry, err);
}

int tree_layering_unpack(struct layering *l, struct index_iter *it,
			 struct err *err)
{
	struct tree *t = l->t;
	const struct layer_index *ix = it->ix;
	struct index_record rec;
	struct cost_meter meter = { .marks = &ix->marks };
	int r;
	uint64_t members = 0;
	for (uint32_t i = 0; i < l->layer; i++)
		members += t->layers[i].count;
	for (uint64_t n = 0; (r = layer_index_next(it, &rec, err)) > 0; n++) {
		/* Of all layers together: the arrays of the tree are shared,
		 * and an image could otherwise have the limit once a layer. */
		if (++members > t->lim->entries_max)
			return limits_exceeded(t->lim, &t->lim->entries_max,
					       members, err);
		if (ix->codec != CODEC_NONE &&
		    tree_note_cost(l, &meter, &rec, err) < 0)
			return -1;
		if (unpack_record(l, &rec, err) < 0)
			return err_ctx(
				err,
				"tar entry %" PRIu64 " at %" PRIu64 " (\"%s\")",
				n, rec.offset, str_quoted(rec.path).text);
	}
	return r < 0 ? -1 : tree_link_xattrs_settle(l, err);
}

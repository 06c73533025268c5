/* SPDX-License-Identifier: Apache-2.0 */
/* A layer's members in tar order, into the layer's own upper directory. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/checked.h"
#include "base/cursor.h"
#include "base/path.h"
#include "tree/layering.h"
#include "tree/strings.h"

#define WHITEOUT STR(".wh.")
#define WHITEOUT_META STR(".wh..wh.")
#define OPAQUE STR(".wh..wh..opq")
#define AUFS_LINKS STR(".wh..wh.plnk/")

static bool is_overlay_xattr(struct str name)
{
	return str_starts(name, STR("trusted.overlay.")) ||
	       str_starts(name, STR("user.overlay."));
}

/* Codes the pairs of a that keep() holds and all of b, b's value where both
 * have a name; both are sorted. */
static int merge_xattrs(struct layering *l, struct str a, struct str b,
			bool drop_capability, struct err *err)
{
	struct cur ca = cur_of(a.p, a.n), cb = cur_of(b.p, b.n);
	struct tar_xattr xa, xb;
	int more_a = xattr_next(&ca, &xa.name, &xa.value);
	int more_b = xattr_next(&cb, &xb.name, &xb.value);
	buf_reset(&l->xattrs);
	while (more_a || more_b) {
		int order = !more_a   ? 1
			    : !more_b ? -1
				      : str_cmp(xa.name, xb.name);
		const struct tar_xattr *x = order < 0 ? &xa : &xb;
		bool dropped = is_overlay_xattr(x->name) ||
			       (order < 0 && drop_capability &&
				str_eqz(x->name, "security.capability"));
		if (!dropped && xattr_code(x, 1, &l->xattrs, err) < 0)
			return -1;
		if (order <= 0)
			more_a = xattr_next(&ca, &xa.name, &xa.value);
		if (order >= 0)
			more_b = xattr_next(&cb, &xb.name, &xb.value);
	}
	return 0;
}

static bool has_xattr(struct str coded, const char *want, struct str *value)
{
	struct cur c = cur_of(coded.p, coded.n);
	struct str name;
	while (xattr_next(&c, &name, value))
		if (str_eqz(name, want))
			return true;
	return false;
}

/* overlay's on-disk form of an opaque directory. */
static bool is_overlay_opaque(struct str xattrs)
{
	struct str value;
	return (has_xattr(xattrs, "trusted.overlay.opaque", &value) ||
		has_xattr(xattrs, "user.overlay.opaque", &value)) &&
	       str_eqz(value, "y");
}

static bool has_overlay_xattr(struct str coded)
{
	struct cur c = cur_of(coded.p, coded.n);
	struct str name, value;
	while (xattr_next(&c, &name, &value))
		if (is_overlay_xattr(name))
			return true;
	return false;
}

static int record_meta(struct layering *l, const struct index_record *r,
		       struct str below, bool drop_capability, uint32_t *out,
		       struct err *err)
{
	struct tree_meta m = {
		.mode = r->type == TAR_SYMLINK ? 0777 : r->mode & 07777,
		.uid = r->uid,
		.gid = r->gid,
	};
	if (r->xattrs.n || below.n) {
		if (merge_xattrs(l, below, r->xattrs, drop_capability, err) <
			    0 ||
		    xattrs_intern(l->t, buf_str(&l->xattrs), &m.xattrs, err) <
			    0)
			return -1;
	}
	return meta_intern(l->t, &m, out, err);
}

static int file_content(struct layering *l, const struct index_record *r,
			struct tree_entry *e, struct err *err)
{
	struct tree *t = l->t;
	e->ref = TREE_NONE;
	if (r->size) {
		struct tree_content c = { .size = r->size };
		memcpy(c.sha256, r->sha256, sizeof c.sha256);
		if (content_intern(t, &c, &e->ref, err) < 0)
			return -1;
	}
	if (r->payload == r->size)
		return 0;
	if (vec_room((void **)&t->odd, t->n_odd, &t->cap_odd, sizeof *t->odd,
		     err) < 0)
		return -1;
	e->flags |= ENTRY_SPARSE;
	t->odd[t->n_odd++] = (struct tree_odd){ t->n_entries, r->payload };
	return 0;
}

static int record_ref(struct layering *l, const struct index_record *r,
		      struct tree_entry *e, struct err *err)
{
	struct tree *t = l->t;
	switch (r->type) {
	case TAR_FILE:
		return file_content(l, r, e, err);
	case TAR_SYMLINK:
		return strings_put(&t->targets, r->target, &e->ref, err);
	case TAR_CHAR:
	case TAR_BLOCK:
		if (vec_room((void **)&t->devices, t->n_devices,
			     &t->cap_devices, sizeof *t->devices, err) < 0)
			return -1;
		e->ref = t->n_devices;
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
	struct tree_entry e = {
		.mtime_ns = r->mtime_ns,
		.node = TREE_NONE,
		.older = TREE_NONE,
		.ref = TREE_NONE,
		.born = l->layer,
		.died = TREE_ALIVE,
		.lost = TREE_ALIVE,
		.type = (uint8_t)r->type,
		.flags = ENTRY_MARKER,
		.name_loss = LOSS_NONE,
		.loss = LOSS_NONE,
	};
	if (record_meta(l, r, (struct str){ 0 }, false, &e.meta, err) < 0 ||
	    record_ref(l, r, &e, err) < 0)
		return -1;
	return entry_new(l->t, &e, out, err);
}

static int place_dir(struct layering *l, struct upper *u, uint32_t entry,
		     struct err *err)
{
	if (u->state == UPPER_OTHER &&
	    name_lost(l, u->entry, LOSS_REPLACED, err) < 0)
		return -1;
	bool twice = u->entry != TREE_NONE;
	if (u->state == UPPER_DIR && twice) {
		l->t->entries[u->entry].died = l->layer;
		l->t->entries[u->entry].flags |= ENTRY_UNSEEN;
	}
	u->state = UPPER_DIR;
	u->entry = u->last = entry;
	return twice ? engine_note(l, ENGINE_TWICE, u->node, err) : 0;
}

static bool is_overlay_whiteout(const struct tree *t,
				const struct tree_entry *e)
{
	return e->type == TAR_CHAR && t->devices[e->ref].major == 0 &&
	       t->devices[e->ref].minor == 0;
}

static int place_other(struct layering *l, struct upper *u, uint32_t entry,
		       struct err *err)
{
	struct tree *t = l->t;
	const struct tree_entry *ino = tree_inode(t, &t->entries[entry]);
	bool twice = u->entry != TREE_NONE;
	if (u->state == UPPER_DIR) {
		if (upper_clear(l, u, err) < 0)
			return -1;
		if (twice) {
			t->entries[u->entry].died = l->layer;
			t->entries[u->entry].flags |= ENTRY_UNSEEN;
		}
	} else if (u->state == UPPER_OTHER &&
		   name_lost(l, u->entry, loss_between(t, u->entry, entry),
			     err) < 0) {
		return -1;
	}
	u->entry = u->last = entry;
	u->opaque = false;
	u->state = UPPER_OTHER;
	if (is_overlay_whiteout(t, ino)) {
		u->state = UPPER_GONE;
		u->last = TREE_NONE;
		t->entries[entry].died = l->layer;
		t->entries[entry].flags |= ENTRY_UNSEEN;
		if (engine_note(l, ENGINE_OVERLAY_FORM, u->node, err) < 0)
			return -1;
	}
	return twice ? engine_note(l, ENGINE_TWICE, u->node, err) : 0;
}

/* The inode that a hard link names: what stands before it in its layer, else
 * the tree below as it was before the layer. */
static int link_inode(struct layering *l, struct str target, uint32_t *inode,
		      struct err *err)
{
	struct tree *t = l->t;
	uint32_t dir, node, entry = TREE_NONE;
	struct str base = path_base(target);
	bool stash = str_starts(target, AUFS_LINKS);
	if (upper_walk(l, path_parent(target), false, &dir, err) < 0)
		return -1;
	node = node_find(t, dir, base);
	struct upper *u = node == TREE_NONE ? NULL : upper_of(l, node);
	uint8_t state = u ? u->state : UPPER_NONE;
	if (state == UPPER_OTHER || state == UPPER_GONE ||
	    (state == UPPER_STASH && stash)) {
		entry = u->entry;
	} else if (node != TREE_NONE && state == UPPER_NONE) {
		const struct tree_entry *below = tree_top(t, node);
		if (below && below->type != TAR_DIR)
			entry = (uint32_t)(below - t->entries);
		if (entry != TREE_NONE &&
		    engine_note(l, ENGINE_LINK_BELOW, node, err) < 0)
			return -1;
	}
	if (entry == TREE_NONE)
		return err_set(err, ERR_CORRUPT,
			       "hard link to \"%s\", which is no file that "
			       "stands before it",
			       str_quoted(target).text);
	if (state == UPPER_STASH)
		entry_stores(l, entry);
	const struct tree_entry *e = &t->entries[entry];
	*inode = e->flags & ENTRY_LINK ? e->ref : entry;
	return 0;
}

/* Owner, mode and mtime of the last link entry count; its xattrs are added; a
 * capability that it does not repeat is gone, as after chown(2). */
static int link_meta(struct layering *l, const struct index_record *r,
		     uint32_t inode, uint32_t node, struct err *err)
{
	struct tree *t = l->t;
	struct tree_meta *old = &t->metas[t->entries[inode].meta];
	struct str below = tree_xattrs(t, old), value;
	uint32_t meta;
	if (has_xattr(below, "security.capability", &value) &&
	    !has_xattr(r->xattrs, "security.capability", &value) &&
	    engine_note(l, ENGINE_LINK_CAPABILITY, node, err) < 0)
		return -1;
	struct index_record as = *r;
	as.type = (enum tar_type)t->entries[inode].type;
	/* The pool of xattrs may move while it grows. */
	scoped(buf_done) struct buf copy = BUF_INIT((size_t)1 << 30);
	if (buf_str_add(&copy, below, err) < 0 ||
	    record_meta(l, &as, buf_str(&copy), true, &meta, err) < 0)
		return -1;
	t->entries[inode].meta = meta;
	t->entries[inode].mtime_ns = r->mtime_ns;
	return 0;
}

static int place_link(struct layering *l, const struct index_record *r,
		      struct upper *u, uint32_t entry, struct err *err)
{
	struct tree *t = l->t;
	uint32_t inode = TREE_NONE, node = u->node;
	if (link_inode(l, r->target, &inode, err) < 0 ||
	    link_meta(l, r, inode, node, err) < 0)
		return -1;
	u = upper_of(l, node);
	t->entries[entry].flags |= ENTRY_LINK;
	t->entries[entry].ref = inode;
	t->entries[entry].type = t->entries[inode].type;
	t->entries[inode].n_names++;
	if (u->state == UPPER_OTHER) {
		const struct tree_entry *old = &t->entries[u->entry];
		uint32_t had = old->flags & ENTRY_LINK ? old->ref : u->entry;
		if (had == inode &&
		    engine_note(l, ENGINE_LINK_ITSELF, node, err) < 0)
			return -1;
	}
	return place_other(l, u, entry, err);
}

/* A member that makes a name. */
static int place(struct layering *l, const struct index_record *r,
		 uint32_t entry, struct err *err)
{
	struct tree *t = l->t;
	uint32_t dir = TREE_ROOT, node = TREE_ROOT;
	struct upper *u;
	if (r->path.n) {
		if (upper_walk(l, path_parent(r->path), true, &dir, err) < 0 ||
		    node_get(t, dir, path_base(r->path), &node, err) < 0)
			return -1;
	}
	if (upper_listed(l, node, &u, err) < 0)
		return -1;
	t->entries[entry].node = node;
	t->entries[entry].flags &= (uint8_t)~ENTRY_MARKER;
	if (r->has_global && engine_note(l, ENGINE_GLOBAL, node, err) < 0)
		return -1;
	if (has_overlay_xattr(r->xattrs) &&
	    engine_note(l, ENGINE_OVERLAY_FORM, node, err) < 0)
		return -1;
	if (r->type == TAR_HARDLINK)
		return place_link(l, r, u, entry, err);
	if (r->type == TAR_DIR) {
		u->opaque |= is_overlay_opaque(r->xattrs);
		return place_dir(l, u, entry, err);
	}
	t->entries[entry].n_names = 1;
	entry_stores(l, entry);
	return place_other(l, u, entry, err);
}

static int add_marker(struct layering *l, struct str path, uint32_t entry,
		      struct err *err)
{
	struct str base = path_base(path), hidden = str_from(base, WHITEOUT.n);
	struct marker m = { .hides = TREE_NONE, .entry = entry };
	if (upper_walk(l, path_parent(path), false, &m.parent, err) < 0)
		return -1;
	if (!str_eq(base, OPAQUE)) {
		if (hidden.n == 0 || str_eqz(hidden, ".") ||
		    str_eqz(hidden, ".."))
			return err_set(err, ERR_CORRUPT,
				       "a whiteout of no name");
		if (node_get(l->t, m.parent, hidden, &m.hides, err) < 0)
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
	if (!str_starts(r->path, AUFS_LINKS) || r->type != TAR_FILE)
		return 0;
	if (upper_walk(l, r->path, false, &node, err) < 0 ||
	    upper_get(l, node, &u, err) < 0)
		return -1;
	u->state = UPPER_STASH;
	u->entry = entry;
	return 0;
}

static int unpack_record(struct layering *l, const struct index_record *r,
			 struct err *err)
{
	uint32_t entry;
	if (add_entry(l, r, &entry, err) < 0)
		return -1;
	if (r->type == TAR_OTHER)
		return engine_note(l, ENGINE_UNKNOWN_TYPE, TREE_ROOT, err);
	if (str_starts(r->path, WHITEOUT_META) && !str_eq(r->path, OPAQUE))
		return add_aufs_rest(l, r, entry, err);
	if (str_starts(path_base(r->path), WHITEOUT))
		return add_marker(l, r->path, entry, err);
	return place(l, r, entry, err);
}

/* Compressed bytes between two places of the tar, linear between marks. */
struct cost_meter {
	const struct codec_marks *marks;
	size_t at;
	uint64_t last;
};

static uint64_t cost_to(struct cost_meter *c, uint64_t out)
{
	struct codec_mark a = { 0, 0 }, b;
	while (c->at < c->marks->n && c->marks->v[c->at].out < out)
		c->at++;
	if (c->at)
		a = c->marks->v[c->at - 1];
	if (c->at == c->marks->n)
		return a.in;
	b = c->marks->v[c->at];
	if (b.out == a.out)
		return b.in;
	double part = (double)(out - a.out) / (double)(b.out - a.out);
	return a.in + (uint64_t)(part * (double)(b.in - a.in));
}

static int note_cost(struct layering *l, struct cost_meter *c,
		     const struct index_record *r, struct err *err)
{
	struct tree *t = l->t;
	uint32_t entry = t->n_entries;
	while (t->cap_costs <= entry) {
		uint32_t had = t->cap_costs;
		if (vec_room((void **)&t->costs, had, &t->cap_costs,
			     sizeof *t->costs, err) < 0)
			return -1;
		memset(t->costs + had, 0,
		       (t->cap_costs - had) * sizeof *t->costs);
	}
	uint64_t now = cost_to(c, r->end);
	uint64_t cost = now > c->last ? now - c->last : 0;
	c->last = MAX(now, c->last);
	t->costs[entry] = (uint32_t)MIN(cost, (uint64_t)UINT32_MAX);
	return 0;
}

int layering_unpack(struct layering *l, const struct layer_index *ix,
		    struct err *err)
{
	struct tree *t = l->t;
	scoped(index_iter_done) struct index_iter it;
	struct index_record rec;
	struct cost_meter meter = { .marks = &ix->marks };
	int r;
	index_begin(ix, &it);
	for (uint64_t n = 0; (r = index_next(&it, &rec, err)) > 0; n++) {
		if (t->n_entries >= t->lim->entries_max)
			return limits_exceeded(t->lim, &t->lim->entries_max,
					       (uint64_t)t->n_entries + 1, err);
		if (ix->codec != CODEC_NONE &&
		    note_cost(l, &meter, &rec, err) < 0)
			return -1;
		if (unpack_record(l, &rec, err) < 0)
			return err_ctx(
				err,
				"tar entry %" PRIu64 " at %" PRIu64 " (\"%s\")",
				n, rec.offset, str_quoted(rec.path).text);
	}
	return r;
}

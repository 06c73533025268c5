/* SPDX-License-Identifier: Apache-2.0 */
/* What engines take otherwise of one member, whatever else the layer holds.
 *
 * The cases were found by loading random images into docker and podman, on
 * overlay and on vfs, and comparing what they showed with the tree. A case with
 * the cure ENGINE_CURE_NONE is a fact of the tree itself: a rewrite would keep
 * it. */
#include "tree/layering.h"

#include "base/vec.h"

enum engine_cure tree_engine_cure(enum engine_case what)
{
	switch (what) {
	case ENGINE_ROOT:
	case ENGINE_TIME:
	case ENGINE_EMPTY_XATTR:
	case ENGINE_USER_XATTR:
	case ENGINE_LINK_SPECIAL:
		return ENGINE_CURE_NONE;
	case ENGINE_NO_PARENT:
	case ENGINE_LOWER_XATTR:
		return ENGINE_CURE_FLATTEN;
	default:
		return ENGINE_CURE_OPTIMIZE;
	}
}

/* A hostile layer brings a case a million times: it is counted, and
 * ENGINE_PATHS_MAX of its paths are kept.
 *
 * The layer's note of a case is among the last ENGINE_CASES ones. */
static struct engine_note *find_note(struct layering *l, enum engine_case what)
{
	struct tree *t = l->t;
	for (uint32_t i = t->n_notes; i-- && t->notes[i].layer == l->layer;)
		if (t->notes[i].what == what)
			return &t->notes[i];
	return NULL;
}

int tree_engine_note(struct layering *l, enum engine_case what, uint32_t node,
		     struct err *err)
{
	struct tree *t = l->t;
	struct engine_note *note = find_note(l, what);
	if (!note) {
		if (vec_room((void **)&t->notes, t->n_notes, &t->cap_notes,
			     sizeof *t->notes, err) < 0)
			return -1;
		note = &t->notes[t->n_notes++];
		*note = (struct engine_note){ .what = what, .layer = l->layer };
	}
	note->count++;
	if (note->n_nodes < ENGINE_PATHS_MAX)
		note->nodes[note->n_nodes++] = node;
	return 0;
}

/* engines take the root's entry for nothing: docker and containerd always show
 * 0755 0:0, podman takes the mode alone. */
static bool is_odd_root(const struct index_record *r)
{
	return r->type == TAR_DIR &&
	       ((r->mode & 07777) != 0755 || r->uid || r->gid);
}

/* docker and podman set such a time to 1970, but for symlinks. The last one
 * that they keep is 2^63 - 1 nanoseconds after 1970. */
static bool is_odd_time(struct instant t)
{
	return t.s < 0 || t.s > INT64_MAX / INSTANT_NS ||
	       (t.s == INT64_MAX / INSTANT_NS && t.ns > INT64_MAX % INSTANT_NS);
}

static bool has_empty_xattr(struct str coded)
{
	struct cur c = cur_of(coded.p, coded.n);
	struct str name, value;
	while (layer_xattr_next(&c, &name, &value))
		if (value.n == 0)
			return true;
	return false;
}

static bool has_user_xattr(struct str coded)
{
	struct cur c = cur_of(coded.p, coded.n);
	struct str name, value;
	while (layer_xattr_next(&c, &name, &value))
		if (str_starts(name, STR("user.")))
			return true;
	return false;
}

static int note_cases(struct layering *l, const bool *cases, uint32_t node,
		      struct err *err)
{
	for (enum engine_case c = 0; c < ENGINE_CASES; c++)
		if (cases[c] && tree_engine_note(l, c, node, err) < 0)
			return -1;
	return 0;
}

/* An early exit, for every member is asked: most have nothing that any case
 * below looks at.
 *
 * The time is held against the range for symlinks, too, which ENGINE_TIME
 * passes over: the exit may be taken too rarely, never too often. */
static bool is_ordinary_member(const struct index_record *r, enum tar_type type,
			       uint32_t node)
{
	return r->xattrs.n == 0 && node != TREE_ROOT &&
	       !is_odd_time(r->mtime) &&
	       (r->type != TAR_HARDLINK || type == TAR_FILE);
}

int tree_engine_note_header(struct layering *l, const struct index_record *r,
			    uint32_t node, struct err *err)
{
	if (!r->has_global && !r->odd)
		return 0;
	const bool cases[ENGINE_CASES] = {
		[ENGINE_GLOBAL] = r->has_global,
		[ENGINE_ODD_TYPE] = r->odd & TAR_ODD_TYPE,
		[ENGINE_ODD_NAME] = r->odd & TAR_ODD_NAME,
		[ENGINE_GLOBAL_NAME] = r->odd & TAR_ODD_GLOBAL,
		[ENGINE_TWICE] = r->odd & TAR_ODD_GLOBAL_AGAIN,
	};
	return note_cases(l, cases, node, err);
}

int tree_engine_note_member(struct layering *l, const struct index_record *r,
			    enum tar_type type, uint32_t node, struct err *err)
{
	if (tree_engine_note_header(l, r, node, err) < 0)
		return -1;
	if (is_ordinary_member(r, type, node))
		return 0;
	const bool cases[ENGINE_CASES] = {
		[ENGINE_OVERLAY_FORM] = tree_has_overlay_xattr(r->xattrs),
		[ENGINE_ROOT] = node == TREE_ROOT && is_odd_root(r),
		[ENGINE_TIME] = type != TAR_SYMLINK && is_odd_time(r->mtime),
		[ENGINE_EMPTY_XATTR] = has_empty_xattr(r->xattrs),
		[ENGINE_LINK_SPECIAL] =
			r->type == TAR_HARDLINK && type != TAR_FILE,
		[ENGINE_USER_XATTR] = type != TAR_FILE && type != TAR_DIR &&
				      has_user_xattr(r->xattrs),
	};
	return note_cases(l, cases, node, err);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Owner, mode and xattrs of a member, as the tree keeps them. */
#include "tree/layering.h"

/* Overlayfs's private attributes ("xattrs" in Documentation/filesystems/
 * overlayfs.rst): a mount hides them, and one that came through would make
 * directories opaque or redirect them, so they never reach the tree. */
static bool is_overlay_xattr(struct str name)
{
	return str_starts(name, STR("trusted.overlay.")) ||
	       str_starts(name, STR("user.overlay."));
}

/*	a: security.capability=1 user.x=1	b: user.x=2 user.y=3
 *	gives user.x=2 user.y=3 when dropping */
int tree_xattrs_merge(struct layering *l, struct str a, struct str b,
		      bool drop_capability, struct err *err)
{
	struct cur ca = cur_of(a.p, a.n), cb = cur_of(b.p, b.n);
	struct tar_xattr xa, xb;
	int more_a = layer_xattr_next(&ca, &xa.name, &xa.value);
	int more_b = layer_xattr_next(&cb, &xb.name, &xb.value);
	buf_reset(&l->xattrs);
	while (more_a || more_b) {
		int order = !more_a   ? 1
			    : !more_b ? -1
				      : str_cmp(xa.name, xb.name);
		const struct tar_xattr *x = order < 0 ? &xa : &xb;
		bool dropped = is_overlay_xattr(x->name) ||
			       (order < 0 && drop_capability &&
				str_eqz(x->name, "security.capability"));
		if (!dropped && layer_xattr_code(x, 1, &l->xattrs, err) < 0)
			return -1;
		if (order <= 0)
			more_a = layer_xattr_next(&ca, &xa.name, &xa.value);
		if (order >= 0)
			more_b = layer_xattr_next(&cb, &xb.name, &xb.value);
	}
	return 0;
}

bool tree_has_xattr(struct str coded, struct str want, struct str *value)
{
	struct cur c = cur_of(coded.p, coded.n);
	struct str name;
	while (layer_xattr_next(&c, &name, value))
		if (str_eq(name, want))
			return true;
	return false;
}

/* overlay's on-disk form of an opaque directory. */
bool tree_is_overlay_opaque(struct str xattrs)
{
	struct str value;
	return (tree_has_xattr(xattrs, STR("trusted.overlay.opaque"), &value) ||
		tree_has_xattr(xattrs, STR("user.overlay.opaque"), &value)) &&
	       str_eqz(value, "y");
}

bool tree_has_overlay_xattr(struct str coded)
{
	struct cur c = cur_of(coded.p, coded.n);
	struct str name, value;
	while (layer_xattr_next(&c, &name, &value))
		if (is_overlay_xattr(name))
			return true;
	return false;
}

/* Linux has no mode for symlinks: lstat says 0777. */
uint32_t tree_record_mode(const struct index_record *r, enum tar_type type)
{
	return type == TAR_SYMLINK ? 0777 : r->mode & 07777;
}

int tree_record_meta(struct layering *l, const struct index_record *r,
		     uint32_t *out, struct err *err)
{
	struct tree_meta m = {
		.mode = tree_record_mode(r, r->type),
		.uid = r->uid,
		.gid = r->gid,
	};
	if (r->xattrs.n) {
		if (tree_xattrs_merge(l, (struct str){ 0 }, r->xattrs, false,
				      err) < 0 ||
		    tree_xattrs_intern(l->t, buf_str(&l->xattrs), &m.xattrs,
				       err) < 0)
			return -1;
	}
	return tree_meta_intern(l->t, &m, out, err);
}

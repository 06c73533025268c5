/* SPDX-License-Identifier: Apache-2.0 */
/* Two sorted lists, merged. Both trees are walked in preorder with the names of
 * a directory in byte order, which is the order of path_order; so whichever
 * path is the smaller is missing in the other tree, and nothing has to be
 * looked up.
 *
 *	a: etc  etc/x       usr		etc/x < usr: in a alone
 *	b: etc        usr  usr/y	a has ended: usr/y in b alone
 *
 * Values are compared in the form in which they are told. A comparison of the
 * stored fields beside it could call two things equal that print differently,
 * or print a difference that no eye can see. */
#include "tree/compare.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/cursor.h"
#include "tree/groups.h"

const char *const tree_field_name[FIELDS] = {
	[FIELD_PRESENCE] = "presence", [FIELD_TYPE] = "type",
	[FIELD_MODE] = "mode",	       [FIELD_UID] = "uid",
	[FIELD_GID] = "gid",	       [FIELD_MTIME] = "mtime",
	[FIELD_TARGET] = "target",     [FIELD_DEVICE] = "device",
	[FIELD_CONTENT] = "content",   [FIELD_XATTR] = "xattrs",
	[FIELD_LINKS] = "links",
};

enum { VALUE_MAX_LOG = 30 };

/* One of the two trees, where the walk stands. */
struct side {
	const struct tree *t;
	struct tree_walk walk;
	struct groups groups;
	uint32_t node;
	bool more;
	struct buf path;
	struct buf value; /* of the field being compared */
};

struct compare {
	struct side a, b;
	unsigned ignore;
	tree_difference_fn *fn;
	void *self;
	uint64_t n;
};

static void side_init(struct side *s, const struct tree *t)
{
	*s = (struct side){ .t = t,
			    .path = BUF_INIT((size_t)1 << VALUE_MAX_LOG),
			    .value = BUF_INIT((size_t)1 << VALUE_MAX_LOG) };
	tree_walk_begin(&s->walk, t);
}

static void side_done(struct side *s)
{
	tree_walk_done(&s->walk);
	tree_groups_done(&s->groups);
	buf_done(&s->path);
	buf_done(&s->value);
}

static void compare_done(struct compare *c)
{
	side_done(&c->a);
	side_done(&c->b);
}

static int side_next(struct side *s, struct err *err)
{
	int r = tree_walk_next(&s->walk, &s->node, err);
	s->more = r > 0;
	buf_reset(&s->path);
	if (r > 0 && tree_path(s->t, s->node, &s->path, err) < 0)
		return -1;
	return r;
}

/* Component by component: as bytes, with every slash a zero byte.
 *
 * "a/b" stands before "a-b", though '-' is the smaller byte: the walk leaves
 * the directory a before it comes to a-b. */
static int path_order(struct str a, struct str b)
{
	size_t n = MIN(a.n, b.n);
	for (size_t i = 0; i < n; i++) {
		if (a.p[i] == b.p[i])
			continue;
		if (a.p[i] == '/')
			return -1;
		if (b.p[i] == '/')
			return 1;
		return (uint8_t)a.p[i] < (uint8_t)b.p[i] ? -1 : 1;
	}
	return (a.n > b.n) - (a.n < b.n);
}

static const struct tree_entry *side_inode(const struct side *s)
{
	return entry_inode(s->t, node_top(s->t, s->node));
}

static int put_content(struct side *s, const struct tree_entry *ino,
		       struct err *err)
{
	struct digest d = { .alg = DIGEST_SHA256 };
	if (!tree_content(s->t, ino))
		return buf_addf(&s->value, err, "0");
	memcpy(d.bytes, tree_content(s->t, ino), 32);
	return buf_addf(&s->value, err, "%" PRIu64 " %s", tree_size(s->t, ino),
			digest_text(&d).text);
}

static int put_xattrs(struct side *s, const struct tree_meta *m,
		      struct err *err)
{
	struct str coded = tree_meta_xattrs(s->t, m), name, value;
	struct cur c = cur_of(coded.p, coded.n);
	while (layer_xattr_next(&c, &name, &value)) {
		if (s->value.n && buf_byte(&s->value, ' ', err) < 0)
			return -1;
		if (buf_quoted(&s->value, name, err) < 0 ||
		    buf_byte(&s->value, '=', err) < 0 ||
		    buf_quoted(&s->value, value, err) < 0)
			return -1;
	}
	return 0;
}

static const char *const type_name[] = {
	[TAR_FILE] = "file",	      [TAR_HARDLINK] = "link",
	[TAR_SYMLINK] = "symlink",    [TAR_CHAR] = "character device",
	[TAR_BLOCK] = "block device", [TAR_DIR] = "directory",
	[TAR_FIFO] = "fifo",	      [TAR_OTHER] = "other",
};

/* A field that a type does not have is empty on both sides, so it is equal. */
static int put_value(struct side *s, enum tree_field field, struct err *err)
{
	const struct tree_entry *ino = side_inode(s);
	const struct tree_meta *m = tree_meta(s->t, ino);
	struct buf *b = &s->value;
	const struct tree_device *dev;
	uint32_t first = s->node;
	buf_reset(b);
	switch (field) {
	case FIELD_TYPE:
		return buf_addf(b, err, "%s", type_name[ino->type]);
	case FIELD_MODE:
		return buf_addf(b, err, "%04o", m->mode);
	case FIELD_UID:
		return buf_addf(b, err, "%u", m->uid);
	case FIELD_GID:
		return buf_addf(b, err, "%u", m->gid);
	case FIELD_MTIME:
		return buf_addf(b, err, "%s",
				instant_in_ns(tree_mtime(s->t, ino)).text);
	case FIELD_TARGET:
		if (ino->type != TAR_SYMLINK)
			return 0;
		return buf_str_add(b, tree_target(s->t, ino), err);
	case FIELD_DEVICE:
		if (ino->type != TAR_CHAR && ino->type != TAR_BLOCK)
			return 0;
		dev = &s->t->devices[version_of(ino)->ref];
		return buf_addf(b, err, "%u:%u", dev->major, dev->minor);
	case FIELD_CONTENT:
		return ino->type == TAR_FILE ? put_content(s, ino, err) : 0;
	case FIELD_XATTR:
		return put_xattrs(s, m, err);
	/* Inode ids differ between two trees of one content; the first path of
	 * a group does not. */
	case FIELD_LINKS:
		if (tree_fate(s->t, ino).n_names < 2)
			return 0;
		if (tree_groups_first(&s->groups, entry_id(s->t, ino), s->node,
				      &first, err) < 0)
			return -1;
		return tree_path(s->t, first, b, err);
	case FIELD_PRESENCE:
	case FIELDS:
		break;
	}
	return 0;
}

static int tell(struct compare *c, struct str path, enum tree_field field,
		struct str a, struct str b, struct err *err)
{
	struct tree_difference d = { path, tree_field_name[field], a, b };
	c->n++;
	return c->fn ? c->fn(c->self, &d, err) : 0;
}

static int compare_node(struct compare *c, struct err *err)
{
	for (enum tree_field f = FIELD_TYPE; f < FIELDS; f++) {
		if (put_value(&c->a, f, err) < 0 ||
		    put_value(&c->b, f, err) < 0)
			return -1;
		struct str a = buf_str(&c->a.value), b = buf_str(&c->b.value);
		if (c->ignore & 1u << f || str_eq(a, b))
			continue;
		if (tell(c, buf_str(&c->a.path), f, a, b, err) < 0)
			return -1;
		/* Another type differs in all else, too. */
		if (f == FIELD_TYPE)
			break;
	}
	return 0;
}

/* A directory that only one tree has is told with all that is in it, each by
 * its own line. */
static int alone(struct compare *c, struct side *s, struct err *err)
{
	bool in_a = s == &c->a;
	if (!(c->ignore & 1u << FIELD_PRESENCE) &&
	    tell(c, buf_str(&s->path), FIELD_PRESENCE,
		 in_a ? STR("present") : STR("absent"),
		 in_a ? STR("absent") : STR("present"), err) < 0)
		return -1;
	return side_next(s, err);
}

int tree_compare(const struct tree *a, const struct tree *b, unsigned ignore,
		 tree_difference_fn *fn, void *self, uint64_t *n,
		 struct err *err)
{
	scoped(compare_done) struct compare c = { .ignore = ignore,
						  .fn = fn,
						  .self = self };
	side_init(&c.a, a);
	side_init(&c.b, b);
	if (side_next(&c.a, err) < 0 || side_next(&c.b, err) < 0)
		return -1;
	while (c.a.more || c.b.more) {
		int order = !c.a.more	? 1
			    : !c.b.more ? -1
					: path_order(buf_str(&c.a.path),
						     buf_str(&c.b.path));
		if (order) {
			if (alone(&c, order < 0 ? &c.a : &c.b, err) < 0)
				return -1;
			continue;
		}
		if (compare_node(&c, err) < 0 || side_next(&c.a, err) < 0 ||
		    side_next(&c.b, err) < 0)
			return -1;
	}
	*n = c.n;
	return 0;
}

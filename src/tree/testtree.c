/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/testtree.h"

#include <inttypes.h>

#include "base/hash_seed.h"
#include "tree/groups.h"
#include "base/test.h" /* last: cmocka defines skip */

void testtree_make(const char *const *layers, struct testtree *out)
{
	struct err err = { 0 };
	*out = (struct testtree){ 0 };
	assert_ok(tree_new(&limits_default, &out->tree, &err), &err);
	for (; out->n < TESTLAYERS_MAX && layers[out->n]; out->n++) {
		testlayer_index(layers[out->n], &out->layers[out->n]);
		assert_ok(tree_apply(out->tree, &out->layers[out->n], &err),
			  &err);
	}
}

void testtree_done(struct testtree *t)
{
	for (size_t i = 0; i < t->n; i++)
		layer_index_done(&t->layers[i]);
	tree_close(&t->tree);
	*t = (struct testtree){ 0 };
}

static void set_node(const struct tree *t, uint32_t node,
		     struct index_record *r)
{
	const struct tree_entry *ino = tree_inode(t, tree_top(t, node));
	const struct tree_meta *m = tree_meta(t, ino);
	*r = (struct index_record){
		.type = (enum tar_type)ino->type,
		.mode = m->mode,
		.uid = m->uid,
		.gid = m->gid,
		.mtime = tree_mtime(t, ino),
		.xattrs = tree_xattrs(t, ino),
	};
	if (r->type == TAR_SYMLINK)
		r->target = tree_target(t, ino);
	if (r->type == TAR_CHAR || r->type == TAR_BLOCK) {
		r->devmajor = tree_device(t, ino).major;
		r->devminor = tree_device(t, ino).minor;
	}
	if (r->type == TAR_FILE && tree_content(t, ino)) {
		r->size = tree_size(t, ino);
		r->sha256 = tree_content(t, ino);
	}
}

/* A later name of a group becomes a link to the first one. */
static void set_link(const struct tree *t, struct groups *groups, uint32_t node,
		     struct buf *target, struct index_record *r)
{
	struct err err = { 0 };
	const struct tree_entry *ino = tree_inode(t, tree_top(t, node));
	uint32_t first;
	if (tree_fate(t, ino).n_names < 2 || r->type == TAR_DIR)
		return;
	assert_ok(
		tree_groups_first(groups, tree_id(t, ino), node, &first, &err),
		&err);
	if (first == node)
		return;
	assert_ok(tree_path(t, first, target, &err), &err);
	if (r->type == TAR_SYMLINK)
		r->mode = 0644; /* a symlink's mode is none */
	r->type = TAR_HARDLINK;
	r->target = buf_str(target);
}

static bool is_bare_root(const struct index_record *r)
{
	return r->path.n == 0 && r->mode == 0755 && r->uid == 0 &&
	       r->gid == 0 && r->mtime.s == 0 && r->mtime.ns == 0 &&
	       r->xattrs.n == 0;
}

const char *testtree_text(const struct tree *t)
{
	struct err err = { 0 };
	scoped(tree_walk_done) struct tree_walk w;
	scoped(tree_groups_done) struct groups groups = { 0 };
	struct index_record r;
	uint32_t node;
	char *out = testlayer_next();
	int got;
	tree_walk_begin(&w, t);
	while ((got = tree_walk_next(&w, &node, &err)) > 0) {
		scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
		scoped(buf_done) struct buf target = BUF_INIT(1 << 20);
		set_node(t, node, &r);
		set_link(t, &groups, node, &target, &r);
		assert_ok(tree_path(t, node, &path, &err), &err);
		r.path = buf_str(&path);
		if (!is_bare_root(&r))
			testlayer_add(out, &r);
	}
	assert_ok(got, &err);
	return out;
}

const char *testtree_sums(const struct tree *t)
{
	struct err err = { 0 };
	struct tree_totals s;
	char *out = testlayer_next();
	assert_ok(tree_sum(t, 0, &s, &err), &err);
	assert_int_equal(s.stored, s.live + s.dead);
	testlayer_addf(out, "stored %" PRIu64 " live %" PRIu64, s.stored,
		       s.live);
	for (int k = 0; k < DEAD_KINDS; k++)
		if (s.by_kind[k])
			testlayer_addf(out, " %s %" PRIu64,
				       tree_dead_kind_name[k], s.by_kind[k]);
	return out;
}

static const char *const case_name[ENGINE_CASES] = {
	[ENGINE_MISSING_PARENT] = "missing-parent",
	[ENGINE_LINK_BELOW] = "link-below",
	[ENGINE_LINK_CAPABILITY] = "link-capability",
	[ENGINE_OWN_WHITEOUT] = "own-whiteout",
	[ENGINE_OPAQUE_ROOT] = "opaque-root",
	[ENGINE_TWICE] = "twice",
	[ENGINE_NESTED_WHITEOUT] = "nested-whiteout",
	[ENGINE_OVERLAY_FORM] = "overlay-form",
	[ENGINE_PARENT_FILE] = "parent-file",
	[ENGINE_PARENT_BELOW] = "parent-below",
	[ENGINE_LINK_TARGET] = "link-target",
	[ENGINE_GLOBAL] = "global",
	[ENGINE_LINK_ITSELF] = "link-itself",
	[ENGINE_UNKNOWN_TYPE] = "unknown-type",
	[ENGINE_TRAILING] = "trailing",
	[ENGINE_GHOST] = "ghost",
	[ENGINE_ROOT] = "root",
	[ENGINE_TIME] = "time",
	[ENGINE_EMPTY_XATTR] = "empty-xattr",
	[ENGINE_USER_XATTR] = "user-xattr",
	[ENGINE_LINK_TIME] = "link-time",
	[ENGINE_LINK_PARENT] = "link-parent",
	[ENGINE_DIR_GONE] = "dir-gone",
	[ENGINE_AUFS] = "aufs",
	[ENGINE_ODD_TYPE] = "odd-type",
	[ENGINE_ODD_NAME] = "odd-name",
	[ENGINE_GLOBAL_NAME] = "global-name",
	[ENGINE_NO_PARENT] = "no-parent",
	[ENGINE_LINK_SPECIAL] = "link-special",
	[ENGINE_LOWER_XATTR] = "lower-xattr",
};

const char *testtree_notes(const struct tree *t)
{
	struct err err = { 0 };
	char *out = testlayer_next();
	const struct engine_note *n;
	for (uint32_t i = 0; (n = tree_note(t, i)); i++) {
		testlayer_addf(out, "%s%u:%s x%" PRIu64, i ? "; " : "",
			       n->layer,
			       case_name[n->what] ? case_name[n->what] : "?",
			       n->count);
		for (uint32_t k = 0; k < n->n_nodes; k++) {
			scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
			assert_ok(tree_path(t, n->nodes[k], &path, &err), &err);
			testlayer_addf(out, " ");
			testlayer_add_name(out, buf_str(&path));
		}
	}
	return out;
}

static unsigned wrong_rows(const struct testtree_row *rows, size_t n)
{
	unsigned wrong = 0;
	for (size_t i = 0; i < n; i++) {
		scoped(testtree_done) struct testtree t = { 0 };
		testtree_make(rows[i].layers, &t);
		const char *got[] = { testtree_text(t.tree),
				      testtree_sums(t.tree),
				      testtree_notes(t.tree) };
		for (size_t k = 0; k < ARRAY_LEN(got); k++) {
			const char *want = rows[i].want[k];
			if (strcmp(got[k], want ? want : "") == 0)
				continue;
			print_error("%s:\n  got  \"%s\"\n  want \"%s\"\n",
				    rows[i].what, got[k], want ? want : "");
			wrong++;
		}
	}
	return wrong;
}

void testtree_check_rows(const struct testtree_row *rows, size_t n)
{
	static const uint64_t seeds[] = { 0, 0x9e3779b97f4a7c15 };
	unsigned wrong = 0;
	const uint64_t drawn = hash_seed;
	for (size_t i = 0; i < ARRAY_LEN(seeds); i++) {
		hash_seed_set(seeds[i]);
		wrong += wrong_rows(rows, n);
	}
	hash_seed_set(drawn);
	assert_int_equal(wrong, 0);
}

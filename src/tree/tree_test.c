/* SPDX-License-Identifier: Apache-2.0 */
/* DESIGN section 3, a rule a row: layers in the language of testlayer.h, what
 * the final file system shows, what is stored and dead, and what engines would
 * see otherwise. */
#include "tree/testtree.h"

#include "base/test.h" /* last: cmocka defines skip */

TEST(tree, kinds_of_dead_copies)
{
	static const struct testtree_row rows[] = {
		{ "one layer",
		  { "f a =xx" },
		  { "f a =xx", "stored 2 live 2" } },
		{ "no layer", { NULL }, { "", "stored 0 live 0" } },
		{ "other content",
		  { "f a =xx", "f a =yyy" },
		  { "f a =yyy", "stored 5 live 3 overwritten 2" } },
		{ "equal content, other mode",
		  { "f a =xx", "f a =xx m600" },
		  { "f a =xx m600", "stored 4 live 2 metadata_only 2" } },
		{ "equal content, equal metadata",
		  { "f a =xx", "f a =xx" },
		  { "f a =xx", "stored 4 live 2 metadata_only 2" } },
		{ "a symlink in its place",
		  { "f a =xx", "l a >b" },
		  { "l a >b", "stored 2 live 0 replaced 2" } },
		{ "a directory in its place",
		  { "f a =xx", "d a" },
		  { "d a", "stored 2 live 0 replaced 2" } },
		{ "a file in place of its parent",
		  { "d a; f a/b =xx", "f a =yyy" },
		  { "f a =yyy", "stored 5 live 3 replaced 2" } },
		{ "whited out",
		  { "f a =xx; f b =y", "f .wh.a" },
		  { "f b =y", "stored 3 live 1 removed 2" } },
		{ "whiteout of a parent",
		  { "d a; f a/b =xx; d a/c; f a/c/d =yyy", "f .wh.a" },
		  { "", "stored 5 live 0 removed 5" } },
		{ "an opaque parent",
		  { "d a; f a/b =xx", "d a; f a/.wh..wh..opq; f a/c =y" },
		  { "d a; f a/c =y", "stored 3 live 1 hidden 2" } },
		{ "a whiteout of nothing",
		  { "f a =xx", "f .wh.zz" },
		  { "f a =xx", "stored 2 live 2" } },
		{ "a copy dies once, by what took it first",
		  { "f a =xx", "f .wh.a", "f a =y", "f a =zzz" },
		  { "f a =zzz", "stored 6 live 3 overwritten 1 removed 2" } },
		{ "empty files store nothing",
		  { "f a", "f a m600", "f .wh.a" },
		  { "", "stored 0 live 0" } },
	};
	testtree_check_rows(rows, ARRAY_LEN(rows));
}

/* When one layer brings several events, the same path wins over a replaced
 * parent, that over a whiteout, that over an opaque parent. */
TEST(tree, precedence_of_events_in_one_layer)
{
	static const struct testtree_row rows[] = {
		{ "same path over its own whiteout",
		  { "f a =xx", "f .wh.a; f a =yyy" },
		  { "f a =yyy", "stored 5 live 3 overwritten 2",
		    "1:own-whiteout x1 a" } },
		{ "same path over an opaque parent",
		  { "d d; f d/a =xx; f d/b =y",
		    "d d; f d/.wh..wh..opq; f d/a =xx" },
		  { "d d; f d/a =xx",
		    "stored 5 live 2 hidden 1 metadata_only 2" } },
		{ "whiteout over an opaque parent",
		  { "d d; f d/a =xx; f d/b =y",
		    "d d; f d/.wh..wh..opq; f d/.wh.a" },
		  { "d d", "stored 3 live 0 removed 2 hidden 1" } },
		{ "replaced parent over its whiteout",
		  { "d d; f d/a =xx", "f .wh.d; f d =y" },
		  { "f d =y", "stored 3 live 1 replaced 2",
		    "1:own-whiteout x1 d" } },
		{ "a whiteout of the parent, an entry made anew below",
		  { "d d m700; f d/a =xx; f d/b =y",
		    "f .wh.d; d d; f d/a =zzz" },
		  { "d d; f d/a =zzz",
		    "stored 6 live 3 overwritten 2 removed 1",
		    "1:own-whiteout x1 d" } },
	};
	testtree_check_rows(rows, ARRAY_LEN(rows));
}

TEST(tree, a_layer_replaces_its_own_entries_in_tar_order)
{
	static const struct testtree_row rows[] = {
		{ "the last of a name counts",
		  { "f a =xx; f a =yyy" },
		  { "f a =yyy", "stored 5 live 3 overwritten 2",
		    "0:twice x1 a" } },
		{ "a directory twice has the last metadata",
		  { "d d m700; f d/a =x; d d m711 o1:2" },
		  { "d d m711 o1:2; f d/a =x", "stored 1 live 1",
		    "0:twice x1 d" } },
		{ "its own whiteout hides nothing of the layer",
		  { "f a =xx; f .wh.a" },
		  { "f a =xx", "stored 2 live 2", "0:own-whiteout x1 a" } },
		{ "its own opaque marker hides nothing of the layer",
		  { "d d; f d/a =xx; f d/.wh..wh..opq" },
		  { "d d; f d/a =xx", "stored 2 live 2" } },
		{ "a file takes the place of the layer's directory",
		  { "d d; f d/a =xx; f d =y" },
		  { "f d =y", "stored 3 live 1 replaced 2", "0:twice x1 d" } },
		{ "a directory takes the place of the layer's file",
		  { "f d =y; d d; f d/a =xx" },
		  { "d d; f d/a =xx", "stored 3 live 2 replaced 1",
		    "0:twice x1 d" } },
		{ "an implied directory takes the place of a file",
		  { "f d =y; f d/a =xx" },
		  { "d d t0; f d/a =xx", "stored 3 live 2 replaced 1",
		    "0:parent-file x1 d; 0:no-parent x1 d" } },
	};
	testtree_check_rows(rows, ARRAY_LEN(rows));
}

TEST(tree, implied_directories)
{
	static const struct testtree_row rows[] = {
		{ "declared nowhere",
		  { "f a/b/c =x" },
		  { "d a t0; d a/b t0; f a/b/c =x", "stored 1 live 1",
		    "0:no-parent x2 a a/b" } },
		{ "keeps the lower metadata, and is told",
		  { "d a m700 o1:2 t5", "f a/b =x" },
		  { "d a m700 o1:2 t5; f a/b =x", "stored 1 live 1",
		    "1:missing-parent x1 a" } },
		{ "a lower one as docker would make it is not told",
		  { "d a t5", "f a/b =x" },
		  { "d a t5; f a/b =x", "stored 1 live 1" } },
		{ "declared later in its layer",
		  { "f a/b =x; d a m711" },
		  { "d a m711; f a/b =x", "stored 1 live 1" } },
		{ "replaces a lower file",
		  { "f a =xx", "f a/b =y" },
		  { "d a t0; f a/b =y", "stored 3 live 1 replaced 2",
		    "1:parent-below x1 a" } },
		{ "replaces a lower symlink",
		  { "d d; l a >d", "f a/b =y" },
		  { "d a t0; f a/b =y; d d", "stored 1 live 1",
		    "1:parent-below x1 a" } },
		{ "a marker implies its parents",
		  { "f a =xx", "f a/.wh.b" },
		  { "d a t0", "stored 2 live 0 replaced 2",
		    "1:parent-below x1 a" } },
		{ "but not below a name that its layer whites out",
		  { "d d; d d/e; f d/e/f =xx", "f .wh.d; f d/e/.wh.f" },
		  { "", "stored 2 live 0 removed 2",
		    "1:nested-whiteout x1 d/e/f" } },
		{ "nor at such a name",
		  { "d d; f d/a =xx", "f .wh.d; f d/.wh..wh..opq" },
		  { "", "stored 2 live 0 removed 2",
		    "1:nested-whiteout x1 d" } },
	};
	testtree_check_rows(rows, ARRAY_LEN(rows));
}

TEST(tree, symlinks_of_the_layer_are_followed)
{
	static const struct testtree_row rows[] = {
		{ "relative",
		  { "d d; l a >d; f a/b =x" },
		  { "l a >d; d d; f d/b =x", "stored 1 live 1" } },
		{ "absolute, within the root",
		  { "d d; d d/e; l a >/d/e; f a/b =x" },
		  { "l a >/d/e; d d; d d/e; f d/e/b =x", "stored 1 live 1" } },
		{ "never above the root",
		  { "d d; l a >../../../d; f a/b =x" },
		  { "l a >../../../d; d d; f d/b =x", "stored 1 live 1" } },
		{ "a missing target directory is made",
		  { "l a >q/r; f a/b =x" },
		  { "l a >q/r; d q t0; d q/r t0; f q/r/b =x", "stored 1 live 1",
		    "0:link-target x2 q q/r; 0:no-parent x2 q q/r" } },
		{ "a whiteout goes through it, too",
		  { "d d; f d/b =x", "d d; l a >d; f a/.wh.b" },
		  { "l a >d; d d", "stored 1 live 0 removed 1" } },
		{ "a chain",
		  { "d d; l a >b; l b >d; f a/c =x" },
		  { "l a >b; l b >d; d d; f d/c =x", "stored 1 live 1" } },
	};
	testtree_check_rows(rows, ARRAY_LEN(rows));
}

/* What engines refuse, or show otherwise; all else is as the rows say. */
TEST(tree, cases_of_engines)
{
	static const struct testtree_row rows[] = {
		{ "a marker through a symlink to nothing",
		  { "l a >q; f a/.wh.b" },
		  { "l a >q; d q t0", "stored 0 live 0",
		    "0:link-target x1 q; 0:no-parent x1 q" } },
		{ "what is missing below the symlink's target is made",
		  { "d d; l a >d; d a/e; f a/e/b =x" },
		  { "l a >d; d d; d d/e; f d/e/b =x", "stored 1 live 1" } },
		{ "a directory's entry, then a file for its parent",
		  { "d d; d d/e; f d =x" },
		  { "f d =x", "stored 1 live 1",
		    "0:dir-gone x1 d/e; 0:twice x1 d" } },
		{ "a hard link over its file's directory",
		  { "f d/a =x; h d >d/a" },
		  { "f d =x", "stored 1 live 1", "0:link-parent x1 d" } },
		{ "a link to a symlink, with another time",
		  { "l a >b; h c >a t7" },
		  { "l a >b t7; h c >a t7", "stored 0 live 0",
		    "0:link-special x1 c; 0:link-time x1 c" } },
		{ "times",
		  { "f a t-1; l b >a t-1; f c t9223372036; f d t9223372037" },
		  { "f a t-1; l b >a t-1; f c t9223372036; f d t9223372037",
		    "stored 0 live 0", "0:time x2 a d" } },
		{ "xattrs of other types, and without a value",
		  { "f a xuser.a:1; l b >a xuser.a:1; f c xuser.a:" },
		  { "f a xuser.a:1; l b >a xuser.a:1; f c xuser.a:",
		    "stored 0 live 0",
		    "0:user-xattr x1 b; 0:empty-xattr x1 c" } },
		{ "a directory's xattr that its next entry leaves out",
		  { "d a xuser.a:1; d b xuser.a:1", "d a; d b xuser.a:2" },
		  { "d a; d b xuser.a:2", "stored 0 live 0",
		    "1:lower-xattr x1 a" } },
		{ "a marker twice",
		  { "d d; f d/a; f b",
		    "f .wh.b; f .wh.b; d d; f d/.wh..wh..opq; "
		    "f d/.wh..wh..opq" },
		  { "d d", "stored 0 live 0", "1:twice x2 b d" } },
		{ "implied over a lower file, and gone",
		  { "f a", "f a/b; l a >c" },
		  { "l a >c", "stored 0 live 0", "1:parent-below x1 a" } },
		{ "a root of its own",
		  { "d . m755; f a", "d . o1:0" },
		  { "d . o1:0; f a", "stored 0 live 0", "1:root x1 ." } },
	};
	testtree_check_rows(rows, ARRAY_LEN(rows));
}

TEST(tree, markers_and_overlay_forms)
{
	static const struct testtree_row rows[] = {
		{ "an opaque root",
		  { "f a =xx; d d; f d/b =y", "f .wh..wh..opq; f c =z" },
		  { "f c =z", "stored 4 live 1 hidden 3",
		    "1:opaque-root x1 ." } },
		{ "payload in a marker is overhead",
		  { "f a =xx", "f .wh.a =zz" },
		  { "", "stored 2 live 0 removed 2" } },
		{ "overlay's whiteout",
		  { "f a =xx", "c a v0:0" },
		  { "", "stored 2 live 0 removed 2", "1:overlay-form x1 a" } },
		{ "a device that is none",
		  { "c a v1:3 m666; b b v8:0; p c" },
		  { "c a v1:3 m666; b b v8:0; p c", "stored 0 live 0" } },
		{ "overlay's opaque directory",
		  { "d d; f d/a =xx", "d d xtrusted.overlay.opaque:y" },
		  { "d d", "stored 2 live 0 hidden 2",
		    "1:overlay-form x1 d" } },
		{ "overlay's own xattrs are no part of the tree",
		  { "f a =x xuser.a:1 xuser.overlay.origin:q" },
		  { "f a =x xuser.a:1", "stored 1 live 1",
		    "0:overlay-form x1 a" } },
		{ "a whiteout's own metadata is nothing",
		  { "d d m700 t5; f d/a =x", "d d m700 t5; f d/.wh.a m777 t9" },
		  { "d d m700 t5", "stored 1 live 0 removed 1" } },
		{ "whiteouts of a lower directory's child and the child anew",
		  { "f a =x", "f .wh.a", "f a =x" },
		  { "f a =x", "stored 2 live 1 removed 1" } },
		{ "a root entry",
		  { "d . m711 o3:4 t7; f a", "f b" },
		  { "d . m711 o3:4 t7; f a; f b", "stored 0 live 0",
		    "0:root x1 ." } },
	};
	testtree_check_rows(rows, ARRAY_LEN(rows));
}

TEST(tree, directories_keep_what_is_below)
{
	static const struct testtree_row rows[] = {
		{ "a directory again changes its metadata alone",
		  { "d d; f d/a =xx", "d d m700 o1:1" },
		  { "d d m700 o1:1; f d/a =xx", "stored 2 live 2" } },
		{ "removed and made anew it is empty",
		  { "d d; f d/a =xx", "f .wh.d", "d d" },
		  { "d d", "stored 2 live 0 removed 2" } },
		{ "a file, then a directory again",
		  { "d d; f d/a =xx", "f d =y", "d d; f d/b =z" },
		  { "d d; f d/b =z", "stored 4 live 1 replaced 3" } },
		{ "names that begin alike",
		  { "f a =1; f a-b =22; d a.d; f a.d/x =333", "f .wh.a" },
		  { "f a-b =22; d a.d; f a.d/x =333",
		    "stored 6 live 5 removed 1" } },
	};
	testtree_check_rows(rows, ARRAY_LEN(rows));
}

TEST(tree, sparse_payload_counts_as_archived)
{
	/* A PAX 1.0 map is a block of its own: 512 + 2 bytes archived. */
	static const char *const layers[] = { "f a =xx s100000:4096", NULL };
	struct err err = { 0 };
	struct tree_totals s;
	scoped(testtree_done) struct testtree t = { 0 };
	testtree_make(layers, &t);
	assert_ok(tree_sum(t.tree, 0, &s, &err), &err);
	assert_int_equal(s.stored, 514);
	assert_int_equal(s.live, 514);
	assert_int_equal(s.apparent, 100000);
}

TEST(tree, totals)
{
	static const char *const layers[] = {
		"d d; f d/a =xx; h d/b >d/a; f d/c =xx; f e =1234",
		"f f =xx; f e =5; l g >f; f .wh.zz =q", NULL
	};
	struct err err = { 0 };
	struct tree_totals s;
	scoped(testtree_done) struct testtree t = { 0 };
	testtree_make(layers, &t);
	assert_ok(tree_sum(t.tree, 1, &s, &err), &err);
	assert_int_equal(s.stored, 8 + 3);
	assert_int_equal(s.dead, 4);
	assert_int_equal(s.dead_base, 4);
	assert_int_equal(s.live, 7);
	assert_int_equal(s.apparent, 7);
	assert_int_equal(s.duplicate, 4); /* inodes, not names */
	assert_int_equal(s.files, 4);
	assert_int_equal(s.entries, 9);
	assert_false(s.has_compressed);
	assert_int_equal(s.overhead,
			 t.layers[0].tar_size + t.layers[1].tar_size - 11);
	assert_ok(tree_sum(t.tree, 0, &s, &err), &err);
	assert_int_equal(s.dead_base, 0);
}

static void refused(const char *layer, const struct limits *lim,
		    enum err_code code, const char *text)
{
	struct err err = { 0 };
	scoped(tree_close) struct tree *t = NULL;
	scoped(layer_index_done) struct layer_index below = { 0 }, ix = { 0 };
	testlayer_index("f a =x; d d", &below);
	testlayer_index(layer, &ix);
	assert_ok(tree_new(lim, &t, &err), &err);
	assert_ok(tree_apply(t, &below, &err), &err);
	assert_fails(tree_apply(t, &ix, &err), &err, code, text);
}

TEST(tree, refusals_name_the_entry)
{
	struct limits lim = limits_default;
	refused("f b; h c >zz", &lim, ERR_CORRUPT,
		"tar entry 1 at 512 (\"c\"): hard link to \"zz\", which is no "
		"file that stands before it");
	refused("h c >d", &lim, ERR_CORRUPT,
		"tar entry 0 at 0 (\"c\"): hard link to \"d\", which is no "
		"file that stands before it");
	refused("h c >z; f z", &lim, ERR_CORRUPT,
		"tar entry 0 at 0 (\"c\"): hard link to \"z\", which is no "
		"file that stands before it");
	refused("f .wh.", &lim, ERR_CORRUPT,
		"tar entry 0 at 0 (\".wh.\"): a whiteout of no name");
	refused("d x; f x/.wh...", &lim, ERR_CORRUPT,
		"tar entry 1 at 512 (\"x/.wh...\"): a whiteout of no name");
	lim.entries_max = 3;
	refused("f b; f c", &lim, ERR_LIMIT,
		"4 tar members in all layers of one image, over the limit of 3 "
		"(raise it with --limit entries=N)");
	lim = limits_default;
	lim.link_chain_max = 3;
	refused("l b >b; f b/c", &lim, ERR_LIMIT,
		"tar entry 1 at 512 (\"b/c\"): 4 symbolic links followed for "
		"one path, over the limit of 3 (raise it with --limit "
		"link_chain=N)");
	lim = limits_default;
	lim.pax_max = 2 * (sizeof "1000000 SCHILY.xattr.user.a=1") - 1;
	refused("f b xuser.a:1; h c >b xuser.b:1", &lim, ERR_LIMIT,
		"extended attributes of \"b\": 60 bytes of one tar extended "
		"header, over the limit of 59 (raise it with --limit pax=N)");
	lim = limits_default;
	lim.xattrs_max = 28;
	refused("f b xuser.a:1; f c xuser.a:1; f d xuser.a:2; f e xuser.b:2",
		&lim, ERR_LIMIT,
		"tar entry 3 at 4608 (\"e\"): 29 bytes of different sets of "
		"extended attributes in one image, over the limit of 28 (raise "
		"it with --limit xattrs=N)");
	lim = limits_default;
	lim.depth_max = 4;
	refused("d q; d q/r; d q/r/s; l b >q/r/s; f b/c/d/e", &lim, ERR_LIMIT,
		"tar entry 4 at 2048 (\"b/c/d/e\"): 5 parts of a path, over "
		"the limit of 4 (raise it with --limit depth=N)");
}

TESTS_MAIN(unit(tree, kinds_of_dead_copies),
	   unit(tree, precedence_of_events_in_one_layer),
	   unit(tree, a_layer_replaces_its_own_entries_in_tar_order),
	   unit(tree, implied_directories),
	   unit(tree, symlinks_of_the_layer_are_followed),
	   unit(tree, cases_of_engines), unit(tree, markers_and_overlay_forms),
	   unit(tree, directories_keep_what_is_below),
	   unit(tree, sparse_payload_counts_as_archived), unit(tree, totals),
	   unit(tree, refusals_name_the_entry))

/* SPDX-License-Identifier: Apache-2.0 */
/* Hard links, the attributes that they add, and what all names list of them. */
#include "tree/testtree.h"

#include "base/test.h" /* last: cmocka defines skip */

TEST(links, hard_links)
{
	static const struct testtree_row rows[] = {
		{ "store nothing after the first name",
		  { "f a =xx; h b >a; h c >b" },
		  { "f a =xx; h b >a; h c >a", "stored 2 live 2" } },
		{ "owner, mode and mtime of the last link entry",
		  { "f a =xx m600 o1:1 t5; h b >a m640 o2:2 t6" },
		  { "f a =xx m640 o2:2 t6; h b >a m640 o2:2 t6",
		    "stored 2 live 2" } },
		{ "xattrs that a link carries are added",
		  { "f a =xx xuser.a:1 xuser.b:2; h b >a xuser.b:3 "
		    "xuser.c:4" },
		  { "f a =xx xuser.a:1 xuser.b:3 xuser.c:4; h b >a xuser.a:1 "
		    "xuser.b:3 xuser.c:4",
		    "stored 2 live 2" } },
		{ "a capability that is not repeated is dropped",
		  { "f a =xx xsecurity.capability:C xuser.a:1; h b >a" },
		  { "f a =xx xuser.a:1; h b >a xuser.a:1", "stored 2 live 2",
		    "0:link-capability x1 b" } },
		{ "a capability that is repeated stays",
		  { "f a =xx xsecurity.capability:C; h b >a "
		    "xsecurity.capability:C" },
		  { "f a =xx xsecurity.capability:C; h b >a "
		    "xsecurity.capability:C",
		    "stored 2 live 2" } },
		{ "live while one name is",
		  { "f a =xx; h b >a", "f .wh.a" },
		  { "f b =xx", "stored 2 live 2" } },
		{ "the event that took the last name decides",
		  { "f a =xx; h b >a", "f .wh.a", "f b =yyy" },
		  { "f b =yyy", "stored 5 live 3 overwritten 2" } },
		{ "of same-layer events the strongest",
		  { "f a =xx; h b >a", "f .wh.a; f b =yyy" },
		  { "f b =yyy", "stored 5 live 3 overwritten 2" } },
		{ "overwritten before metadata-only",
		  { "f a =xx; h b >a", "f a =xx; f b =yyy" },
		  { "f a =xx; f b =yyy", "stored 7 live 5 overwritten 2" } },
		{ "metadata-only before replaced",
		  { "f a =xx; h b >a", "f a =xx; l b >a" },
		  { "f a =xx; l b >a", "stored 4 live 2 metadata_only 2" } },
		{ "to a lower file store nothing",
		  { "f a =xx m600", "h b >a m640" },
		  { "f a =xx m640; h b >a m640", "stored 2 live 2",
		    "1:link-below x1 a" } },
		{ "what stands before it in its layer comes first",
		  { "f a =xx", "f a =yyy; h b >a" },
		  { "f a =yyy; h b >a", "stored 5 live 3 overwritten 2" } },
		{ "the tree below as it was before the layer's whiteout",
		  { "f a =xx", "f .wh.a; h b >a" },
		  { "f b =xx", "stored 2 live 2", "1:link-below x1 a" } },
		{ "to a symlink",
		  { "l a >x; h b >a" },
		  { "l a >x; h b >a", "stored 0 live 0",
		    "0:link-special x1 b" } },
		{ "over a file are judged by the type that results",
		  { "f a =xx; f b =y", "f c =zzz; h b >c" },
		  { "f a =xx; f b =zzz; h c >b",
		    "stored 6 live 5 overwritten 1" } },
		{ "over a file, to a symlink",
		  { "f b =y", "l a >x; h b >a" },
		  { "l a >x; h b >a", "stored 1 live 0 replaced 1",
		    "1:link-special x1 b" } },
		{ "AUFS kept the group's file aside",
		  { "f .wh..wh.plnk/1.2 =xx; h a >.wh..wh.plnk/1.2; h b "
		    ">.wh..wh.plnk/1.2" },
		  { "f a =xx; h b >a", "stored 2 live 2", "0:aufs x1 ." } },
		{ "AUFS remains that no link shows are overhead",
		  { "f .wh..wh.plnk/1.2 =xx; f .wh..wh.aufs; f a =y" },
		  { "f a =y", "stored 1 live 1", "0:aufs x1 ." } },
	};
	testtree_check_rows(rows, ARRAY_LEN(rows));
}

TEST(links, attributes_that_hard_links_add)
{
	static const struct testtree_row rows[] = {
		{ "of many links each adds its own, and the last of a name "
		  "counts",
		  { "f a =xx xuser.b:0; h b >a xuser.d:1; h c >b xuser.a:1; "
		    "h d >a xuser.d:2; h e >a" },
		  { "f a =xx xuser.a:1 xuser.b:0 xuser.d:2; "
		    "h b >a xuser.a:1 xuser.b:0 xuser.d:2; "
		    "h c >a xuser.a:1 xuser.b:0 xuser.d:2; "
		    "h d >a xuser.a:1 xuser.b:0 xuser.d:2; "
		    "h e >a xuser.a:1 xuser.b:0 xuser.d:2",
		    "stored 2 live 2" } },
		{ "a capability that came and went",
		  { "f a =xx; h b >a xsecurity.capability:C; h c >a; "
		    "h d >a xsecurity.capability:D; h e >a xuser.a:1" },
		  { "f a =xx xuser.a:1; h b >a xuser.a:1; h c >a xuser.a:1; "
		    "h d >a xuser.a:1; h e >a xuser.a:1",
		    "stored 2 live 2", "0:link-capability x2 c e" } },
		{ "a capability that came last",
		  { "f a =xx xsecurity.capability:B; h b >a; "
		    "h c >a xsecurity.capability:C" },
		  { "f a =xx xsecurity.capability:C; "
		    "h b >a xsecurity.capability:C; "
		    "h c >a xsecurity.capability:C",
		    "stored 2 live 2", "0:link-capability x1 b" } },
		{ "in the next layer",
		  { "f a =xx xsecurity.capability:C xuser.a:1; h b >a "
		    "xsecurity.capability:C xuser.a:1",
		    "h c >a xuser.b:2; h d >c" },
		  { "f a =xx xuser.a:1 xuser.b:2; h b >a xuser.a:1 "
		    "xuser.b:2; h c >a xuser.a:1 xuser.b:2; h d >a xuser.a:1 "
		    "xuser.b:2",
		    "stored 2 live 2",
		    "1:link-below x1 a; 1:link-capability x1 c" } },
	};
	testtree_check_rows(rows, ARRAY_LEN(rows));
}

/* "1.user.a.1.v." is 13 bytes of the listing, for each of three names. */
TEST(links, attributes_of_all_names_have_a_limit)
{
	struct err err = { 0 };
	struct limits lim = limits_default;
	struct digest digest;
	scoped(tree_close) struct tree *t = NULL;
	scoped(layer_index_done) struct layer_index ix = { 0 };
	testlayer_index("f b xuser.a:v; h c >b xuser.a:v; h d >b", &ix);
	assert_ok(tree_new(&lim, &t, &err), &err);
	assert_ok(tree_apply(t, &ix, &err), &err);
	lim.listed_xattrs_max = 39;
	assert_ok(tree_digest(t, &digest, &err), &err);
	lim.listed_xattrs_max = 38;
	assert_fails(tree_digest(t, &digest, &err), &err, ERR_LIMIT,
		     "\"d\": 39 bytes of extended attributes of all names of "
		     "one image, over the limit of 38 (raise it with --limit "
		     "listed_xattrs=N)");
}

TESTS_MAIN(unit(links, hard_links), unit(links, attributes_that_hard_links_add),
	   unit(links, attributes_of_all_names_have_a_limit))

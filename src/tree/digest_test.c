/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/testtree.h"

#include <stdio.h>

#include "base/test.h" /* last: cmocka defines skip */

static const char *digest_of_layers(const char *const *layers)
{
	struct err err = { 0 };
	struct digest d;
	scoped(testtree_done) struct testtree t = { 0 };
	testtree_make(layers, &t);
	assert_ok(tree_digest(t.tree, &d, &err), &err);
	return testlayer_printf("%s", digest_text(&d).text);
}

/* A tree made from one layer, as testlayer.h writes it. */
static const char *digest_of_layer(const char *layer)
{
	const char *const layers[] = { layer, NULL };
	return digest_of_layers(layers);
}

TEST(digest, example_of_the_document)
{
	assert_string_equal(digest_of_layer("f x =hi"),
			    "sha256:d4144d6eeed9708671879bb91cf1dbd27eb5673d34"
			    "c0e9fbf637c77baafec17d");
}

/* Listings written out by hand, hashed without the program's listing code. */
TEST(digest, listing_by_hand)
{
#define ROOT     \
	"\0d\0"  \
	"0755\0" \
	"0\0"    \
	"0\0"    \
	"0\0"    \
	"\0"     \
	"0\0"    \
	"\n"
#define NO_META \
	"0\0"   \
	"0\0"   \
	"1000000000\0"
#define EMPTY_SHA256 \
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\0"
#define HI_SHA256 \
	"8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4\0"
	static const struct {
		const char *layer;
		struct str listing;
	} rows[] = {
		{ "", STR("pare-tree 1\n" ROOT) },
		{ "d . m1777 o1:4294967295 t-2.500000000", STR("pare-tree 1\n"
							       "\0d\0"
							       "1777\0"
							       "1\0"
							       "4294967295\0"
							       "-1500000000\0"
							       "\0"
							       "0\0"
							       "\n") },
		{ "d . t-10413792000.500000000", STR("pare-tree 1\n"
						     "\0d\0"
						     "0755\0"
						     "0\0"
						     "0\0"
						     "-10413791999500000000\0"
						     "\0"
						     "0\0"
						     "\n") },
		{ "f e", STR("pare-tree 1\n" ROOT "e\0f\0"
			     "0644\0" NO_META "\0"
			     "0\0"
			     "0\0" EMPTY_SHA256 "\n") },
		{ "f a =hi m4755; h b >a m4755",
		  STR("pare-tree 1\n" ROOT "a\0f\0"
		      "4755\0" NO_META "a\0"
		      "0\0"
		      "2\0" HI_SHA256 "\n"
		      "b\0f\0"
		      "4755\0" NO_META "a\0"
		      "0\0"
		      "2\0" HI_SHA256 "\n") },
		{ "f a =hi xuser.a: xuser.b:\\x0a\\xff",
		  STR("pare-tree 1\n" ROOT "a\0f\0"
		      "0644\0" NO_META "\0"
		      "2\0"
		      "user.a\0"
		      "0\0"
		      "\0"
		      "user.b\0"
		      "2\0"
		      "\n\xff\0"
		      "2\0" HI_SHA256 "\n") },
		{ "l a >../x; c b v1:3; b c v259:65536; p d",
		  STR("pare-tree 1\n" ROOT "a\0l\0"
		      "0777\0" NO_META "\0"
		      "0\0"
		      "../x\0\n"
		      "b\0c\0"
		      "0644\0" NO_META "\0"
		      "0\0"
		      "1\0"
		      "3\0\n"
		      "c\0b\0"
		      "0644\0" NO_META "\0"
		      "0\0"
		      "259\0"
		      "65536\0\n"
		      "d\0p\0"
		      "0644\0" NO_META "\0"
		      "0\0\n") },
		{ "f a-b; d a; f a/b; f \\xc3\\xa4; f ~",
		  STR("pare-tree 1\n" ROOT "a\0d\0"
		      "0755\0" NO_META "\0"
		      "0\0\n"
		      "a/b\0f\0"
		      "0644\0" NO_META "\0"
		      "0\0"
		      "0\0" EMPTY_SHA256 "\n"
		      "a-b\0f\0"
		      "0644\0" NO_META "\0"
		      "0\0"
		      "0\0" EMPTY_SHA256 "\n"
		      "~\0f\0"
		      "0644\0" NO_META "\0"
		      "0\0"
		      "0\0" EMPTY_SHA256 "\n"
		      "\xc3\xa4\0f\0"
		      "0644\0" NO_META "\0"
		      "0\0"
		      "0\0" EMPTY_SHA256 "\n") },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		struct digest want;
		assert_ok(digest_of(DIGEST_SHA256, rows[i].listing.p,
				    rows[i].listing.n, &want, &err),
			  &err);
		if (strcmp(digest_of_layer(rows[i].layer),
			   digest_text(&want).text) != 0)
			fail_msg("%s: another listing", rows[i].layer);
	}
}

/* The same tree, however its layers are cut. */
TEST(digest, does_not_depend_on_layers)
{
	static const char *const cuts[][6] = {
		{ "d etc m711; f etc/a =xx; f etc/b =y m600; h etc/c >etc/b "
		  "m600; l l >etc" },
		{ "l l >etc; f etc/b =y m600; h etc/c >etc/b m600; d etc m711; "
		  "f etc/a =xx" },
		{ "d etc m711", "d etc m711; f etc/a =xx",
		  "d etc m711; f etc/c =y m600; h etc/b >etc/c m600",
		  "l l >etc" },
		{ "d etc; f etc/a =old; f etc/z =zz",
		  "d etc m700; f etc/.wh..wh..opq; f etc/a =xx",
		  "d etc m711; f etc/b =y m600; h etc/c >etc/b m600; f l",
		  "l l >etc" },
		{ "f l =q; f gone =q; d etc; f etc/b =1",
		  "f .wh.gone; f .wh.l; f .wh.etc",
		  "f etc/b =y; h etc/c >etc/b; f etc/a =1",
		  "l l >etc; h etc/c >etc/b m600", "d etc m711; f etc/a =xx" },
		{ "d etc m711; l l >etc",
		  "d etc m711; f etc/a =xx; f etc/b =y m600; h etc/c >etc/b "
		  "m600; f etc/d =4",
		  "d etc m711; f etc/.wh.d" },
	};
	const char *want = digest_of_layers(cuts[0]);
	for (size_t i = 1; i < ARRAY_LEN(cuts); i++)
		if (strcmp(digest_of_layers(cuts[i]), want) != 0)
			fail_msg("cut %zu gives another digest", i);
}

TEST(digest, does_not_depend_on_holes)
{
	assert_string_equal(
		digest_of_layer("f a =xx s10:2"),
		digest_of_layer("f a =\\x00\\x00xx\\x00\\x00\\x00\\x00\\x00"
				"\\x00"));
}

/* Each field of the listing counts. */
TEST(digest, depends_on_each_field)
{
	static const char *const trees[] = {
		"f a =xx",
		"f b =xx",
		"d a",
		"f a =xx m600",
		"f a =xx o1:0",
		"f a =xx o0:1",
		"f a =xx t2",
		"f a =xx t1.000000001",
		"f a =xy",
		"f a =xxx",
		"f a",
		"f a =xx xuser.a:1",
		"f a =xx xuser.a:2",
		"f a =xx xuser.b:1",
		"f a =xx xuser.a:",
		"l a >x",
		"l a >y",
		"c a v1:1",
		"c a v1:2",
		"c a v2:1",
		"b a v1:1",
		"p a",
		"f a =xx; f b =xx",
		"f a =xx; h b >a",
		"d . m700; f a =xx",
		"d .; f a =xx",
		"f a =xx xuser.a:1 xuser.b:2",
		"f a =xx xuser.a:1xuser.b:2",
	};
	const char *seen[ARRAY_LEN(trees)];
	char texts[ARRAY_LEN(trees)][80];
	for (size_t i = 0; i < ARRAY_LEN(trees); i++) {
		snprintf(texts[i], sizeof texts[i], "%s",
			 digest_of_layer(trees[i]));
		seen[i] = texts[i];
		for (size_t k = 0; k < i; k++)
			if (strcmp(seen[k], seen[i]) == 0)
				fail_msg("\"%s\" is as \"%s\"", trees[i],
					 trees[k]);
	}
}

TESTS_MAIN(unit(digest, example_of_the_document), unit(digest, listing_by_hand),
	   unit(digest, does_not_depend_on_layers),
	   unit(digest, does_not_depend_on_holes),
	   unit(digest, depends_on_each_field))

/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/stale.h"

#include "shrink/testplan.h"
#include "base/test.h" /* last: cmocka defines skip */

TEST(stale, a_marker_goes_with_what_it_hid)
{
	static const struct plan_row rows[] = {
		{ "its layer is rewritten, though it holds no dead byte",
		  { "d d; f d/x =dead", "d d; f d/.wh.x; f y" },
		  "V | R d d; f y",
		  0 },
		{ "and vanishes, when nothing else is in it",
		  { "f a; d d; f d/x =dead", "f d/.wh.x", "f b" },
		  "R f a; d d | V | K",
		  0 },
		{ "what it hides has no bytes, so its layer is kept",
		  { "d d; f d/x", "d d; f d/.wh.x; f y" },
		  "K | K",
		  0 },
		{ "one goes, another one stays",
		  { "f a", "f b =dead", "f .wh.a; f .wh.b; f c" },
		  "K | V | R f .wh.a m0 t0; f c",
		  0 },
		{ "of a whole directory",
		  { "d d; d d/e; f d/e/x =dead", "f .wh.d; f y" },
		  "V | R f y",
		  0 },
		{ "a file lower than the one it hid is no reason to stay",
		  { "f a", "f .wh.a; f b", "f a =dead", "f .wh.a; f c" },
		  "K | K | V | R f c",
		  0 },
		{ "a directory of two layers, one of which is kept",
		  { "d d; f k", "d d m700; f d/x =dead", "f .wh.d; f y" },
		  "K | V | K",
		  0 },
		{ "a hard link's lower name",
		  { "f a =dead; h b >a", "f .wh.a; f .wh.b; f c" },
		  "V | R f c",
		  0 },
		{ "overlay's own whiteout",
		  { "f a =dead", "c a v0:0; f b" },
		  "V | R f b",
		  0 },
	};
	testplan_check(rows, ARRAY_LEN(rows));
}

TEST(stale, one_layer_after_the_other)
{
	static const struct plan_row rows[] = {
		/* 1 hides y of 0 alone; 3 hides that of 2. */
		{ "the example of the header",
		  { "d d; f d/x =dead; f d/y", "d d; f d/.wh.y; f k",
		    "d d; f d/x; f d/y", "d d; f d/.wh.y" },
		  "V | R f k | K | K",
		  0 },
	};
	testplan_check(rows, ARRAY_LEN(rows));
}

TEST(stale, what_hid_nothing_from_the_start)
{
	static const struct plan_row rows[] = {
		{ "a whiteout goes, above the base",
		  { "f a", "f .wh.x; f b" },
		  "K | R f b",
		  1 },
		{ "its layer vanishes", { "f a", "f .wh.x" }, "K | V", 0 },
		{ "in the base it stays",
		  { "f .wh.x; f a", "f b" },
		  "K | K",
		  1 },
		{ "what it hid had gone before",
		  { "d d; f d/x", "f .wh.d", "d d; f d/.wh.x; f y" },
		  "K | K | R d d; f y",
		  0 },
		{ "its directory is opaque",
		  { "d d; f d/x; f d/y", "d d; f d/.wh..wh..opq; f d/.wh.x" },
		  "K | R d d; f d/.wh.x m0 t0; f d/.wh.y m0 t0",
		  0 },
		{ "one that it lies in is opaque",
		  { "d p; d p/d; f p/d/x; f p/k",
		    "d p; f p/.wh..wh..opq; d p/d; f p/d/.wh.x" },
		  "K | R d p; f p/.wh.k m0 t0; d p/d; f p/d/.wh..wh..opq m0 t0",
		  0 },
		{ "a file beside its whiteout",
		  { "f a", "f .wh.a; f a =x; f b" },
		  "K | R f a =x; f b",
		  0 },
		{ "AUFS's own are no whiteouts",
		  { "f a", "f .wh..wh.aufs; d .wh..wh.plnk; f b" },
		  "K | K",
		  0 },
	};
	testplan_check(rows, ARRAY_LEN(rows));
}

TEST(stale, opaque_directories)
{
	static const struct plan_row rows[] = {
		{ "over one that goes",
		  { "d d; f d/x =dead", "d d; f d/.wh..wh..opq; f d/y" },
		  "V | R d d; f d/y",
		  0 },
		{ "over one that stays",
		  { "d d; f d/x", "d d; f d/.wh..wh..opq; f d/y" },
		  "K | K",
		  0 },
		/* Builders make them for every new directory; no one sees
		 * that. */
		{ "over nothing",
		  { "f a", "d d; f d/.wh..wh..opq; f d/y" },
		  "K | K",
		  0 },
		{ "over nothing, in a layer that is rewritten",
		  { "f a", "d d; f d/.wh..wh..opq; f d/y; f z =1; f z =2" },
		  "K | R d d; f d/y; f z =2",
		  0 },
		{ "over nothing, and nothing else in the layer",
		  { "d d; f a", "f d/.wh..wh..opq; f d/.wh.x", "f b" },
		  "K | V | K",
		  0 },
		{ "a directory made anew over a full one",
		  { "d d; f d/a", "f .wh.d; f x =1; f x =2",
		    "d d m700; f y =1; f y =2" },
		  "K | R1-2 d d m700; f d/.wh..wh..opq m0 t0; f x =2; f y =2",
		  1 },
		{ "over one that was emptied before",
		  { "d d; f d/a", "d d; f d/.wh..wh..opq; f x =1; f x #140000",
		    "f .wh.d; d d; f d/b; f y =1; f y #140001" },
		  "K | R f x #140000 | "
		  "R d d; f d/.wh..wh..opq m0 t0; f d/b; f y #140001",
		  1 },
		{ "over an empty one",
		  { "d d; f a", "f .wh.d; f x =1; f x =2",
		    "d d m700; f y =1; f y =2" },
		  "K | R1-2 d d m700; f x =2; f y =2",
		  1 },
	};
	testplan_check(rows, ARRAY_LEN(rows));
}

/* A base's own whiteout of nothing is filtered out as long as another layer
 * has the directory, too. */
TEST(stale, a_directory_of_the_base_stays_merged)
{
	static const struct plan_row rows[] = {
		{ "by a layer that held nothing else",
		  { "d d; f d/.wh.x; f a", "f d/y =dead", "f d/.wh.y; f b" },
		  "K | R1-2 f b; d d",
		  1 },
		{ "not where nothing else merged it",
		  { "d d; f d/.wh.x; f a", "f y =dead", "f .wh.y; f b" },
		  "K | V | R f b",
		  1 },
		{ "not where the whiteout hides something",
		  { "d d; f d/x", "d d; f d/.wh.x; f a", "f d/y =dead",
		    "f d/.wh.y; f b" },
		  "K | K | V | R f b",
		  2 },
		{ "not where the directory goes",
		  { "d d; f d/.wh.x; f a", "f d/y =dead", "f .wh.d; f b" },
		  "K | V | K",
		  1 },
	};
	testplan_check(rows, ARRAY_LEN(rows));
}

TEST(stale, a_squashed_range)
{
	static const struct {
		const char *layers[6], *plan;
		uint16_t from, to;
	} rows[] = {
		{ { "f a", "d d; f d/x =dead", "f k", "f d/.wh.x; f y" },
		  "K | R1-2 d d; f k | R f y",
		  1,
		  2 },
		{ { "f a", "d d; f d/x =dead", "f k", "f d/.wh.x; f y" },
		  "R0-1 f a; d d | K | R f y",
		  0,
		  1 },
		{ { "f a", "d d; f d/x =dead", "f d/.wh.x; f y", "f z" },
		  "K | R1-2 d d; f y | K",
		  1,
		  2 },
		/* Engines show the lower d/x through, as of the source. */
		{ { "d d; f d/x =0", "d d; f d/x =1", "f .wh.d; d d; f d/y" },
		  "K | V | R d d; f d/.wh..wh..opq m0 t0; f d/y",
		  1,
		  1 },
		/* Below the range nothing changes. */
		{ { "f a", "f .wh.q; f b", "f c", "f d" },
		  "K | K | R2-3 f c; f d",
		  2,
		  3 },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(testtree_done) struct testtree t = { 0 };
		scoped(shrink_plan_done) struct plan p = { 0 };
		struct plan_options opt = { .merge = true,
					    .merge_range.from = rows[i].from,
					    .merge_range.to = rows[i].to };
		testplan_make(rows[i].layers, &opt, &t, &p);
		assert_string_equal(testplan_text(&p), rows[i].plan);
	}
}

TESTS_MAIN(unit(stale, a_marker_goes_with_what_it_hid),
	   unit(stale, one_layer_after_the_other),
	   unit(stale, what_hid_nothing_from_the_start),
	   unit(stale, opaque_directories),
	   unit(stale, a_directory_of_the_base_stays_merged),
	   unit(stale, a_squashed_range))

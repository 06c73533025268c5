/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/plan.h"

#include "shrink/testplan.h"
#include "base/test.h" /* last: cmocka defines skip */

TEST(plan, what_a_layer_keeps)
{
	static const struct plan_row rows[] = {
		{ "nothing dead: all is kept",
		  { "f a =xx", "f b =y" },
		  "K | K",
		  0 },
		{ "no layer", { NULL }, "", 0 },
		{ "an overwritten file goes",
		  { "f a =xx; f b =y", "f a =zz" },
		  "R f b =y | K",
		  0 },
		{ "a removed file goes, and its whiteout",
		  { "f a =xx; f b #140000", "f c #140001; f .wh.a" },
		  "R f b #140000 | R f c #140001",
		  0 },
		{ "a layer that held it alone vanishes",
		  { "f a =xx", "f a =yy" },
		  "V | K",
		  0 },
		{ "metadata changed alone",
		  { "f a =xx; f b =y", "f a =xx m600" },
		  "R f b =y | K",
		  0 },
		{ "the last layer's own dead bytes",
		  { "f b =y", "f a =xx; f a =yyy" },
		  "K | R f a =yyy",
		  0 },
		{ "a directory in place of a file",
		  { "f d =xx; f a =y", "d d; f d/b =z" },
		  "R f a =y | K",
		  0 },
		{ "types and metadata survive a rewrite",
		  { "f x =dead; d d m711 o1:2 t3; l d/l >y o4:5 t6; "
		    "c d/c v1:3 m666; b d/b v8:0; p d/p m600; "
		    "f d/f =q m4755 o7:8 t9.000000001 xuser.a:1",
		    "f x =new" },
		  "R d d m711 o1:2 t3; b d/b v8:0; c d/c v1:3 m666; "
		  "f d/f =q m4755 o7:8 t9.000000001 xuser.a:1; "
		  "l d/l >y o4:5 t6; p d/p m600 | K",
		  0 },
	};
	testplan_check(rows, ARRAY_LEN(rows));
}

TEST(plan, ancestors_have_their_metadata_at_that_layer)
{
	static const struct plan_row rows[] = {
		{ "of the layer that declares them",
		  { "d d m700 t5; f d/a =xx; f d/b =y", "f d/a =zz" },
		  "R0-1 d d m700 t5; f d/a =zz; f d/b =y",
		  0 },
		{ "of the layer below, where it declares none",
		  { "d d m700 t5; f d/a", "f d/b =xx; f d/c =y", "f d/b =zz" },
		  "K | R1-2 d d m700 t5; f d/b =zz; f d/c =y",
		  0 },
		{ "as they were then, not as they are in the end",
		  { "d d m700; f d/a =xx; f d/b =y", "d d m711 o1:1; f d/a" },
		  "R d d m700; f d/b =y | K",
		  0 },
		{ "declared nowhere",
		  { "f d/e/a =xx; f d/e/b =y", "f d/e/a" },
		  "R d d t0; d d/e t0; f d/e/b =y | K",
		  0 },
		{ "a root that is declared is written with the rest",
		  { "d . m711; f a =xx; f b =y", "f a" },
		  "R d . m711; f b =y | K",
		  0 },
		{ "an empty directory stays",
		  { "d d m700; f d/a =xx", "f d/.wh.a" },
		  "R d d m700 | V",
		  0 },
		{ "but in one layer, when a later one declares it again",
		  { "d d m700; f d/a =xx", "d d m700; f d/.wh.a" },
		  "V | R d d m700",
		  0 },
	};
	testplan_check(rows, ARRAY_LEN(rows));
}

TEST(plan, whiteouts_only_for_what_kept_layers_show)
{
	static const struct plan_row rows[] = {
		{ "the base still shows it",
		  { "f a =xx", "f .wh.a; f b =yy; f b =z" },
		  "K | R f .wh.a m0 t0; f b =z",
		  1 },
		{ "the layer below will not have it",
		  { "f a =xx; f c =q", "f .wh.a; f b =yy; f b =z" },
		  "R0-1 f b =z; f c =q",
		  0 },
		{ "what an entry covers needs none",
		  { "f a =xx", "f .wh.a; f a =yy; f b =q; f b =z" },
		  "K | R f a =yy; f b =z",
		  1 },
		{ "a directory that goes needs one for itself",
		  { "d d; d d/e; f d/e/a =xx; f d/b =y",
		    "f .wh.d; f c =q; f c =z" },
		  "K | R f .wh.d m0 t0; f c =z",
		  1 },
		{ "parents first, then whiteouts, byte order",
		  { "d d; f d/z =1; f d/b =2; f y =3; d c; f c/c =4",
		    "d d; f d/.wh.z; f d/.wh.b; f d/a =q; f d/a =p; f .wh.y; "
		    "f .wh.c; f b" },
		  "K | R f .wh.c m0 t0; f .wh.y m0 t0; f b; d d; f d/.wh.b m0 "
		  "t0; "
		  "f d/.wh.z m0 t0; f d/a =p",
		  1 },
		{ "made anew, an opaque directory",
		  { "d d; f d/a =xx", "f .wh.d",
		    "d d m700; f d/b =q; f d/b =y" },
		  "K | K | R d d m700; f d/b =y",
		  1 },
		{ "an opaque directory over the base",
		  { "d d; f d/a =xx; f d/b =x2",
		    "d d m700; f d/.wh..wh..opq; f d/c =q; f d/c =y" },
		  "K | R d d m700; f d/.wh.a m0 t0; f d/.wh.b m0 t0; f d/c =y",
		  1 },
	};
	testplan_check(rows, ARRAY_LEN(rows));
}

TEST(plan, hard_link_groups)
{
	static const struct plan_row rows[] = {
		{ "the first name carries, the others repeat",
		  { "f x =dead; f c =xx m600; h a >c m600; h b >a m600",
		    "f x =new" },
		  "R f a =xx m600; h b >a m600; h c >a m600 | K",
		  0 },
		{ "a group that spans layers is whole in the upper one",
		  { "f a =xx; f q =dead", "h b >a m600; f r", "f q =new" },
		  "V | R f a =xx m600; h b >a m600; f r | K",
		  0 },
		{ "even where nothing is dead: engines refuse such a link",
		  { "f a =xx", "h b >a" },
		  "V | R f a =xx; h b >a",
		  0 },
		{ "a name that died leaves the group",
		  { "f a =xx; h b >a; f q =dead", "f .wh.a; f q" },
		  "R0-1 f b =xx; f q",
		  0 },
	};
	testplan_check(rows, ARRAY_LEN(rows));
}

TEST(plan, tiny_rewritten_neighbours_are_folded)
{
	static const struct plan_row rows[] = {
		{ "two",
		  { "f a =1; f b =2", "f a =3; f c =4", "f a =5; f c =6" },
		  "R f b =2 | V | K",
		  0 },
		{ "three into one",
		  { "f a =1; f b =2", "f a =3; f c =4", "f a =5; f d =6",
		    "f a =7" },
		  "R0-2 f b =2; f c =4; f d =6 | K",
		  0 },
		{ "not across a kept layer",
		  { "f a =1; f b =2", "f e", "f a =5; f d =6", "f a =7" },
		  "R f b =2 | K | R f d =6 | K",
		  0 },
		{ "large ones stay apart",
		  { "f a =1; f b #140000", "f a =3; f c #140001", "f a =7" },
		  "R f b #140000 | R f c #140001 | K",
		  0 },
		{ "a tiny one joins a large one",
		  { "f a =1; f b #140000", "f a =3; f c =4", "f a =7" },
		  "R0-1 f b #140000; f c =4 | K",
		  0 },
	};
	testplan_check(rows, ARRAY_LEN(rows));
}

TEST(plan, the_base_is_kept)
{
	static const struct plan_row rows[] = {
		{ "with its dead bytes",
		  { "f a =xx", "f a =yy", "f a =zz; f b =q", "f b =r" },
		  "K | K | R f a =zz | K",
		  2 },
		{ "all layers", { "f a =xx", "f a =yy" }, "K | K", 2 },
	};
	testplan_check(rows, ARRAY_LEN(rows));
}

/* Layers of at most fold_max bytes of tar join a rewritten neighbour. A layer
 * here is 512 bytes a header, 512 a content, 1024 at its end. */
TEST(plan, tiny_kept_layers_join_rewritten_neighbours)
{
	static const struct {
		const char *what;
		const char *layers[6];
		uint32_t n_base;
		uint64_t fold_max;
		const char *plan;
	} rows[] = {
		{ "off",
		  { "f z", "f a =1; f b =2", "f c =3", "f a =4" },
		  1,
		  0,
		  "K | R f b =2 | K | K" },
		{ "both above and a chain of them",
		  { "f z", "f a =1; f b =2", "f c =3", "f a =4" },
		  1,
		  2048,
		  "K | R1-3 f a =4; f b =2; f c =3" },
		{ "below",
		  { "f z", "f y", "f a =1; f b =2", "f a #4096" },
		  1,
		  2048,
		  "K | R1-2 f b =2; f y | K" },
		{ "a byte too large",
		  { "f z", "f a =1; f b =2", "f c =3", "f a =4" },
		  1,
		  2047,
		  "K | R f b =2 | K | K" },
		{ "no rewritten neighbour",
		  { "f z", "f a =1", "f c =3" },
		  1,
		  2048,
		  "K | K | K" },
		{ "a neighbour that vanishes is none",
		  { "f z", "f a =1", "f a =4" },
		  1,
		  2048,
		  "K | V | K" },
		{ "the base stays, tiny as it is",
		  { "f z =1; f y =2", "f a =1; f b =2", "f a =4" },
		  1,
		  1 << 20,
		  "K | R1-2 f a =4; f b =2" },
		{ "two layers never become the only one",
		  { "f a =1; f b =2", "f a =4" },
		  0,
		  1 << 20,
		  "R f b =2 | K" },
		{ "a whiteout for what the base shows stays",
		  { "f z", "f a =1; f b =2", "f .wh.z; f a =3" },
		  1,
		  1 << 20,
		  "K | R1-2 f .wh.z m0 t0; f a =3; f b =2" },
		{ "a link to what is folded is rewritten, too",
		  { "f z", "f a =1; f b =2", "f a =3; f f =x",
		    "f g #140000; h h >f" },
		  1,
		  3072,
		  "K | R1-3 f a =3; f b =2; f f =x; f g #140000; h h >f" },
	};
	unsigned wrong = 0;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(testtree_done) struct testtree t = { 0 };
		scoped(shrink_plan_done) struct plan p = { 0 };
		struct plan_options opt = { .n_base = rows[i].n_base,
					    .fold_max = rows[i].fold_max };
		testplan_make(rows[i].layers, &opt, &t, &p);
		const char *got = testplan_text(&p);
		if (strcmp(got, rows[i].plan) == 0)
			continue;
		print_error("%s:\n  got  \"%s\"\n  want \"%s\"\n", rows[i].what,
			    got, rows[i].plan);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

/* A layer is rewritten when its dead bytes reach both thresholds. */
TEST(plan, min_gain_is_exact)
{
	static const struct {
		uint64_t dead, live, bytes;
		uint32_t ppm;
		bool rewritten;
	} rows[] = {
		{ 100, 900, 0, 0, true },
		{ 1, 999, 0, 0, true },
		{ 0, 1000, 0, 0, false },
		{ 100, 900, 100, 0, true },
		{ 100, 900, 101, 0, false },
		{ 100, 900, 0, 100000, true },
		{ 100, 900, 0, 110000, false },
		{ 99, 901, 0, 100000, false },
		{ 100, 900, 100, 100000, true },
		{ 100, 900, 99, 110000, false },
		{ 100, 900, 101, 90000, false },
		{ 50, 0, 0, 1000000, true },
		{ 19, 976, 0, 20000, true },
		{ 20, 1010, 0, 20000, true },
		{ 5, 995, 0, 5000, true },
		{ 5, 995, 0, 5999, true },
		{ 5, 995, 0, 6000, false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(testtree_done) struct testtree t = { 0 };
		scoped(shrink_plan_done) struct plan p = { 0 };
		struct plan_options opt = { .min_gain_bytes = rows[i].bytes,
					    .min_gain_ppm = rows[i].ppm };
		const char *const layers[] = { testlayer_printf(
						       "f a #%ju; f b #%ju",
						       (uintmax_t)rows[i].dead,
						       (uintmax_t)rows[i].live),
					       "f a", NULL };
		testplan_make(layers, &opt, &t, &p);
		bool rewritten = p.layers[0].fate == LAYER_REWRITTEN;
		if (rewritten != rows[i].rewritten)
			fail_msg("row %zu: rewritten is %d", i, rewritten);
		assert_int_equal(p.changed, rows[i].rewritten);
	}
}

TEST(plan, what_a_plan_tells)
{
	static const char *const layers[] = { "f a =xxxx; f b =yy", "f a =zzz",
					      "f c =q", "f .wh.c", NULL };
	struct plan_options opt = { 0 };
	scoped(testtree_done) struct testtree t = { 0 };
	scoped(shrink_plan_done) struct plan p = { 0 };
	testplan_make(layers, &opt, &t, &p);
	assert_string_equal(testplan_text(&p), "R f b =yy | K | V | V");
	assert_true(p.changed);
	assert_int_equal(p.n_source, 4);
	assert_true(p.keeps_layer[0]);
	assert_true(p.keeps_layer[1]);
	assert_false(p.keeps_layer[2]);
	assert_false(p.keeps_layer[3]);
	assert_int_equal(p.layers[0].stored, 2);
	assert_int_equal(p.layers[1].stored, 3);
	assert_int_equal(p.layers[2].stored, 0);
	assert_int_equal(p.after.stored, 5);
	assert_int_equal(p.after.dead, 0);
	/* Of a range the last layer's history entry makes the layer. */
	static const char *const folded[] = { "f a =1; f b =2",
					      "f a =3; f c =4", "f a =5",
					      NULL };
	scoped(testtree_done) struct testtree u = { 0 };
	scoped(shrink_plan_done) struct plan q = { 0 };
	testplan_make(folded, &opt, &u, &q);
	assert_string_equal(testplan_text(&q), "R0-1 f b =2; f c =4 | K");
	assert_false(q.keeps_layer[0]);
	assert_true(q.keeps_layer[1]);
	assert_true(q.keeps_layer[2]);
}

/* Directories and markers, names without content, files by suffix and path,
 * what is compressed already; a group's content stands where its first name
 * is. */
TEST(plan, by_kind)
{
	static const struct {
		const char *layers[4], *plan;
		uint32_t n_base;
	} rows[] = {
		{ { "f x =dead; d b; f b/z.so.6 =1; f b/a.txt =2; f b/run =3 "
		    "m755; f b/README =4; f b/.rc =5; f c.gz =6; f c.PY =7; "
		    "f c.py =8; f d.py =9; l e.py >c.py; f f.so =0; f g.py; "
		    "f python3.11 =1; f v.1.2 =2; f a. =3; "
		    "f z.abcdefghi =4",
		    "f x =live" },
		  "R d b; l e.py >c.py; f g.py; f a. =3; f b/.rc =5; "
		  "f b/README =4; f python3.11 =1; f v.1.2 =2; f z.abcdefghi "
		  "=4; "
		  "f c.PY =7; f c.py =8; f d.py =9; "
		  "f b/run =3 m755; f b/z.so.6 =1; f f.so =0; f b/a.txt =2; f "
		  "c.gz =6 | "
		  "K",
		  0 },
		{ { "f x =dead; f a/b.c =1; d a; f q.c =2; h a/a.d >q.c",
		    "f x =live" },
		  "R d a; f a/b.c =1; f q.c =2; h a/a.d >q.c | K",
		  0 },
		{ { "d d; f d/old =1; f d/z =2; d o; f o/old =3",
		    "f x =dead; f d/.wh.old; d o; f o/.wh..wh..opq; "
		    "f o/a.b =4; f c =5",
		    "f x =live" },
		  "K | R d d; f d/.wh.old m0 t0; d o; f o/.wh.old m0 t0; "
		  "f c =5; f o/a.b =4 | K",
		  1 },
	};
	unsigned wrong = 0;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(testtree_done) struct testtree t = { 0 };
		scoped(shrink_plan_done) struct plan p = { 0 };
		struct plan_options opt = { .n_base = rows[i].n_base,
					    .order = ORDER_KIND };
		testplan_make(rows[i].layers, &opt, &t, &p);
		const char *got = testplan_text(&p);
		if (strcmp(got, rows[i].plan) == 0)
			continue;
		print_error("got  \"%s\"\nwant \"%s\"\n", got, rows[i].plan);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

TESTS_MAIN(unit(plan, by_kind), unit(plan, what_a_layer_keeps),
	   unit(plan, ancestors_have_their_metadata_at_that_layer),
	   unit(plan, whiteouts_only_for_what_kept_layers_show),
	   unit(plan, hard_link_groups),
	   unit(plan, tiny_rewritten_neighbours_are_folded),
	   unit(plan, tiny_kept_layers_join_rewritten_neighbours),
	   unit(plan, the_base_is_kept), unit(plan, min_gain_is_exact),
	   unit(plan, what_a_plan_tells))

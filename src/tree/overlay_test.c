/* SPDX-License-Identifier: Apache-2.0 */
/* Every name that readdir gives, as "dir /d, file /d/x, ghost /d/y", sorted. */
#include "tree/overlay.h"

#include <stdio.h>
#include <stdlib.h>

#include "tree/testtree.h"
#include "base/test.h" /* last: cmocka defines skip */

enum { NAMES_MAX = 32, NAME_LEN = 64 };

static int compare(const void *a, const void *b)
{
	/* By path, behind the word. */
	return strcmp(strchr(a, '/'), strchr(b, '/'));
}

static const char *shown(const struct tree *t, uint32_t n_layers)
{
	scoped(tree_overlay_done) struct overlay o = { 0 };
	char names[NAMES_MAX][NAME_LEN];
	struct err err = { 0 };
	size_t n = 0;
	assert_ok(tree_overlay_mount(t, n_layers, &o, &err), &err);
	for (uint32_t i = 1; i < tree_n_nodes(t); i++) {
		static const char *const words[] = { "", "", "file ",
						     "ghost " };
		scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
		uint16_t layer;
		enum overlay_what what = tree_overlay_at(&o, i, &layer);
		if (what == OVERLAY_NOTHING)
			continue;
		assert_ok(tree_path(t, i, &path, &err), &err);
		snprintf(names[n++], NAME_LEN, "%s/%.*s%s", words[what],
			 STR_ARG(buf_str(&path)),
			 what == OVERLAY_DIR ? "/" : "");
	}
	qsort(names, n, sizeof *names, compare);
	char text[NAMES_MAX * NAME_LEN] = "";
	for (size_t i = 0; i < n; i++) {
		strcat(text, i ? ", " : "");
		strcat(text, names[i]);
	}
	return testlayer_printf("%s", text);
}

struct row {
	const char *what;
	const char *layers[6];
	const char *shown;
};

static void check_rows(const struct row *rows, size_t n)
{
	unsigned wrong = 0;
	for (size_t i = 0; i < n; i++) {
		scoped(testtree_done) struct testtree t = { 0 };
		testtree_make(rows[i].layers, &t);
		const char *got = shown(t.tree, tree_n_layers(t.tree));
		if (strcmp(got, rows[i].shown) == 0)
			continue;
		print_error("%s:\n  got  \"%s\"\n  want \"%s\"\n", rows[i].what,
			    got, rows[i].shown);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}

TEST(overlay, layers_are_united)
{
	static const struct row rows[] = {
		{ "no layer", { NULL }, "" },
		{ "one layer",
		  { "d d; f d/a; l s >d" },
		  "/d/, file /d/a, file /s" },
		{ "directories of two",
		  { "d d; f d/a", "d d; f d/b" },
		  "/d/, file /d/a, file /d/b" },
		{ "the highest file wins", { "f a =x", "f a =y" }, "file /a" },
		{ "a file over a directory",
		  { "d d; f d/a", "f d" },
		  "file /d" },
		{ "a directory over a file",
		  { "f d", "d d; f d/a" },
		  "/d/, file /d/a" },
		{ "a file between two directories",
		  { "d d; f d/a", "f d", "d d; f d/b" },
		  "/d/, file /d/b" },
		{ "implied directories",
		  { "f d/e/a", "f d/e/b" },
		  "/d/, /d/e/, file /d/e/a, file /d/e/b" },
	};
	check_rows(rows, ARRAY_LEN(rows));
}

TEST(overlay, markers_hide)
{
	static const struct row rows[] = {
		{ "a whiteout of a file",
		  { "d d; f d/a; f d/b", "d d; f d/.wh.a" },
		  "/d/, file /d/b" },
		{ "of a directory, which is made anew above",
		  { "d d; f d/a", "f .wh.d", "d d; f d/b" },
		  "/d/, file /d/b" },
		{ "an opaque directory",
		  { "d d; f d/a", "d d; f d/.wh..wh..opq; f d/b" },
		  "/d/, file /d/b" },
		{ "opaque below, united above",
		  { "d d; f d/a", "d d; f d/.wh..wh..opq; f d/b", "f d/c" },
		  "/d/, file /d/b, file /d/c" },
		{ "a whiteout between two files",
		  { "f a", "f .wh.a", "f a =x" },
		  "file /a" },
		{ "a device 0:0", { "f a; f b", "c a v0:0" }, "file /b" },
		{ "the root is merged, whatever stands in it",
		  { "f .wh.a; f b" },
		  "file /b" },
		{ "nothing cuts the root",
		  { "f a", "f .wh..wh..opq; f b" },
		  "file /a, file /b" },
		{ "a marker goes with its directory",
		  { "d d; f d/a; f d/b",
		    "d d; f d/.wh.a; l d >x; d d; f d/.wh.b" },
		  "/d/, file /d/a" },
		{ "so does an opaque one",
		  { "d d; f d/a", "f d/.wh..wh..opq; f d; f d/b" },
		  "/d/, file /d/a, file /d/b" },
		{ "with what it lies in",
		  { "d d; d d/e; f d/e/a", "f d/e/.wh.a; f d; d d/e" },
		  "/d/, /d/e/, file /d/e/a" },
		{ "and may come again",
		  { "d d; f d/a", "f d/.wh.a; f d; d d; f d/.wh.a" },
		  "/d/" },
		{ "a directory beside its own whiteout is united",
		  { "d d; f d/a", "f .wh.d; d d; f d/b" },
		  "/d/, file /d/a, file /d/b" },
	};
	check_rows(rows, ARRAY_LEN(rows));
}

TEST(overlay, what_is_not_merged_shows_its_whiteouts)
{
	static const struct row rows[] = {
		{ "a directory of one layer",
		  { "f a", "d d; f d/.wh.x" },
		  "file /a, /d/, ghost /d/x" },
		{ "a marker alone implies it",
		  { "f a", "f d/.wh.x" },
		  "file /a, /d/, ghost /d/x" },
		{ "the lower one has been whited out",
		  { "d d; f d/x", "f .wh.d", "d d; f d/.wh.x" },
		  "/d/, ghost /d/x" },
		{ "a file stands between",
		  { "d d; f d/x", "f d", "d d; f d/.wh.x" },
		  "/d/, ghost /d/x" },
		{ "it is opaque itself",
		  { "d d; f d/x", "d d; f d/.wh..wh..opq; f d/.wh.x" },
		  "/d/, ghost /d/x" },
		{ "its parent is opaque",
		  { "d p; d p/d; f p/d/x",
		    "d p; f p/.wh..wh..opq; d p/d; f p/d/.wh.x" },
		  "/p/, /p/d/, ghost /p/d/x" },
		{ "any lower directory merges, even an empty one",
		  { "d d", "d d; f d/.wh.x" },
		  "/d/" },
		{ "and so does any higher one",
		  { "f a", "d d; f d/.wh.x", "f d/y" },
		  "file /a, /d/, file /d/y" },
		{ "what stands above a whiteout is no ghost",
		  { "f a", "d d; f d/.wh.x", "f d/x" },
		  "file /a, /d/, file /d/x" },
		{ "a device 0:0 is a whiteout",
		  { "d d; c d/x v0:0" },
		  "/d/, ghost /d/x" },
		{ "in the lowest layer",
		  { "d d; f d/.wh.x; f d/y" },
		  "/d/, ghost /d/x, file /d/y" },
		{ "an opaque marker alone is not seen",
		  { "f a", "d d; f d/.wh..wh..opq; f d/y" },
		  "file /a, /d/, file /d/y" },
	};
	check_rows(rows, ARRAY_LEN(rows));
}

TEST(overlay, lower_layers_alone)
{
	scoped(testtree_done) struct testtree t = { 0 };
	const char *layers[] = { "f a; d d; f d/.wh.x", "d d; f d/y",
				 "f .wh.d; f .wh.a", NULL };
	testtree_make(layers, &t);
	assert_string_equal(shown(t.tree, 3), "");
	assert_string_equal(shown(t.tree, 2), "file /a, /d/, file /d/y");
	assert_string_equal(shown(t.tree, 1), "file /a, /d/, ghost /d/x");
	assert_string_equal(shown(t.tree, 0), "");
}

TEST(overlay, ghosts_are_noted_by_layer)
{
	scoped(testtree_done) struct testtree t = { 0 };
	const char *layers[] = { "f d/.wh.x; f d/.wh.y; f e/.wh.z", "f a",
				 "f b/.wh.c; f .wh.q", "f e/k", NULL };
	struct err err = { 0 };
	testtree_make(layers, &t);
	assert_ok(tree_overlay_note_ghosts(t.tree, &err), &err);
	assert_string_equal(testtree_notes(t.tree),
			    "0:no-parent x2 e d; 2:no-parent x1 b; "
			    "0:ghost x2 d/x d/y; 2:ghost x1 b/c");
}

TESTS_MAIN(unit(overlay, layers_are_united), unit(overlay, markers_hide),
	   unit(overlay, what_is_not_merged_shows_its_whiteouts),
	   unit(overlay, lower_layers_alone),
	   unit(overlay, ghosts_are_noted_by_layer))

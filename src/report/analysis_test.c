/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "report/report.h"
#include "layer/testsource.h"
#include "base/test.h" /* last: cmocka defines skip */

/* Dead bytes of two kinds, a name that is not UTF-8, an engine case. */
static const struct testspec spec = {
	.layers = { "d d m700; f d/\\xff =old; f gone =12345",
		    "f d/\\xff =newer", "f .wh.gone; f e =newer" },
	.history = "[{\"created_by\":\"/bin/sh -c #(nop) ADD file:a in / \"},"
		   "{\"created_by\":\"ENV\",\"empty_layer\":true},"
		   "{\"created_by\":\"RUN a\\tb\"},{\"created_by\":\"RUN c\"}]",
};

static void with_analysis(int (*print)(const struct analysis *a,
				       struct buf *out, struct err *err),
			  struct buf *out)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(source_close) struct source *s = NULL;
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
	scoped(analyze_done) struct analysis a = { 0 };
	struct load_options load = { .limits = &limits_default, .threads = 1 };
	testsource_oci("img", &spec, 1, false, NULL);
	testsource_open("img", &s);
	assert_ok(tree_load_image(testsource_image(s), &load, &li, &err), &err);
	assert_ok(analyze_image(&li, 1, "as asked for", &a, &err), &err);
	/* As who plans them does. */
	a.wins[0] = (struct win){ .bytes = 8,
				  .more = 8,
				  .command = STR("pare optimize img") };
	a.wins[1] = (struct win){
		.drop = "caches",
		.bytes = 20,
		.more = 12,
		.parts = { { "pip", 10 }, { "apk", 1 }, { "npm", 1 } },
		.n_parts = 3,
		.n_parts_all = 5,
		.command = STR("pare optimize --drop caches img"),
	};
	a.n_wins = 2;
	assert_ok(print(&a, out, &err), &err);
}

static int as_json(const struct analysis *a, struct buf *out, struct err *err)
{
	const struct report_analyses r = { .v = a, .n = 1 };
	return report_analysis_json(&r, NULL, out, err);
}

static int show(const struct analysis *a, struct report_show show,
		struct buf *out, struct err *err)
{
	struct text_style plain = { 0 };
	const struct report_analyses r = { .v = a, .n = 1, .show = show };
	return report_analysis_text(&r, &plain, out, err);
}

static int as_screen(const struct analysis *a, struct buf *out, struct err *err)
{
	return show(a, (struct report_show){ 0 }, out, err);
}

static int as_parts(const struct analysis *a, struct buf *out, struct err *err)
{
	return show(a, (struct report_show){ .parts = SHOW_ALL }, out, err);
}

static int as_two_rows(const struct analysis *a, struct buf *out,
		       struct err *err)
{
	return show(a,
		    (struct report_show){ .parts = SHOW_FILES | SHOW_TREE,
					  .top = 1,
					  .depth = 1 },
		    out, err);
}

static const char as_json_text[] =
	"{\n"
	"  \"schema\": 1,\n"
	"  \"image\": \"img\",\n"
	"  \"platform\": \"linux/amd64\",\n"
	"  \"tree_digest\": "
	"\"sha256:"
	"803f1e6b6f690b239ee8c61039d61e3af5f44edf41937208f201a6e126c91c"
	"13\",\n"
	"  \"efficiency\": 0.5555555555555556,\n"
	"  \"totals\": {\n"
	"    \"stored\": 18,\n"
	"    \"live\": 10,\n"
	"    \"dead\": 8,\n"
	"    \"dead_base\": 8,\n"
	"    \"duplicate\": 5,\n"
	"    \"apparent\": 10,\n"
	"    \"overhead\": 8174,\n"
	"    \"compressed\": null,\n"
	"    \"entries\": 6,\n"
	"    \"files\": 2\n"
	"  },\n"
	"  \"dead\": {\n"
	"    \"overwritten\": 3,\n"
	"    \"removed\": 5,\n"
	"    \"hidden\": 0,\n"
	"    \"replaced\": 0,\n"
	"    \"metadata_only\": 0\n"
	"  },\n"
	"  \"base\": {\n"
	"    \"layers\": 1,\n"
	"    \"reason\": \"as asked for\"\n"
	"  },\n"
	"  \"layers\": [\n"
	"    {\n"
	"      \"index\": 0,\n"
	"      \"digest\": "
	"\"sha256:"
	"98f47bee3c3a8a3eb426dbdf2883dc08f7e815441f6d4a97ffa7af39e9c0a5"
	"cc\",\n"
	"      \"diff_id\": "
	"\"sha256:"
	"98f47bee3c3a8a3eb426dbdf2883dc08f7e815441f6d4a97ffa7af39e9c0a5"
	"cc\",\n"
	"      \"created_by\": \"/bin/sh -c #(nop) ADD file:a in / "
	"\",\n"
	"      \"stored\": 8,\n"
	"      \"dead\": 8,\n"
	"      \"compressed\": null,\n"
	"      \"entries\": 3\n"
	"    },\n"
	"    {\n"
	"      \"index\": 1,\n"
	"      \"digest\": "
	"\"sha256:"
	"fdbacf419a544defcc1249d0c18b8acda8defab3ab11ae362d9e4a01648561"
	"3f\",\n"
	"      \"diff_id\": "
	"\"sha256:"
	"fdbacf419a544defcc1249d0c18b8acda8defab3ab11ae362d9e4a01648561"
	"3f\",\n"
	"      \"created_by\": \"RUN a\\tb\",\n"
	"      \"stored\": 5,\n"
	"      \"dead\": 0,\n"
	"      \"compressed\": null,\n"
	"      \"entries\": 1\n"
	"    },\n"
	"    {\n"
	"      \"index\": 2,\n"
	"      \"digest\": "
	"\"sha256:"
	"0c6e133352f08d390c77e6c52ddaf905c37e15249233840bd8c013bbd79a25"
	"70\",\n"
	"      \"diff_id\": "
	"\"sha256:"
	"0c6e133352f08d390c77e6c52ddaf905c37e15249233840bd8c013bbd79a25"
	"70\",\n"
	"      \"created_by\": \"RUN c\",\n"
	"      \"stored\": 5,\n"
	"      \"dead\": 0,\n"
	"      \"compressed\": null,\n"
	"      \"entries\": 2\n"
	"    }\n"
	"  ],\n"
	"  \"findings\": [\n"
	"    {\n"
	"      \"id\": \"PARE-REMOVED\",\n"
	"      \"severity\": \"warning\",\n"
	"      \"title\": \"files stored here are removed by a later "
	"layer\",\n"
	"      \"bytes\": 5,\n"
	"      \"compressed_bytes\": null,\n"
	"      \"layer\": 0,\n"
	"      \"removed_in\": 2,\n"
	"      \"paths\": [\n"
	"        \"gone\"\n"
	"      ],\n"
	"      \"n_paths\": 1,\n"
	"      \"remedy\": \"remove files in the instruction that "
	"makes them, or keep them out with a cache mount or "
	".dockerignore\"\n"
	"    },\n"
	"    {\n"
	"      \"id\": \"PARE-OVERWRITTEN\",\n"
	"      \"severity\": \"warning\",\n"
	"      \"title\": \"files stored here are overwritten by a "
	"later layer\",\n"
	"      \"bytes\": 3,\n"
	"      \"compressed_bytes\": null,\n"
	"      \"layer\": 0,\n"
	"      \"removed_in\": 1,\n"
	"      \"paths\": [\n"
	"        \"d/\xef\xbf\xbd"
	"\"\n"
	"      ],\n"
	"      \"paths_b64\": [\n"
	"        \"ZC//\"\n"
	"      ],\n"
	"      \"n_paths\": 1,\n"
	"      \"remedy\": \"write each file once: join the two "
	"instructions, or copy the final version only\"\n"
	"    },\n"
	"    {\n"
	"      \"id\": \"PARE-ENGINE\",\n"
	"      \"severity\": \"warning\",\n"
	"      \"title\": \"a directory has no entry in this layer: "
	"docker shows it as 0755 root, containerd as the layer below "
	"has it\",\n"
	"      \"bytes\": 0,\n"
	"      \"compressed_bytes\": null,\n"
	"      \"layer\": 1,\n"
	"      \"removed_in\": null,\n"
	"      \"paths\": [\n"
	"        \"d\"\n"
	"      ],\n"
	"      \"n_paths\": 1,\n"
	"      \"remedy\": \"give the layer an entry for every parent; "
	"optimize does\"\n"
	"    }\n"
	"  ],\n"
	"  \"wins\": [\n"
	"    {\n"
	"      \"command\": \"pare optimize img\",\n"
	"      \"bytes\": 8,\n"
	"      \"more\": 8,\n"
	"      \"compressed\": null,\n"
	"      \"rules\": []\n"
	"    },\n"
	"    {\n"
	"      \"command\": \"pare optimize --drop caches img\",\n"
	"      \"bytes\": 20,\n"
	"      \"more\": 12,\n"
	"      \"compressed\": null,\n"
	"      \"rules\": [\n"
	"        {\n"
	"          \"rule\": \"pip\",\n"
	"          \"bytes\": 10\n"
	"        },\n"
	"        {\n"
	"          \"rule\": \"apk\",\n"
	"          \"bytes\": 1\n"
	"        },\n"
	"        {\n"
	"          \"rule\": \"npm\",\n"
	"          \"bytes\": 1\n"
	"        }\n"
	"      ]\n"
	"    }\n"
	"  ],\n"
	"  \"directories\": [\n"
	"    {\n"
	"      \"path\": \"d\",\n"
	"      \"bytes\": 5,\n"
	"      \"files\": 1\n"
	"    }\n"
	"  ],\n"
	"  \"files\": [\n"
	"    {\n"
	"      \"path\": \"d/\xef\xbf\xbd\",\n"
	"      \"path_b64\": \"ZC//\",\n"
	"      \"bytes\": 5,\n"
	"      \"layer\": 1\n"
	"    },\n"
	"    {\n"
	"      \"path\": \"e\",\n"
	"      \"bytes\": 5,\n"
	"      \"layer\": 2\n"
	"    }\n"
	"  ],\n"
	"  \"costliest\": [\n"
	"    {\n"
	"      \"path\": \"gone\",\n"
	"      \"bytes\": 5,\n"
	"      \"compressed_bytes\": null,\n"
	"      \"layer\": 0,\n"
	"      \"removed_in\": 2,\n"
	"      \"kind\": \"removed\"\n"
	"    },\n"
	"    {\n"
	"      \"path\": \"d/\xef\xbf\xbd"
	"\",\n"
	"      \"path_b64\": \"ZC//\",\n"
	"      \"bytes\": 3,\n"
	"      \"compressed_bytes\": null,\n"
	"      \"layer\": 0,\n"
	"      \"removed_in\": 1,\n"
	"      \"kind\": \"overwritten\"\n"
	"    }\n"
	"  ]\n"
	"}";

TEST(analysis, json)
{
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	with_analysis(as_json, &out);
	assert_string_equal(buf_cstr(&out), as_json_text);
}

TEST(analysis, parts)
{
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	with_analysis(as_parts, &out);
	assert_string_equal(
		buf_cstr(&out),
		"img  linux/amd64\n"
		"\n"
		"tree "
		"sha256:"
		"803f1e6b6f690b239ee8c61039d61e3af5f44edf41937208f201a6e126c91c"
		"13\n"
		"\n"
		"  stored                18 B  6 entries in 3 layers\n"
		"  live                  10 B  55.6 % of stored, 2 files\n"
		"  dead                   8 B  8 B in the base (1 layer: as "
		"asked for)\n"
		"    overwritten          3 B\n"
		"    removed              5 B\n"
		"  duplicate              5 B  equal files that are live\n"
		"\n"
		"LAYER     STORED       DEAD  INSTRUCTION\n"
		"    1        8 B        8 B  ADD file:a in /\n"
		"    2        5 B          -  RUN a b\n"
		"    3        5 B          -  RUN c\n"
		"\n"
		"      LIVE  LAYER  FILE\n"
		"       5 B      2  /d/\\xff\n"
		"       5 B      3  /e\n"
		"\n"
		"      LIVE   FILES  DIRECTORY\n"
		"      10 B       2  /\n"
		"       5 B       1  /d\n"
		"\n"
		"DEAD BYTES  LAYER   BY  KIND          PATH\n"
		"       5 B      1    3  removed       /gone\n"
		"       3 B      1    2  overwritten   /d/\\xff\n"
		"\n"
		"FINDINGS\n"
		"  PARE-REMOVED  layer 1, by layer 3  5 B: files stored here "
		"are removed by a later layer\n"
		"      /gone\n"
		"      -> remove files in the instruction that makes them, or "
		"keep them out with a cache mount or .dockerignore\n"
		"  PARE-OVERWRITTEN  layer 1, by layer 2  3 B: files stored "
		"here are overwritten by a later layer\n"
		"      /d/\\xff\n"
		"      -> write each file once: join the two instructions, or "
		"copy the final version only\n"
		"  PARE-ENGINE  layer 2: a directory has no entry in this "
		"layer: docker shows it as 0755 root, containerd as the layer "
		"below has it\n"
		"      /d\n"
		"      -> give the layer an entry for every parent; optimize "
		"does\n");
}

TEST(analysis, screen)
{
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	with_analysis(as_screen, &out);
	assert_string_equal(
		buf_cstr(&out),
		"img  linux/amd64\n"
		"18 B stored in 3 layers; 2 files\n"
		"111.1 % of it can go: 8 B of dead bytes, 12 B "
		"more with the caches.\n"
		"       WINS  BY\n"
		"        8 B  pare optimize img\n"
		"      +12 B  pare optimize --drop caches img\n"
		"             # pip 10 B, apk 1 B, npm 1 B, 2 more\n"
		"     STORED       DEAD  INSTRUCTION\n"
		"        8 B        8 B  (base image, 1 layer)\n"
		"        5 B          -  RUN a b\n"
		"        5 B          -  RUN c\n"
		"       LIVE  DIRECTORY\n"
		"        5 B  /d\n"
		"       LIVE  FILE\n"
		"        5 B  /d/\\xff\n"
		"        5 B  /e\n"
		"3 warnings: PARE-REMOVED, PARE-OVERWRITTEN, PARE-ENGINE; "
		"--show all tells everything\n");
}

TEST(analysis, rows_and_depth)
{
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	with_analysis(as_two_rows, &out);
	assert_string_equal(buf_cstr(&out), "img  linux/amd64\n"
					    "\n"
					    "      LIVE  LAYER  FILE\n"
					    "       5 B      2  /d/\\xff\n"
					    "\n"
					    "      LIVE   FILES  DIRECTORY\n"
					    "      10 B       2  /\n");
}

TESTS_MAIN(unit(analysis, json), unit(analysis, parts), unit(analysis, screen),
	   unit(analysis, rows_and_depth))

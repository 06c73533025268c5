/* SPDX-License-Identifier: Apache-2.0 */
#include "report/analysis_page.h"

#include "layer/testsource.h"
#include "base/test.h" /* last: cmocka defines skip */

TEST(analysis_page, rows)
{
	struct report_show show = { 0 };
	struct page p = { .show = &show };
	assert_int_equal(report_page_top(&p, 7), 7);
	show.top = 5;
	assert_int_equal(report_page_top(&p, 7), 5);
	assert_int_equal(report_page_top(&p, 3), 3);
}

TEST(analysis_page, escapes_for_a_colour_terminal_alone)
{
	struct text_style style = { 0 };
	struct page p = { .style = &style };
	assert_string_equal(report_page_bold(&p), "");
	assert_string_equal(report_page_plain(&p), "");
	style.color = true;
	assert_string_equal(report_page_bold(&p), "\033[1m");
	assert_string_equal(report_page_plain(&p), "\033[0m");
}

/* Of the second and the third layer the history does not tell one. */
TEST(analysis_page, instructions_and_paths)
{
	IN_NEW_PLACE;
	static const struct testspec spec = {
		.layers = { "f a/\\x1b =1", "f b =2", "f c =3" },
		.history = "[{\"created_by\":\"RUN one\"},"
			   "{\"created_by\":\"\"},{}]",
	};
	struct err err = { 0 };
	scoped(source_close) struct source *s = NULL;
	scoped(tree_loaded_image_done) struct loaded_image li = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 10);
	struct load_options load = { .limits = &limits_default, .threads = 1 };
	testsource_oci("img", &spec, 1, false, NULL);
	testsource_open("img", &s);
	assert_ok(tree_load_image(testsource_image(s), &load, &li, &err), &err);
	struct analysis a = { .loaded = &li };
	struct page p = { .a = &a, .t = li.tree };
	for (uint32_t i = 0; i < 3; i++)
		assert_ok(report_page_instruction(&p, i, &out, &err), &err);
	assert_ok(report_page_path(&p, tree_find(li.tree, STR("a/\x1b")), &out,
				   &err),
		  &err);
	assert_string_equal(buf_cstr(&out),
			    "RUN one(layer 2, without an instruction)"
			    "(layer 3, without an instruction)/a/\\x1b");
}

TESTS_MAIN(unit(analysis_page, rows),
	   unit(analysis_page, escapes_for_a_colour_terminal_alone),
	   unit(analysis_page, instructions_and_paths))

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/history.h"

#include "layer/testsource.h"
#include "report/testreport.h"
#include "base/test.h" /* last: cmocka defines skip */

/* Dead bytes, an entry without a layer, what a terminal would obey. */
static const struct testspec in_step = {
	.layers = { "f a =12345; f b #2000", "f a =1" },
	.history = "[{\"created\":\"2024-05-01T10:00:00Z\","
		   "\"created_by\":\"/bin/sh -c #(nop) ADD file:a in / \"},"
		   "{\"created_by\":\"ENV A=1\",\"empty_layer\":true},"
		   "{\"created_by\":\"RUN a\\tb \\u001b[2J\","
		   "\"comment\":\"buildkit\"}]",
};
/* Three entries that say they have layers, two layers. */
static const struct testspec out_of_step = {
	.layers = { "f a =1", "f b =22" },
	.history = "[{\"created_by\":\"A\"},{\"created_by\":\"B\"},"
		   "{\"created_by\":\"C\"}]",
};

struct loaded {
	struct source *s;
	struct loaded_image li;
};

static void loaded_done(struct loaded *l)
{
	tree_loaded_image_done(&l->li);
	source_close(&l->s);
}

static void load(const struct testspec *spec, struct loaded *l)
{
	struct err err = { 0 };
	struct load_options opt = { .limits = &limits_default, .threads = 1 };
	testsource_oci("img", spec, 1, false, NULL);
	testsource_open("img", &l->s);
	assert_ok(tree_load_image(testsource_image(l->s), &opt, &l->li, &err),
		  &err);
}

TEST(history, newest_first_beside_its_layer)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(loaded_done) struct loaded l = { 0 };
	scoped(report_history_rows_done) struct history_rows h = { 0 };
	load(&in_step, &l);
	assert_ok(report_history_rows(&l.li, &h, &err), &err);
	assert_true(h.in_step);
	assert_int_equal(h.n, 3);
	assert_int_equal(h.v[0].layer, 1);
	assert_int_equal(h.v[0].stored, 1);
	assert_false(h.v[1].has_layer);
	assert_true(h.v[1].known);
	assert_int_equal(h.v[2].stored, 2005);
	assert_int_equal(h.v[2].dead, 5);
}

/* Nobody knows which entry made which layer: none is guessed. */
TEST(history, out_of_step_layers_stand_for_themselves)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(loaded_done) struct loaded l = { 0 };
	scoped(report_history_rows_done) struct history_rows h = { 0 };
	load(&out_of_step, &l);
	assert_ok(report_history_rows(&l.li, &h, &err), &err);
	assert_false(h.in_step);
	assert_int_equal(h.n, 5);
	for (size_t i = 0; i < 3; i++) {
		assert_non_null(h.v[i].entry);
		assert_false(h.v[i].has_layer || h.v[i].known);
	}
	for (size_t i = 3; i < 5; i++) {
		assert_null(h.v[i].entry);
		assert_true(h.v[i].has_layer && h.v[i].known);
	}
}

static void expect(const char *name, const struct testspec *spec, bool raw)
{
	IN_NEW_PLACE;
	scoped(loaded_done) struct loaded l = { 0 };
	const struct text_style style = { .width = 80 };
	const struct report_format *f;
	load(spec, &l);
	const struct report_history r = {
		.v = &l.li,
		.n = 1,
		.human = !raw,
		.no_trunc = raw,
	};
	for (size_t i = 0; (f = report_format_at(REPORT_HISTORY, i)); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
		assert_ok(f->history(&r, &style, &out, &err), &err);
		testreport_expect(REPORT_FIXTURES, name, f->name, &out);
	}
}

TEST(history, every_format)
{
	expect("history", &in_step, false);
	expect("history-raw", &in_step, true);
	expect("history-out-of-step", &out_of_step, false);
}

TESTS_MAIN(unit(history, newest_first_beside_its_layer),
	   unit(history, out_of_step_layers_stand_for_themselves),
	   unit(history, every_format))

/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/diff.h"

#include "analyze/testload.h"
#include "base/test.h" /* last: cmocka defines skip */

static int tell_file(void *self, const struct file_change *f, struct err *err)
{
	if (buf_addf(self, err, "%.*s %s", STR_ARG(f->path),
		     analyze_change_name[f->change]) < 0)
		return -1;
	for (unsigned k = 0; k < FIELDS; k++)
		if (f->fields >> k & 1 &&
		    buf_addf(self, err, " %s", tree_field_name[k]) < 0)
			return -1;
	return buf_byte(self, ';', err);
}

static int tell_config(void *self, struct str key, struct str a, struct str b,
		       struct err *err)
{
	return buf_addf(self, err, "%.*s %.*s>%.*s;", STR_ARG(key), STR_ARG(a),
			STR_ARG(b));
}

/* Fields of one path are one line; the config comes behind the files. */
TEST(diff, a_line_a_path)
{
	static const struct testspec a = {
		.layers = { "f a =x; f b =x; f c =x; f d =x" },
		.config = "\"config\":{\"User\":\"u\",\"Cmd\":[\"x\"]}",
	};
	static const struct testspec b = {
		.layers = { "f a =x; f b =y m600; f d =x o1:0; f e =x" },
		.config = "\"config\":{\"Cmd\":[\"y\"]}",
	};
	IN_NEW_PLACE;
	struct testload x, y;
	struct diff_counts n;
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	struct diff_sink sink = { tell_file, tell_config, &out };
	testload_image(&x, "a.tar", &a);
	testload_image(&y, "b.tar", &b);
	assert_ok(analyze_diff(&x.image, &y.image, &sink, &n, &err), &err);
	assert_string_equal(buf_cstr(&out),
			    "b changed mode content;c removed;"
			    "d changed uid;e added;"
			    "config.Cmd [\"x\"]>[\"y\"];config.User \"u\">;");
	assert_int_equal(n.files[CHANGE_ADDED], 1);
	assert_int_equal(n.files[CHANGE_REMOVED], 1);
	assert_int_equal(n.files[CHANGE_CHANGED], 2);
	assert_int_equal(n.config, 2);
	testload_done(&x);
	testload_done(&y);
}

TEST(diff, nothing)
{
	static const struct testspec a = { .layers = { "f a =x", "f b =y" } };
	static const struct testspec b = { .layers = { "f a =x; f b =y" } };
	IN_NEW_PLACE;
	struct testload x, y;
	struct diff_counts n;
	struct err err = { 0 };
	struct diff_sink sink = { NULL, NULL, NULL };
	testload_image(&x, "a.tar", &a);
	testload_image(&y, "b.tar", &b);
	assert_ok(analyze_diff(&x.image, &y.image, &sink, &n, &err), &err);
	assert_int_equal(n.files[CHANGE_CHANGED] + n.config, 0);
	testload_done(&x);
	testload_done(&y);
}

TESTS_MAIN(unit(diff, a_line_a_path), unit(diff, nothing))

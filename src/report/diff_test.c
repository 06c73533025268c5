/* SPDX-License-Identifier: Apache-2.0 */
#include "report/diff.h"

#include "layer/testsource.h"
#include "report/testreport.h"
#include "work/testwork.h"
#include "base/test.h" /* last: cmocka defines skip */

/* A name that is not UTF-8, one of each change, a touched file, a config. */
static const struct testspec old = {
	.layers = { "f base #900", "f a =1; f gone =123; f same =5 t1; "
				   "f \\xff\\x0a =7" },
	.config = "\"config\":{\"User\":\"a\"}",
};
static const struct testspec new = {
	.layers = { "f base #900",
		    "f a =22 m600; f new =1; f same =5 t2; l \\xff\\x0a >a" },
	.config = "\"config\":{\"User\":\"b\"}",
};

static void expect(const char *name, const char *from, const char *to,
		   bool transfer)
{
	struct err err = { 0 };
	scoped(testwork_done) struct testwork t;
	scoped(work_diff_done) struct work_diff d = { 0 };
	const struct work_diff_options opt = {
		.from = from, .to = to, .transfer = transfer, .packages = true
	};
	const struct report_diff r = { &d, transfer };
	const struct text_style style = { .width = 80 };
	const struct report_format *f;
	testwork_open(&t, NULL);
	assert_ok(work_diff_run(&t.s, &opt, &d, &err), &err);
	for (size_t i = 0; (f = report_format_at(REPORT_DIFF, i)); i++) {
		scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
		assert_ok(f->diff(&r, &style, &out, &err), &err);
		testreport_expect(REPORT_FIXTURES, name, f->name, &out);
	}
}

TEST(diff, what_changed)
{
	IN_NEW_PLACE;
	testsource_oci("old", &old, 1, false, "1");
	testsource_oci("new", &new, 1, false, "1");
	expect("diff", "oci:old:1", "oci:new:1", false);
	expect("diff-transfer", "oci:old:1", "oci:new:1", true);
	expect("diff-same", "oci:old:1", "oci:old:1", false);
}

/* Those that one image alone has come first, in the order of the images. */
TEST(diff, several_platforms)
{
	IN_NEW_PLACE;
	const struct testspec a[] = {
		{ .layers = { "f a =1" } },
		{ .layers = { "f a =22" }, .platform = "linux/arm64/v8" },
	};
	const struct testspec b[] = {
		{ .layers = { "f a =1" }, .platform = "linux/s390x" },
		{ .layers = { "f a =33" }, .platform = "linux/arm64/v8" },
	};
	testsource_oci("a", a, 2, true, "1");
	testsource_oci("b", b, 2, true, "1");
	expect("diff-platforms", "oci:a:1", "oci:b:1", false);
}

TESTS_MAIN(unit(diff, what_changed), unit(diff, several_platforms))

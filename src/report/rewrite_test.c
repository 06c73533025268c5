/* SPDX-License-Identifier: Apache-2.0 */
#include "layer/testsource.h"
#include "report/report.h"
#include "report/testreport.h"
#include "work/optimize.h"
#include "base/test.h" /* last: cmocka defines skip */

/* A base, dead bytes, a layer of which nothing is live, a cache of pip. */
static const struct testspec spec = {
	.layers = { "f base #900; f over =old",
		    "f over =new; f dead #500000; f \\xff\\x0a =7",
		    "f .wh.dead; d root; d root/.cache; d root/.cache/pip; "
		    "f root/.cache/pip/x #3000",
		    "f tmp =1", "f .wh.tmp" },
};

static void expect(const char *name, uint64_t drop)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(source_close) struct source *s = NULL;
	scoped(work_optimized_done) struct work_optimized done = { 0 };
	const struct text_style style = { .width = 100 };
	const struct report_format *f;
	testsource_oci("img", &spec, 1, false, NULL);
	testsource_open("img", &s);
	struct work_optimize job = {
		.source = s,
		.how = { .load = { .limits = &limits_default, .threads = 1 } },
		.base = { .mode = BASE_LAYERS, .n_layers = 1 },
		.drop = drop,
	};
	assert_ok(work_optimize_run(&job, &done, &err), &err);
	const struct report_rewrite r = {
		.result = &done.result,
		.command = "optimize",
		.source = STR("img"),
		.drops = done.dropped,
	};
	for (size_t i = 0; (f = report_format_at(REPORT_REWRITE, i)); i++) {
		scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
		assert_ok(f->rewrite(&r, &style, &out, &err), &err);
		testreport_expect(REPORT_FIXTURES, name, f->name, &out);
	}
	if (!drop)
		return;
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	assert_ok(report_removed_list(done.result.images[0].loaded.tree,
				      &done.dropped[0], &out, &err),
		  &err);
	assert_string_equal(buf_cstr(&out),
			    "3000\tpip\t-\t/root/.cache/pip/x\n");
}

TEST(rewrite, without_a_trace)
{
	expect("optimize", 0);
}

TEST(rewrite, what_rules_took_is_listed)
{
	struct err err = { 0 };
	uint64_t rules = 0;
	assert_ok(analyze_select_drop(STR("pip"), &rules, &err), &err);
	expect("optimize-drop", rules);
}

TESTS_MAIN(unit(rewrite, without_a_trace),
	   unit(rewrite, what_rules_took_is_listed))

/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "json/json.h"
#include "report/findings.h"
#include "report/report.h"
#include "report/testreport.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct lint_rule on = {
	.id = "DL3006",
	.alias = "Untagged",
	.severity = SEV_WARN,
	.summary = "an image without a tag",
};
static const struct lint_rule off = {
	.id = "PARE0101",
	.severity = SEV_ERROR,
	.off = true,
	.summary = "a waste of \"bytes\" that takes more than one line to tell",
};
static const struct lint_rule *const rules[] = { &on, &off };

/* fix is null: no code makes one. */
TEST(rules, every_format)
{
	const struct lint_table table = { rules, ARRAY_LEN(rules) };
	const struct text_style style = { .width = 80 };
	const struct report_format *f;
	for (size_t i = 0; (f = report_format_at(REPORT_RULES, i)); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
		assert_ok(f->rules(&table, &style, &out, &err), &err);
		testreport_expect(REPORT_FIXTURES, "rules", f->name, &out);
	}
}

/* A tool that is added to the catalogue is listed without a word here. */
TEST(rules, of_what_can_be_dropped)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf json = BUF_INIT(1 << 20);
	const struct text_style style = { 0 };
	const struct catalog_drop *d;
	struct catalog_at at = { 0 };
	assert_ok(report_drop_list_text(&style, &text, &err), &err);
	assert_ok(report_drop_list_json(&style, &json, &err), &err);
	assert_non_null(buf_cstr(&text));
	assert_non_null(buf_cstr(&json));
	while ((d = catalog_next_drop(&at))) {
		char want[200];
		snprintf(want, sizeof want, "\n%s ", d->name);
		assert_non_null(strstr(text.p, want));
		snprintf(want, sizeof want, "\"rule\": \"%s\",", d->name);
		assert_non_null(strstr(json.p, want));
		assert_non_null(strstr(text.p, d->breaks));
	}
}

TESTS_MAIN(unit(rules, every_format), unit(rules, of_what_can_be_dropped))

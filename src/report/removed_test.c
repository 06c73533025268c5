/* SPDX-License-Identifier: Apache-2.0 */
#include "report/removed.h"

#include <stdio.h>

#include "catalog/database.h"
#include "base/test.h"

/* The row of the first rule, and of the first database, whatever they are. */
static const struct catalog_drop *first_rule(void)
{
	struct catalog_at at = { 0 };
	return catalog_next_drop(&at);
}

static void expect(const struct dropping *d, const char *want)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	assert_ok(report_removed_text(d, &out, &err), &err);
	assert_string_equal(out.n ? buf_cstr(&out) : "", want);
}

TEST(removed, nothing_is_not_told)
{
	const struct dropping none = { 0 };
	expect(&none, "");
}

TEST(removed, sums_by_rule)
{
	struct dropping d = { .n = 1 };
	char want[200];
	d.by_rule[0].names = 26732;
	d.by_rule[0].bytes = 1500000;
	snprintf(want, sizeof want, "gone   %-16s    26,732 names     1.5 MB\n",
		 first_rule()->name);
	expect(&d, want);
}

/* Hiding what the base stores would save nothing; what a package manager will
 * miss, or may, is said. */
TEST(removed, what_stays_and_what_is_missed)
{
	const struct catalog_database *b = catalog_database_at(0);
	struct dropping d = { .n = 1 };
	char want[600];
	d.base.names = 1;
	d.base.bytes = 900;
	d.n_missed[0] = 2;
	snprintf(want, sizeof want,
		 "       1 name with 900 B stays in the kept base: hiding it "
		 "saves nothing;\n       --base none would drop it\n"
		 "       %s will miss 2 of them (--removed names the "
		 "packages)\n",
		 b->check);
	expect(&d, want);
	d.n_missed[0] = 0;
	d.unread[0] = true;
	d.base.names = 0;
	snprintf(want, sizeof want,
		 "       %s will miss those that are a package's: its database "
		 "is not read\n",
		 b->check);
	expect(&d, want);
}

/* A count that is not known is null, not 0. */
TEST(removed, json_says_what_is_not_known)
{
	struct dropping d = { 0 };
	struct err err = { 0 };
	struct json_out o;
	char want[100];
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	d.unread[0] = true;
	d.base.bytes = 7;
	json_out_begin(&o, &out, false);
	json_open_object(&o);
	assert_ok(report_removed_json(&o, NULL, &d, &err), &err);
	json_close_object(&o);
	assert_ok(json_out_finish(&o, &err), &err);
	assert_non_null(strstr(buf_cstr(&out),
			       "\"removed\":[],\"kept_in_base\":{\"names\":0,"
			       "\"bytes\":7},\"missed_by\":{"));
	snprintf(want, sizeof want, "\"%s\":null",
		 catalog_database_at(0)->name);
	assert_non_null(strstr(out.p, want));
}

TESTS_MAIN(unit(removed, nothing_is_not_told), unit(removed, sums_by_rule),
	   unit(removed, what_stays_and_what_is_missed),
	   unit(removed, json_says_what_is_not_known))

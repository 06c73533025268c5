/* SPDX-License-Identifier: Apache-2.0 */
#include "report/findings_source.h"

#include <stdio.h>

#include "base/test.h"

/* One finding of the line given, in its bytes [a, b) from 0. */
static void expect_source(const char *line, uint32_t a, uint32_t b,
			  const char *want)
{
	static const uint32_t lines[] = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	struct err err = { 0 };
	struct finding f = { .from = { 1, a + 1 }, .to = { 1, b + 1 } };
	struct finding_list r = { .text = str_of(line),
				  .lines = lines,
				  .n_lines = 1 };
	assert_ok(report_add_source(&r, &f, "", &out, &err), &err);
	assert_string_equal(buf_cstr(&out), want);
}

TEST(source, carets_stand_below)
{
	expect_source("RUN x\n", 4, 5,
		      "  1 | RUN x\n"
		      "    |     ^\n");
	expect_source("\tRUN\tx", 5, 6,
		      "  1 |         RUN     x\n"
		      "    |                 ^\n");
	expect_source("\x1b[2J x", 5, 6,
		      "  1 | \\x1b[2J x\n"
		      "    |         ^\n");
	expect_source("\xe6\x97\xa5\xe6\x9c\xac x", 0, 6,
		      "  1 | \xe6\x97\xa5\xe6\x9c\xac x\n"
		      "    | ^^^^\n");
	/* Past the end, and an empty line. */
	expect_source("RUN x", 5, 5,
		      "  1 | RUN x\n"
		      "    |      ^\n");
	expect_source("", 0, 0,
		      "  1 |\n"
		      "    | ^\n");
}

TEST(source, long_lines_are_cut)
{
	char line[402];
	memset(line, 'a', sizeof line - 1);
	line[sizeof line - 1] = 0;
	memcpy(line + 200, "HERE", 4);
	char want[1024], left[41], right[117], blank[44];
	snprintf(left, sizeof left, "%.40s", line);
	snprintf(right, sizeof right, "%.116s", line);
	memset(blank, ' ', sizeof blank);
	snprintf(want, sizeof want, "  1 | ...%sHERE%s...\n    | %.43s^^^^\n",
		 left, right, blank);
	expect_source(line, 200, 204, want);
}

TEST(source, many_lines_are_cut)
{
	static const uint32_t lines[] = { 0, 2, 4, 6, 8, 10, 12, 14 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	struct err err = { 0 };
	struct finding f = { .from = { 1, 1 }, .to = { 8, 1 } };
	struct finding_list r = { .text = STR("a\nb\nc\nd\ne\nf\ng\n"),
				  .lines = lines,
				  .n_lines = 8 };
	assert_ok(report_add_source(&r, &f, "", &out, &err), &err);
	assert_string_equal(buf_cstr(&out), "  1 | a\n    | ^\n"
					    "  2 | b\n    | ^\n"
					    "  3 | c\n    | ^\n"
					    "    | ...\n"
					    "  7 | g\n    | ^\n");
}

TESTS_MAIN(unit(source, carets_stand_below), unit(source, long_lines_are_cut),
	   unit(source, many_lines_are_cut))

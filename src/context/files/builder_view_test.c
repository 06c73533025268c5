/* SPDX-License-Identifier: Apache-2.0 */
#include "context/files/builder_view.h"

#include "base/test.h"
#include "context/testdir.h"

/* How many files are sent below each directory, and what the builder sees. */
TEST(builder_view, sent_and_present)
{
	static const struct {
		const char *path;
		uint32_t sent;
		bool present;
	} rows[] = {
		{ "a", 2, true },	  { "a/x", 1, true },
		{ "a/b", 1, true },	  { "a/b/y", 1, true },
		{ "out", 0, false },	  { "out/z", 0, false },
		{ "some", 1, true }, /* excluded, but for what is below */
		{ "some/keep", 1, true }, { "some/rest", 0, false },
		{ "empty", 0, true },	  { "s", 0, false },
	};
	struct testdir d;
	struct context c;
	testdir_make(&d, "a/x 1\na/b/y 1\nout/z 1\nsome/keep 1\nsome/rest 1\n"
			 "empty/\ns @");
	testdir_context(&d, NULL, "out\nsome\n!some/keep\n", &c);
	assert_int_equal(c.view.sent[CONTEXT_ROOT], 3);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		uint32_t e = testdir_entry(&c.tree, rows[i].path);
		if (c.view.sent[e] != rows[i].sent ||
		    c.view.present[e] != rows[i].present)
			fail_msg("%s: %u %d", rows[i].path, c.view.sent[e],
				 c.view.present[e]);
	}
	context_done(&c);
	testdir_remove(&d);
}

TESTS_MAIN(unit(builder_view, sent_and_present))

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/fingerprint.h"

#include "base/test.h"

/* Only what is equal in rule and hash is counted together, in list order. */
TEST(fingerprint, equal_ones_are_numbered)
{
	(void)state;
	struct finding f[] = { { .id = "B" },
			       { .id = "A" },
			       { .id = "B" },
			       { .id = "B" },
			       { .id = "A" } };
	struct finding_fingerprint v[] = {
		{ "x", 0 }, { "x", 0 }, { "y", 0 }, { "x", 0 }, { "x", 0 }
	};
	static const uint32_t want[] = { 1, 1, 1, 2, 2 };
	const struct finding_list list = { .findings = f, .n = ARRAY_LEN(f) };
	scoped(arena_done) struct arena a = { 0 };
	struct err err = { 0 };
	assert_ok(finding_number(&list, &a, v, &err), &err);
	for (size_t i = 0; i < ARRAY_LEN(want); i++)
		assert_int_equal(v[i].nth, want[i]);
}

TEST(fingerprint, none_at_all)
{
	(void)state;
	scoped(arena_done) struct arena a = { 0 };
	struct err err = { 0 };
	assert_ok(finding_number(&(struct finding_list){ 0 }, &a, NULL, &err),
		  &err);
}

TESTS_MAIN(unit(fingerprint, equal_ones_are_numbered),
	   unit(fingerprint, none_at_all))

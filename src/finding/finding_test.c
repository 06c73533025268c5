/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/finding.h"

#include "base/test.h"

TEST(finding, says_nothing_that_is_not_there)
{
	(void)state;
	const struct finding f = { .id = "DL3006" };
	assert_null(finding_fix_name(&f));
	assert_null(finding_bytes_name(&f));
	assert_null(finding_alias(&f));
}

TEST(finding, a_fix_and_bytes_go_by_their_names)
{
	(void)state;
	const struct finding_fix safe = { .safety = FIX_SAFE };
	const struct finding_fix unsafe = { .safety = FIX_UNSAFE };
	struct finding f = { .fix = &safe, .bytes_source = BYTES_ESTIMATE };
	assert_string_equal(finding_fix_name(&f), "safe");
	assert_string_equal(finding_bytes_name(&f), "estimate");
	f.fix = &unsafe;
	f.bytes_source = BYTES_MEASURED;
	assert_string_equal(finding_fix_name(&f), "unsafe");
	assert_string_equal(finding_bytes_name(&f), "measured");
}

TEST(finding, an_alias_that_does_not_mean_it_is_left_out)
{
	(void)state;
	struct finding f = { .id = "DL3000", .alias = "WorkdirRelativePath" };
	assert_string_equal(finding_alias(&f), "WorkdirRelativePath");
	f.sole = true;
	assert_null(finding_alias(&f));
}

TESTS_MAIN(unit(finding, says_nothing_that_is_not_there),
	   unit(finding, a_fix_and_bytes_go_by_their_names),
	   unit(finding, an_alias_that_does_not_mean_it_is_left_out))

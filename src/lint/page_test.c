/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/pages.h"

#include "lint/table.h"
#include "base/test.h"

static void lacks(struct str page, const char *what)
{
	if (strstr(page.p, what))
		fail_msg("%s in: %.*s", what, (int)MIN(page.n, (size_t)60),
			 page.p);
}

/* Pages are read far from docs/: nothing in them leads there. */
TEST(page, every_rule_has_one_that_stands_alone)
{
	for (size_t i = 0; i < lint_all_rules.n; i++) {
		const char *id = lint_all_rules.v[i]->id;
		struct str page = lint_page(str_of(id));
		if (page.n == 0)
			fail_msg("%s has no page", id);
		if (strncmp(page.p + 2, id, strlen(id)) != 0)
			fail_msg("%s: %.*s", id, (int)MIN(page.n, (size_t)60),
				 page.p);
		lacks(page, "<!--");
		lacks(page, "](../");
		lacks(page, ".md)");
		lacks(page, "docs/");
		lacks(page, "```dockerfile bad");
	}
}

TEST(page, by_any_name_and_in_any_case)
{
	struct str a = lint_page(STR("DL3000"));
	assert_true(a.n > 0);
	assert_ptr_equal(lint_page(STR("dl3000")).p, a.p);
	assert_ptr_equal(lint_page(STR("WorkdirRelativePath")).p, a.p);
	assert_int_equal(lint_page(STR("DL3")).n, 0);
	assert_int_equal(lint_page(STR("")).n, 0);
}

TESTS_MAIN(unit(page, every_rule_has_one_that_stands_alone),
	   unit(page, by_any_name_and_in_any_case))

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/config/bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/test.h"
#include "lint/rules/cache/cache.h"

/* "1,234,567" */
static void with_commas(uint64_t v, char out[32])
{
	char digits[24];
	size_t n = (size_t)snprintf(digits, sizeof digits, "%llu",
				    (unsigned long long)v),
	       k = 0;
	for (size_t i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			out[k++] = ',';
		out[k++] = digits[i];
	}
	out[k] = 0;
}

static char *page(void)
{
	FILE *f = fopen(LINT_PAGES "/../lint-bytes.md", "r");
	assert_non_null(f);
	char *text = calloc(1, 1 << 16);
	assert_non_null(text);
	assert_true(fread(text, 1, (1 << 16) - 1, f) > 0);
	fclose(f);
	return text;
}

TEST(bytes, the_page_has_each_row_and_no_other)
{
	char *text = page();
	size_t rows = 0;
	for (char *p = text; (p = strstr(p, "\n| `")); p++)
		rows++;
	assert_int_equal(rows, n_lint_estimates);
	for (size_t i = 0; i < n_lint_estimates; i++) {
		const struct lint_estimate *e = &lint_estimates[i];
		char bytes[32], row[400];
		with_commas(e->bytes, bytes);
		snprintf(row, sizeof row, "\n| `%s` | %s | %s |\n", e->key,
			 bytes, e->source);
		if (!strstr(text, row))
			fail_msg("docs/lint-bytes.md lacks: %s", row);
	}
	free(text);
}

TEST(bytes, keys_are_in_order_and_found)
{
	for (size_t i = 0; i < n_lint_estimates; i++) {
		const struct lint_estimate *e = &lint_estimates[i];
		assert_ptr_equal(lint_estimate_find(e->key), e);
		assert_true(e->bytes > 0 && *e->source);
		if (i)
			assert_true(strcmp(lint_estimates[i - 1].key, e->key) <
				    0);
	}
	assert_null(lint_estimate_find(""));
	assert_null(lint_estimate_find("apt"));
}

/* Kinds whose cache nobody measured have no row. */
TEST(bytes, caches_have_rows)
{
	static const char without[] =
		" pacman-cache pnpm-cache bun-cache conda-pkgs "
		"maven-repository gradle-caches nuget-packages gem-cache "
		"composer-cache cpanm-work ";
	for (size_t i = 0; i < n_cache_kinds; i++) {
		const char *key = cache_kinds[i].key;
		bool row = lint_estimate_find(key) != NULL;
		char word[64];
		snprintf(word, sizeof word, " %s ", key);
		bool none = strstr(without, word) != NULL;
		if (row == none)
			fail_msg("%s", key);
	}
}

TESTS_MAIN(unit(bytes, the_page_has_each_row_and_no_other),
	   unit(bytes, keys_are_in_order_and_found),
	   unit(bytes, caches_have_rows))

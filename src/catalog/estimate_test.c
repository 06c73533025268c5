/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/test.h"
#include "catalog/catalog.h"

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
	FILE *f = fopen(DOCS "/lint-bytes.md", "r");
	assert_non_null(f);
	char *text = calloc(1, 1 << 16);
	assert_non_null(text);
	assert_true(fread(text, 1, (1 << 16) - 1, f) > 0);
	(void)fclose(f);
	return text;
}

TEST(estimate, the_page_has_each_row_and_no_other)
{
	char *text = page();
	struct catalog_at at = { 0 };
	const struct catalog_estimate *e;
	size_t rows = 0, n = 0;
	for (char *p = text; (p = strstr(p, "\n| `")); p++)
		rows++;
	for (; (e = catalog_next_estimate(&at)); n++) {
		char bytes[32], row[400];
		with_commas(e->bytes, bytes);
		snprintf(row, sizeof row, "\n| `%s` | %s | %s%s |\n", e->key,
			 bytes, e->typical ? "typical: " : "", e->source);
		if (!strstr(text, row))
			fail_msg("docs/lint-bytes.md lacks: %s", row);
	}
	assert_int_equal(rows, n);
	free(text);
}

TEST(estimate, the_page_is_in_order_of_the_keys)
{
	char *text = page();
	char last[64] = "", key[64];
	for (char *p = text; (p = strstr(p, "\n| `")); p++) {
		assert_int_equal(sscanf(p, "\n| `%63[^`]`", key), 1);
		assert_true(strcmp(last, key) < 0);
		memcpy(last, key, sizeof key);
	}
	free(text);
}

TEST(estimate, keys_are_found)
{
	struct catalog_at at = { 0 };
	const struct catalog_estimate *e;
	while ((e = catalog_next_estimate(&at))) {
		assert_ptr_equal(catalog_estimate_find(e->key), e);
		assert_true(e->bytes > 0 && *e->source);
	}
	assert_null(catalog_estimate_find(""));
	assert_null(catalog_estimate_find("apt"));
}

/* Kinds whose cache nobody measured have no row. */
TEST(estimate, caches_have_rows)
{
	static const char without[] =
		"apt-archives dnf-cache yum-cache zypper-cache "
		"pacman-cache conda-pkgs "
		"gradle-caches nuget-packages gem-cache "
		"composer-cache cpanm-work hex-packages opam-downloads";
	struct catalog_at at = { 0 };
	const struct catalog_cache *c;
	size_t n = 0;
	for (; (c = catalog_next_cache(&at)); n++)
		if (!catalog_estimate_find(c->key) !=
		    catalog_listed(without, str_of(c->key)))
			fail_msg("%s", c->key);
	assert_true(n > 20 && n <= CATALOG_CACHES_MAX);
}

TESTS_MAIN(unit(estimate, the_page_has_each_row_and_no_other),
	   unit(estimate, the_page_is_in_order_of_the_keys),
	   unit(estimate, keys_are_found), unit(estimate, caches_have_rows))

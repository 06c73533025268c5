/* SPDX-License-Identifier: Apache-2.0 */
#include "oci/engines.h"
#include "base/limits.h"
#include "base/test.h" /* last: cmocka defines skip */

TEST(engines, the_least_that_any_of_them_takes)
{
	(void)state;
	assert_string_equal(oci_engines_fewest_layers()->name, "docker");
	assert_int_equal(oci_engines_fewest_layers()->layers_max, 125);
	assert_string_equal(oci_engines_shortest_path()->name, "podman");
	assert_int_equal(oci_engines_shortest_path()->path_max, 3989);
	assert_string_equal(oci_engines_no_zstd()->name, "docker before 23.0");
}

TEST(engines, no_row_is_below_what_pare_writes)
{
	(void)state;
	for (size_t i = 0; i < engines_len; i++) {
		const struct engine *e = &engines[i];
		assert_true(e->layers_max >= ENGINES_LAYERS_MAX);
		assert_true(e->name_max >= limits_default.name_max);
		assert_int_equal(e->zstd, e->window_log_max > 0);
		if (e->zstd)
			assert_true(e->window_log_max >=
				    ENGINES_WINDOW_LOG_MAX);
	}
}

TESTS_MAIN(unit(engines, the_least_that_any_of_them_takes),
	   unit(engines, no_row_is_below_what_pare_writes))

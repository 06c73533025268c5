/* SPDX-License-Identifier: Apache-2.0 */
#include "oci/history.h"

#include "base/test.h" /* last: cmocka defines skip */

TEST(history, instructions)
{
	static const char *const rows[][2] = {
		{ "CMD [\"a\"]", "CMD [\"a\"]" },
		{ "/bin/sh -c #(nop)  CMD [\"a\"]", "CMD [\"a\"]" },
		{ "/bin/sh -c #(nop)\tADD file:a in / ", "ADD file:a in / " },
		{ "/bin/sh -c apt-get update", "/bin/sh -c apt-get update" },
		{ "  RUN a", "RUN a" },
		{ "#(nop)", "" },
		{ "#(nop", "#(nop" },
		{ "", "" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct oci_history h = { .created_by =
						       str_of(rows[i][0]) };
		assert_true(str_eqz(oci_history_instruction(&h), rows[i][1]));
	}
	const struct oci_history absent = { 0 };
	assert_int_equal(oci_history_instruction(&absent).n, 0);
}

TEST(history, layers)
{
	struct oci_history v[] = { { .created_by = STR("a") },
				   { .empty_layer = true },
				   { .created_by = STR("b") } };
	struct oci_config c = { .history = v,
				.n_history = 3,
				.has_history = true,
				.n_diff_ids = 2 };
	assert_int_equal(oci_history_layers(&c, 0), 0);
	assert_int_equal(oci_history_layers(&c, 2), 1);
	assert_int_equal(oci_history_layers(&c, 3), 2);
	assert_ptr_equal(oci_history_of(&c, 0), &v[0]);
	assert_ptr_equal(oci_history_of(&c, 1), &v[2]);
	assert_null(oci_history_of(&c, 2));
	/* Out of step: which entry made which layer cannot be said. */
	c.n_diff_ids = 3;
	assert_null(oci_history_of(&c, 0));
	c.n_diff_ids = 2;
	c.has_history = false;
	assert_null(oci_history_of(&c, 0));
}

TESTS_MAIN(unit(history, instructions), unit(history, layers))

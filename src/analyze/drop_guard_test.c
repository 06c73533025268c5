/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/drop_guard.h"

#include "analyze/testload.h"
#include "base/test.h" /* last: cmocka defines skip */

TEST(drop_guard, what_a_config_needs)
{
	static const struct testspec spec = {
		.layers = { "d tmp; d tmp/app; f tmp/app/run.sh =x; f "
			    "tmp/app/lib =x; d tmp/work; f tmp/work/a =x; d "
			    "tmp/data; f tmp/health =x; f tmp/other =x; f x "
			    "=x; "
			    "l bin >usr/bin; d usr; d usr/bin; f usr/bin/p "
			    "=x" },
		.config = "\"config\":{\"WorkingDir\":\"/tmp/work\","
			  "\"Entrypoint\":[\"sh\",\"-c\",\"exec "
			  "/tmp/app/run.sh >/dev/null\"],"
			  "\"Cmd\":[\"/bin/p\"],"
			  "\"Healthcheck\":{\"Test\":[\"CMD\","
			  "\"/tmp/health\"]},"
			  "\"Env\":[\"DATA=/tmp/data:/none\","
			  "\"LANG=de_DE.UTF-8\",\"LANGUAGE=fr:pt_BR\","
			  "\"LC_ALL=\",\"OTHER=it_IT\"]}",
	};
	static const struct {
		const char *path;
		enum guard_mark mark;
	} rows[] = {
		{ "tmp/app/run.sh", GUARD_FILE },
		{ "tmp/app", GUARD_DIR },
		{ "tmp/app/lib", GUARD_NONE },
		{ "tmp/work", GUARD_DIR },
		{ "tmp/data", GUARD_DIR },
		{ "tmp/health", GUARD_FILE },
		{ "tmp/other", GUARD_NONE },
		{ "tmp", GUARD_DIR }, /* beside /tmp/health */
		{ "usr/bin/p", GUARD_FILE },
		{ "x", GUARD_NONE },
	};
	static const char *const languages[] = { "de", "fr", "pt" };
	IN_NEW_PLACE;
	struct testload t;
	struct drop_guard g;
	struct err err = { 0 };
	testload_image(&t, "x.tar", &spec);
	assert_ok(analyze_read_drop_guard(&t.image, &g, &err), &err);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (g.marks[testload_node(&t, rows[i].path)] != rows[i].mark)
			fail_msg("%s: %d", rows[i].path,
				 g.marks[testload_node(&t, rows[i].path)]);
	assert_int_equal(g.marks[TREE_ROOT], GUARD_NONE);
	assert_int_equal(g.n_languages, ARRAY_LEN(languages));
	for (size_t i = 0; i < ARRAY_LEN(languages); i++)
		assert_true(str_eqz(g.languages[i], languages[i]));
	analyze_drop_guard_done(&g);
	testload_done(&t);
}

TEST(drop_guard, language_of_a_locale)
{
	assert_true(
		str_eqz(analyze_language_of(STR("de_DE.UTF-8@euro")), "de"));
	assert_true(str_eqz(analyze_language_of(STR("ca@valencia")), "ca"));
	assert_true(str_eqz(analyze_language_of(STR("C.UTF-8")), "C"));
	assert_int_equal(analyze_language_of(STR("")).n, 0);
}

TESTS_MAIN(unit(drop_guard, what_a_config_needs),
	   unit(drop_guard, language_of_a_locale))

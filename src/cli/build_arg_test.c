/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/build_arg.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/test.h" /* last: cmocka defines skip */

/* "NAME=VALUE .." of what these words make, given in order. */
static const char *parse(const char *const *words)
{
	static char text[200];
	struct build_args *a = calloc(1, sizeof *a);
	struct err err = { 0 };
	size_t n = 0;
	text[0] = '\0';
	assert_non_null(a);
	for (; *words; words++)
		assert_ok(cli_build_arg_parse(*words, a, &err), &err);
	for (size_t i = 0; i < a->n; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "%s%.*s=%.*s",
				      i ? " " : "", STR_ARG(a->v[i].name),
				      STR_ARG(a->v[i].value));
	free(a);
	return text;
}

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

TEST(build_arg, of_one_name_the_last_counts)
{
	setenv("PARE_TEST_ARG", "env", 1);
	unsetenv("PARE_TEST_NONE");
	assert_string_equal(parse(WORDS("A=1", "B=", "A=2=3")), "A=2=3 B=");
	assert_string_equal(parse(WORDS("PARE_TEST_ARG")), "PARE_TEST_ARG=env");
	/* A bare name that the environment lacks takes an earlier value back. */
	assert_string_equal(parse(WORDS("A=1", "PARE_TEST_NONE=1", "B=2",
					"PARE_TEST_NONE")),
			    "A=1 B=2");
	assert_string_equal(parse(WORDS("PARE_TEST_NONE")), "");
	unsetenv("PARE_TEST_ARG");
}

TEST(build_arg, refusals)
{
	struct build_args *a = calloc(1, sizeof *a);
	struct err err = { 0 };
	assert_non_null(a);
	assert_fails(cli_build_arg_parse("=x", a, &err), &err, ERR_USAGE,
		     "--build-arg takes NAME=VALUE or NAME, not \"=x\"");
	static char names[BUILD_ARGS_MAX][16];
	for (int i = 0; i < BUILD_ARGS_MAX; i++) {
		snprintf(names[i], sizeof names[i], "N%d=", i);
		assert_ok(cli_build_arg_parse(names[i], a, &err), &err);
	}
	assert_ok(cli_build_arg_parse("N7=x", a, &err), &err);
	assert_fails(cli_build_arg_parse("M=", a, &err), &err, ERR_USAGE,
		     "--build-arg: more than 256 names");
	free(a);
}

TESTS_MAIN(unit(build_arg, of_one_name_the_last_counts),
	   unit(build_arg, refusals))

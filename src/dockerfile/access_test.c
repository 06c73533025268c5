/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/access.h"

#include "base/test.h"

static void parse(const char *text, struct dockerfile *df)
{
	struct err err = { 0 };
	assert_ok(dockerfile_parse(str_of(text), NULL, df, &err), &err);
}

TEST(access, flags)
{
	scoped(dockerfile_done) struct dockerfile df = { 0 };
	parse("FROM a\nCOPY --from=x --link --from=y --parents=False a b\n",
	      &df);
	const struct df_instr *in = df.instrs[1];
	assert_true(str_eqz(dockerfile_flag(in, "from")->text, "y"));
	assert_null(dockerfile_flag(in, "chown"));
	assert_true(dockerfile_flag_on(in, "link"));
	assert_false(dockerfile_flag_on(in, "parents"));
}

TEST(access, from)
{
	scoped(dockerfile_done) struct dockerfile df = { 0 };
	parse("FROM a:1 as B\nFROM x\nFROM y z\n", &df);
	assert_true(str_eqz(dockerfile_from_image(df.instrs[0])->text, "a:1"));
	assert_true(str_eqz(dockerfile_from_name(df.instrs[0])->text, "B"));
	assert_null(dockerfile_from_name(df.instrs[1]));
	assert_null(dockerfile_from_image(df.instrs[2]));
}

TEST(access, copy)
{
	scoped(dockerfile_done) struct dockerfile df = { 0 };
	size_t n;
	parse("FROM x\nCOPY a <<E d/\nE\nCOPY only\n", &df);
	const struct df_word *w = dockerfile_copy_sources(df.instrs[1], &n);
	assert_int_equal(n, 2);
	assert_null(dockerfile_copy_heredoc(df.instrs[1], &w[0]));
	assert_true(str_eqz(dockerfile_copy_heredoc(df.instrs[1], &w[1])->name,
			    "E"));
	assert_true(str_eqz(dockerfile_copy_dest(df.instrs[1])->text, "d/"));
	assert_null(dockerfile_copy_sources(df.instrs[2], &n));
	assert_int_equal(n, 0);
	assert_null(dockerfile_copy_dest(df.instrs[2]));
}

TEST(access, commands)
{
	scoped(dockerfile_done) struct dockerfile df = { 0 };
	size_t n;
	parse("FROM x\nHEALTHCHECK CMD [\"a\", \"b\"]\nHEALTHCHECK none\n"
	      "RUN a b\nENV A=b\nHEALTHCHECK FOO x\nHEALTHCHECK cmd y\n",
	      &df);
	assert_true(str_eqz(dockerfile_command(df.instrs[1], &n)->text, "a"));
	assert_int_equal(n, 2);
	assert_null(dockerfile_command(df.instrs[2], &n));
	assert_int_equal(n, 0);
	assert_true(str_eqz(dockerfile_command(df.instrs[3], &n)->text, "a b"));
	assert_null(dockerfile_command(df.instrs[4], &n));
	assert_null(dockerfile_command(df.instrs[5], &n));
	assert_true(str_eqz(dockerfile_command(df.instrs[6], &n)->text, "y"));
}

TESTS_MAIN(unit(access, flags), unit(access, from), unit(access, copy),
	   unit(access, commands))

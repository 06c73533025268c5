/* SPDX-License-Identifier: Apache-2.0 */
#include "context/copies/constant_value.h"

#include "base/test.h"
#include "dockerfile/graph.h"

/* Of the word at the end of a stage with these lines. */
static bool is_constant(const char *lines, const char *word,
			const struct df_arg *args, size_t n_args)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	struct diag_sink sink = { 0 };
	struct dockerfile df;
	struct df_graph g;
	struct df_scope s;
	assert_ok(dockerfile_parse(str_of(lines), &sink, &df, &err), &err);
	assert_ok(dockerfile_graph_read(&df, args, n_args, &a, &g, &err), &err);
	dockerfile_scope_init(&s, &df, args, n_args, &a);
	s.globals = g.globals;
	s.in_stage = true;
	for (uint32_t i = g.stages[0].first; i < g.stages[0].end; i++)
		assert_ok(dockerfile_scope_apply(&s, df.instrs[i], &err), &err);
	int r = context_value_is_constant(&s, s.vars, str_of(word), &err);
	assert_true(r >= 0);
	dockerfile_done(&df);
	arena_done(&a);
	return r > 0;
}

TEST(constant_value, of_a_word)
{
	static const struct {
		const char *lines, *word;
		bool constant;
	} rows[] = {
		{ "FROM x\n", "a/b", true },
		{ "FROM x\n", "\\$A", true },
		{ "FROM x\n", "$A", false },
		{ "FROM x\n", "${A:-b}", false },
		{ "FROM x\nENV A=1\n", "$A", true },
		{ "FROM x\nENV A=1\n", "${A}/${B}", false },
		{ "FROM x\nARG A\n", "$A", false },
		{ "FROM x\nARG A=1\n", "$A", true },
		{ "FROM x\nARG A\nENV B=$A\n", "$B", false },
		{ "FROM x\nARG A\nENV B=$A C=1\n", "$C", true },
		{ "FROM x\nENV A=1\nENV B=$A\nENV C=$B-$B\n", "$C", true },
		/* the A before it, not itself */
		{ "FROM x\nENV A=1\nENV A=$A-2\n", "$A", true },
		{ "FROM x\nENV A=$A-2\n", "$A", false },
		{ "ARG A=1\nFROM x\nARG A\n", "$A", true },
		{ "ARG A\nFROM x\nARG A\n", "$A", false },
		{ "FROM x\nARG TARGETARCH\n", "$TARGETARCH", false },
		/* what cannot be expanded */
		{ "FROM x\n", "${A", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (is_constant(rows[i].lines, rows[i].word, NULL, 0) !=
		    rows[i].constant)
			fail_msg("%s with %s", rows[i].word, rows[i].lines);
}

TEST(constant_value, a_given_argument)
{
	static const struct df_arg args[] = { { { "A", 1 }, { "v", 1 } } };
	assert_true(is_constant("FROM x\nARG A\n", "$A", args, 1));
	assert_false(is_constant("FROM x\nARG B\n", "$B", args, 1));
}

/* Deeper than DEPTH_MAX is not constant, and so is what asks too often. */
TEST(constant_value, limits)
{
	scoped(buf_done) struct buf chain = BUF_INIT(1 << 16);
	scoped(buf_done) struct buf twice = BUF_INIT(1 << 16);
	struct err err = { 0 };
	assert_ok(buf_addf(&chain, &err, "FROM x\nENV V0=1\n"), &err);
	assert_ok(buf_addf(&twice, &err, "FROM x\nENV V0=\n"), &err);
	for (int i = 1; i <= 17; i++)
		assert_ok(buf_addf(&chain, &err, "ENV V%d=$V%d\n", i, i - 1),
			  &err);
	for (int i = 1; i <= 12; i++)
		assert_ok(buf_addf(&twice, &err, "ENV V%d=$V%d$V%d\n", i, i - 1,
				   i - 1),
			  &err);
	assert_true(is_constant(buf_cstr(&chain), "$V15", NULL, 0));
	assert_false(is_constant(buf_cstr(&chain), "$V17", NULL, 0));
	assert_true(is_constant(buf_cstr(&twice), "$V7", NULL, 0));
	assert_false(is_constant(buf_cstr(&twice), "$V12", NULL, 0));
}

TESTS_MAIN(unit(constant_value, of_a_word),
	   unit(constant_value, a_given_argument), unit(constant_value, limits))

/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/scope.h"

#include "base/test.h"

/* The value of word behind all instructions of text, "?" in front when it
 * hangs on something that is not known. An ARG in front of FROM is global. */
static void assert_value(const char *text, const char *word, const char *want)
{
	const struct df_arg args[] = { { STR("GIVEN"), STR("g") } };
	scoped(dockerfile_done) struct dockerfile df = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1000);
	struct df_scope s;
	struct err err = { 0 };
	assert_ok(dockerfile_parse(str_of(text), NULL, &df, &err), &err);
	dockerfile_scope_init(&s, &df, args, ARRAY_LEN(args), &df.arena);
	for (size_t i = 0; i < df.n_instrs; i++) {
		const struct df_instr *in = df.instrs[i];
		s.in_stage |= in->kind == DF_FROM;
		assert_ok(s.in_stage ? dockerfile_scope_apply(&s, in, &err)
				     : dockerfile_scope_global(&s, in, &err),
			  &err);
	}
	int known = dockerfile_scope_expand(&s, s.in_stage ? s.vars : s.globals,
					    str_of(word), &b, &err);
	assert_ok(known, &err);
	struct str value = buf_str(&b);
	if (known != (*want != '?') || !str_eqz(value, want + !known))
		fail_msg("%s: %d %.*s", text, known, STR_ARG(value));
}

TEST(scope, values)
{
	static const struct {
		const char *text, *word, *want;
	} rows[] = {
		{ "FROM x\nENV A=1", "$A", "1" },
		{ "FROM x\nENV A=1\nENV A=2 B=$A", "$A$B", "21" },
		{ "FROM x\nARG A=1 B=$A", "$B", "1" },
		{ "FROM x\nENV \"A\"='b c'", "$A", "b c" },
		/* --build-arg, or the base image, may set it. */
		{ "FROM x\nARG A", "[$A]", "?[]" },
		{ "FROM x", "[$A]", "?[]" },
		{ "FROM x\nARG A", "${A:-d}${A:+e}", "d" },
		{ "FROM x\nENV A=", "[$A]", "[]" },
		{ "FROM x\nENV B=/x:$A", "$B", "?/x:" },
		{ "FROM x\nENV A=1\nARG A", "$A", "1" },
		/* A global ARG is there after ARG name alone. */
		{ "ARG A=1\nFROM x", "[$A]", "?[]" },
		{ "ARG A=1\nFROM x\nARG A", "$A", "1" },
		{ "ARG A=1\nFROM x\nARG A=2", "$A", "2" },
		{ "ARG A=1", "$A", "1" },
		{ "FROM x\nARG GIVEN=d", "$GIVEN", "g" },
		{ "FROM x\nARG TARGETARCH", "$TARGETARCH", "?" },
		{ "FROM x", "[$TARGETARCH]", "?[]" },
		{ "ARG A", "$TARGETARCH", "?" },
		{ "FROM x\nARG A=${B:?no}", "$A", "?" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_value(rows[i].text, rows[i].word, rows[i].want);
}

TEST(scope, names)
{
	assert_true(dockerfile_is_proxy(STR("no_proxy")));
	assert_false(dockerfile_is_proxy(STR("No_Proxy")));
	assert_true(dockerfile_is_platform(STR("TARGETARCH")));
	assert_false(dockerfile_is_platform(STR("targetarch")));
}

TESTS_MAIN(unit(scope, values), unit(scope, names))

/* SPDX-License-Identifier: Apache-2.0 */
#include "context/copies/read_copies.h"

#include "base/test.h"

/* "LINE KIND SOURCE[:INCLUDE][?GUARD] ...; ..." with "?" in front of a source
 * that is not known. */
static void tell(const struct context_copies *u, struct buf *out)
{
	static const char *const kinds[] = { "COPY", "ADD", "MOUNT" };
	struct err err = { 0 };
	for (size_t i = 0; i < u->n; i++) {
		const struct context_copy *x = &u->v[i];
		assert_ok(buf_addf(out, &err, "%s%u %s%s", i ? "; " : "",
				   x->line, kinds[x->kind],
				   x->onbuild ? "*" : ""),
			  &err);
		for (size_t k = 0; k < x->n; k++) {
			const struct context_source *s = &x->sources[k];
			assert_ok(buf_addf(out, &err, " %s/%.*s",
					   s->known ? "" : "?",
					   STR_ARG(s->path)),
				  &err);
			if (s->include.n)
				assert_ok(buf_addf(out, &err, ":%.*s",
						   STR_ARG(s->include)),
					  &err);
			if (s->guard.n)
				assert_ok(buf_addf(out, &err, "^%.*s",
						   STR_ARG(s->guard)),
					  &err);
		}
		for (size_t k = 0; k < x->n_excludes; k++)
			assert_ok(buf_addf(out, &err, " -%.*s",
					   STR_ARG(x->excludes[k])),
				  &err);
	}
	assert_non_null(buf_cstr(out));
}

TEST(read_copies, rows)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "FROM x\nCOPY a b /c\n", "2 COPY /a /b" },
		{ "FROM x\nADD . /c\n", "2 ADD /" },
		{ "FROM x\nCOPY / /c\n", "2 COPY /" },
		{ "FROM x\nCOPY ../a/./b// c/../d /\n", "2 COPY /a/b /d" },
		{ "FROM x\nCOPY [\"a b\", \"/c\"]\n", "2 COPY /a b" },
		{ "FROM x\nCOPY --from=y a /\nCOPY --from=0 a /\n", "" },
		{ "FROM x\nADD https://a/b git@c:d.git a /\n", "2 ADD /a" },
		{ "FROM x\nCOPY <<E a /\nE\n", "2 COPY /a" },
		{ "FROM x\nCOPY <<E /\nE\n", "" },
		/* variables */
		{ "FROM x\nARG A=1\nCOPY d/$A /\n", "3 COPY /d/1^d" },
		{ "FROM x\nARG A=1\nCOPY $A /\n", "3 COPY /1" },
		{ "FROM x\nENV A=1\nCOPY ${A}2 /\n", "3 COPY /12" },
		{ "FROM x\nARG A\nCOPY d/$A/e /\n", "3 COPY ?/d" },
		{ "FROM x\nCOPY d/x$A /\n", "2 COPY ?/d" },
		{ "FROM x\nCOPY $A /\n", "2 COPY ?/" },
		{ "FROM x\nARG A\nENV B=$A\nCOPY d/$B /\n", "4 COPY ?/d" },
		{ "ARG A=1\nFROM x\nARG A\nCOPY $A /\n", "4 COPY /1" },
		{ "ARG A\nFROM x\nARG A\nCOPY a/$A /\n", "4 COPY ?/a" },
		{ "ARG Z\nARG A=$Z\nFROM x\nARG A\nCOPY a/$A /\n",
		  "5 COPY ?/a" },
		{ "FROM x\nARG TARGETARCH\nCOPY bin/$TARGETARCH /\n",
		  "3 COPY ?/bin" },
		{ "FROM x\nCOPY ${A:-b} /\n", "2 COPY ?/" },
		{ "FROM x\nCOPY a/\\$A /\n", "2 COPY /a/$A^a" },
		/* parents, excludes */
		{ "FROM x\nCOPY --parents a/./b/*.c d /\n",
		  "2 COPY /a:b/*.c /:d" },
		{ "FROM x\nCOPY --parents . /\n", "2 COPY /" },
		{ "FROM x\nCOPY --exclude=*.c --exclude=d a /\n",
		  "2 COPY /a -*.c -d" },
		/* mounts */
		{ "FROM x\nRUN --mount=target=/a b\n", "2 MOUNT /" },
		{ "FROM x\nRUN --mount=type=bind,source=s,target=/a b\n",
		  "2 MOUNT /s" },
		{ "FROM x\nRUN --mount=from=y,target=/a b\n", "" },
		{ "FROM x\nRUN --mount=type=cache,target=/a b\n", "" },
		{ "FROM x\nRUN --mount=type=secret,id=a b\n", "" },
		{ "FROM x\nRUN --mount=src=s,dst=/a --mount=src=t,dst=/b c\n",
		  "2 MOUNT /s /t" },
		/* stages */
		{ "FROM x AS a\nCOPY a /\nONBUILD COPY b /\nFROM a\nCOPY c /\n",
		  "2 COPY /a; 3 COPY* /b; 5 COPY /c" },
		{ "FROM x AS a\nENV A=1\nFROM a\nCOPY $A /\n", "4 COPY /1" },
		{ "FROM x AS a\nENV A=1\nFROM x\nCOPY $A /\n", "4 COPY ?/" },
		{ "COPY a /\n", "1 COPY /a" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena a = { 0 };
		struct err err = { 0 };
		struct diag_sink sink = { 0 };
		struct dockerfile df;
		struct df_graph g;
		struct context_copies u;
		scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
		assert_ok(dockerfile_parse(str_of(rows[i].text), &sink, &df,
					   &err),
			  &err);
		assert_ok(dockerfile_graph_read(&df, NULL, 0, &a, &g, &err),
			  &err);
		assert_ok(context_read_copies(&df, &g, NULL, 0, &a, &u, &err),
			  &err);
		tell(&u, &out);
		if (strcmp(out.p, rows[i].want) != 0)
			fail_msg("%s\nis %s, not %s", rows[i].text, out.p,
				 rows[i].want);
		dockerfile_done(&df);
		arena_done(&a);
	}
}

TEST(read_copies, given_arguments)
{
	static const struct df_arg args[] = { { { "A", 1 }, { "v", 1 } } };
	struct arena a = { 0 };
	struct err err = { 0 };
	struct diag_sink sink = { 0 };
	struct dockerfile df;
	struct df_graph g;
	struct context_copies u;
	assert_ok(dockerfile_parse(STR("FROM x\nARG A\nCOPY $A /\n"), &sink,
				   &df, &err),
		  &err);
	assert_ok(dockerfile_graph_read(&df, args, 1, &a, &g, &err), &err);
	assert_ok(context_read_copies(&df, &g, args, 1, &a, &u, &err), &err);
	assert_int_equal(u.n, 1);
	assert_true(u.v[0].sources[0].known);
	assert_true(str_eqz(u.v[0].sources[0].path, "v"));
	dockerfile_done(&df);
	arena_done(&a);
}

/* Values made of values, each of two: told without walking all of them. */
TEST(read_copies, values_of_values)
{
	scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
	struct arena a = { 0 };
	struct err err = { 0 };
	struct diag_sink sink = { 0 };
	struct dockerfile df;
	struct df_graph g;
	struct context_copies u;
	assert_ok(buf_addf(&text, &err, "FROM x\nENV V0=\n"), &err);
	for (int i = 1; i < 40; i++)
		assert_ok(buf_addf(&text, &err, "ENV V%d=$V%d$V%d\n", i, i - 1,
				   i - 1),
			  &err);
	assert_ok(buf_addf(&text, &err, "COPY a/$V39 /\n"), &err);
	assert_ok(dockerfile_parse(buf_str(&text), &sink, &df, &err), &err);
	assert_ok(dockerfile_graph_read(&df, NULL, 0, &a, &g, &err), &err);
	assert_ok(context_read_copies(&df, &g, NULL, 0, &a, &u, &err), &err);
	assert_false(u.v[0].sources[0].known);
	dockerfile_done(&df);
	arena_done(&a);
}

TESTS_MAIN(unit(read_copies, rows), unit(read_copies, given_arguments),
	   unit(read_copies, values_of_values))

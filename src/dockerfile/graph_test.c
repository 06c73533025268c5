/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/graph.h"

#include <stdio.h>

#include "base/test.h"
#include "dockerfile/access.h"

struct made {
	struct dockerfile df;
	struct arena arena;
	struct df_graph g;
};

static void made_done(struct made *m)
{
	dockerfile_done(&m->df);
	arena_done(&m->arena);
}

static void make(struct str text, const struct df_arg *args, size_t n,
		 struct made *m)
{
	struct err err = { 0 };
	*m = (struct made){ 0 };
	assert_ok(dockerfile_parse(text, NULL, &m->df, &err), &err);
	assert_ok(
		dockerfile_graph_read(&m->df, args, n, &m->arena, &m->g, &err),
		&err);
}

/* "needs/ships" by index, as "0,1/1". */
static void assert_reach(const struct made *m, const char *target,
			 const char *want)
{
	bool sets[2][32];
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1000);
	uint32_t t = dockerfile_graph_target(&m->g, str_of(target));
	assert_true(t < m->g.n && m->g.n <= 32);
	dockerfile_graph_reach(&m->g, t, sets[0], sets[1]);
	for (size_t k = 0; k < 2; k++) {
		if (k)
			assert_ok(buf_byte(&b, '/', &err), &err);
		bool any = false;
		for (uint32_t i = 0; i < m->g.n; i++) {
			if (!sets[k][i])
				continue;
			assert_ok(buf_addf(&b, &err, any ? ",%u" : "%u", i),
				  &err);
			any = true;
		}
	}
	assert_string_equal(buf_cstr(&b), want);
}

/* Edges of all stages: "0>image 1=0 1c0 2m1!" and the like. */
static void assert_edges(const struct made *m, const char *want)
{
	static const char kinds[] = "fcm", problems[] = " @>#$";
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(10000);
	for (uint32_t i = 0; i < m->g.n; i++)
		for (size_t k = 0; k < m->g.stages[i].n_edges; k++) {
			struct df_edge e = m->g.stages[i].edges[k];
			assert_ok(buf_addf(&b, &err, "%u%c", i, kinds[e.kind]),
				  &err);
			if (e.to == DF_NO_STAGE)
				assert_ok(buf_str_add(&b, e.name, &err), &err);
			else
				assert_ok(buf_addf(&b, &err, "%u", e.to), &err);
			assert_ok(buf_addf(&b, &err, "%s%c",
					   e.onbuild ? "o" : "",
					   problems[e.problem]),
				  &err);
		}
	assert_string_equal(buf_cstr(&b), want);
}

TEST(graph, edges)
{
	static const struct {
		const char *text, *edges;
	} rows[] = {
		{ "FROM a", "0fa " },
		{ "FROM a AS x\nFROM x", "0fa 1f0 " },
		/* FROM looks for what is written; stages are lower case. */
		{ "FROM a AS X\nFROM X\nFROM x", "0fa 1fX 2f0 " },
		{ "FROM a AS X\nFROM b\nCOPY --from=X c d", "0fa 1fb 1c0 " },
		{ "FROM a\nFROM b\nCOPY --from=0 c d\nCOPY --from=7 c d",
		  "0fa 1fb 1c0 1c7#" },
		{ "FROM a AS x\nCOPY --from=x c d\nCOPY --from=y c d\n"
		  "FROM b AS y",
		  "0fa 0c0@0c1>1fb " },
		{ "FROM a\nCOPY --from=img:1 c d", "0fa 0cimg:1 " },
		{ "FROM a\nCOPY --from=$x c d", "0fa 0c$x$" },
		{ "FROM a AS x\nFROM b\n"
		  "RUN --mount=from=x,target=/x --mount=type=cache,target=/y l",
		  "0fa 1fb 1m0 " },
		{ "FROM alpine AS alpine\nFROM alpine", "0falpine 1f0 " },
		{ "FROM a AS x\nFROM b AS x\nFROM x\nCOPY --from=x c d",
		  "0fa 1fb 2f1 2c1 " },
		{ "FROM a AS t\nFROM b AS x\nONBUILD COPY --from=t c d\n"
		  "FROM x\nFROM c",
		  "0fa 1fb 2f1 2c0o 3fc " },
		{ "RUN a", "" },
		{ "RUN a\nFROM b", "0fb " },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(made_done) struct made m;
		make(str_of(rows[i].text), NULL, 0, &m);
		assert_edges(&m, rows[i].edges);
	}
}

TEST(graph, from_expands)
{
	static const struct df_arg args[] = { { STR("GIVEN"), STR("g") },
					      { STR("T"), STR("two") } };
	static const struct {
		const char *text, *image;
		bool known;
	} rows[] = {
		{ "ARG A=1\nFROM a:$A", "a:1", true },
		{ "ARG A=1\nARG B=${A}2\nFROM a:$B", "a:12", true },
		{ "FROM a:$A", "a:", true },
		{ "FROM a:${A:-x}", "a:x", true },
		{ "ARG GIVEN=1\nFROM a:$GIVEN", "a:g", true },
		{ "ARG GIVEN\nFROM a:$GIVEN", "a:g", true },
		{ "FROM a-$TARGETARCH", "a-", false },
		{ "ARG T=one\nFROM a AS x-two\nFROM x-$T", "x-two", true },
		{ "FROM a\nARG A=1\nFROM b:$A", "b:", true },
		{ "FROM ${", "", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(made_done) struct made m;
		make(str_of(rows[i].text), args, 2, &m);
		const struct df_stage *s = &m.g.stages[m.g.n - 1];
		assert_true(str_eqz(s->image, rows[i].image));
		assert_int_equal(s->image_known, rows[i].known);
	}
}

static void assert_var(const struct made *m, const char *name,
		       const char *value, enum df_var_origin origin)
{
	const struct df_stage *s = &m->g.stages[m->g.n - 1];
	const struct df_var *v = dockerfile_scope_find(s->vars, str_of(name));
	assert_int_equal(v != NULL, value != NULL);
	if (!value)
		return;
	assert_true(str_eqz(v->value, value));
	assert_int_equal(v->origin, origin);
}

TEST(graph, scope)
{
	scoped(made_done) struct made m;
	make(STR("ARG G=g\nARG H=h\nFROM a AS x\nARG G\nENV A=1 B=$A\n"
		 "ENV A=2 C=$A D=${G}\nARG P=\"$C\" Q=$P R\nARG TARGETOS\n"
		 "FROM x\nENV \"E F\"=1\nARG Q\n"),
	     NULL, 0, &m);
	assert_var(&m, "G", "g", DF_VAR_GLOBAL);
	assert_var(&m, "H", NULL, DF_VAR_ARG);
	assert_var(&m, "A", "2", DF_VAR_ENV);
	assert_var(&m, "B", "", DF_VAR_ENV);
	assert_var(&m, "C", "1", DF_VAR_ENV);
	assert_var(&m, "D", "g", DF_VAR_ENV);
	assert_var(&m, "P", "1", DF_VAR_ARG);
	assert_var(&m, "Q", "1", DF_VAR_ARG);
	assert_var(&m, "R", "", DF_VAR_ARG);
	assert_var(&m, "E F", "1", DF_VAR_ENV);
	assert_var(&m, "TARGETOS", "", DF_VAR_PLATFORM);
	assert_true(dockerfile_is_proxy(STR("no_proxy")));
	assert_false(dockerfile_is_proxy(STR("No_Proxy")));
}

static void read_fixture(const char *name, struct buf *b)
{
	struct err err = { 0 };
	char path[4096], *p;
	snprintf(path, sizeof path, "%s/%s", DOCKERFILE_FIXTURES, name);
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	for (size_t n = 1; n > 0; b->n += n) {
		assert_ok(buf_room(b, 4096, &p, &err), &err);
		n = fread(p, 1, 4096, f);
	}
	fclose(f);
}

/* Nine stages; TARGET picks what the last is built on. */
TEST(graph, many_targets)
{
	static const struct {
		const char *target, *reach;
	} rows[] = {
		/* checks compile waiter alpine api all worker canary last */
		{ NULL, "0,1,2,3,4,8/3,4,8" },
		{ "api", "0,1,2,3,4,8/3,4,8" },
		{ "all", "0,1,2,3,4,5,8/3,4,5,8" },
		{ "worker", "1,3,6,8/3,6,8" },
		{ "canary", "1,3,7,8/3,7,8" },
		{ "nothing", "8/8" },
	};
	scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
	read_fixture("many-targets.Dockerfile", &text);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct df_arg arg = { STR("TARGET"), STR("") };
		scoped(made_done) struct made m;
		if (rows[i].target)
			arg.value = str_of(rows[i].target);
		make(buf_str(&text), &arg, rows[i].target != NULL, &m);
		assert_int_equal(m.g.n, 9);
		assert_reach(&m, "", rows[i].reach);
		assert_reach(&m, "APP-Worker", "1,3,6/3,6");
		/* The stage alpine hides the image behind it only. */
		assert_int_equal(m.g.stages[3].base, DF_NO_STAGE);
		assert_int_equal(m.g.stages[4].base, 3);
	}
}

TEST(graph, other_fixtures)
{
	static const struct {
		const char *name, *edges, *reach;
	} rows[] = {
		{ "three-runs.Dockerfile", "0falpine:3.18 ", "0/0" },
		{ "one-run.Dockerfile", "0falpine:3.18 ", "0/0" },
		{ "archive-in-layer.Dockerfile", "0frockylinux:9 ", "0/0" },
		{ "archive-in-stage.Dockerfile",
		  "0frockylinux:9 1frockylinux:9 1c0 ", "0,1/1" },
		{ "cache-mounts.Dockerfile", "0fdebian ", "0/0" },
		{ "python.Dockerfile", "0fpython:3.6 ", "0/0" },
		{ "init.Dockerfile", "0falpine:3.18.2 ", "0/0" },
		{ "remote-init.fragment", "", "0/0" },
		{ "left-out.fragment", "", "0/0" },
		{ "traps.Dockerfile", "0fdebian:12 ", "0/0" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(made_done) struct made m;
		scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
		read_fixture(rows[i].name, &text);
		make(buf_str(&text), NULL, 0, &m);
		assert_edges(&m, rows[i].edges);
		assert_reach(&m, "", rows[i].reach);
	}
}

TEST(graph, stage_of)
{
	scoped(made_done) struct made m;
	make(STR("ARG a\nFROM b\nRUN c\nFROM d\n"), NULL, 0, &m);
	assert_int_equal(dockerfile_graph_stage_of(&m.g, 0), DF_NO_STAGE);
	assert_int_equal(dockerfile_graph_stage_of(&m.g, 1), 0);
	assert_int_equal(dockerfile_graph_stage_of(&m.g, 2), 0);
	assert_int_equal(dockerfile_graph_stage_of(&m.g, 3), 1);
	assert_int_equal(dockerfile_graph_target(&m.g, STR("x")), DF_NO_STAGE);
}

TEST(graph, accessors)
{
	size_t n;
	scoped(made_done) struct made m;
	make(STR("FROM a as B\nCOPY --link --chown=$u x <<E /d\nE\n"
		 "HEALTHCHECK --interval=1s CMD x y\nRUN --mount=id=$a l $b\n"),
	     NULL, 0, &m);
	struct df_instr *const *in = m.df.instrs;
	assert_true(str_eqz(dockerfile_from_image(in[0])->text, "a"));
	assert_true(str_eqz(dockerfile_from_name(in[0])->text, "B"));
	assert_true(dockerfile_flag_on(in[1], "link"));
	assert_false(dockerfile_flag_on(in[1], "parents"));
	const struct df_word *src = dockerfile_copy_sources(in[1], &n);
	assert_int_equal(n, 2);
	assert_null(dockerfile_copy_heredoc(in[1], &src[0]));
	assert_true(
		str_eqz(dockerfile_copy_heredoc(in[1], &src[1])->name, "E"));
	assert_true(str_eqz(dockerfile_copy_dest(in[1])->text, "/d"));
	assert_true(dockerfile_expands_args(in[1]));
	assert_true(dockerfile_expands_flag(in[1],
					    dockerfile_flag(in[1], "chown")));
	assert_false(
		dockerfile_expands_flag(in[1], dockerfile_flag(in[1], "link")));
	assert_true(str_eqz(dockerfile_command(in[2], &n)->text, "x y"));
	assert_false(dockerfile_expands_args(in[3]));
	assert_true(dockerfile_expands_flag(in[3],
					    dockerfile_flag(in[3], "mount")));
}

/* A is built on an image, B and D on A, C on an image of its own. */
TEST(graph, chains_of_bases)
{
	scoped(dockerfile_done) struct dockerfile df = { 0 };
	struct df_graph g;
	struct err err = { 0 };
	assert_ok(dockerfile_parse(STR("FROM x AS a\nFROM a AS b\nFROM y AS c\n"
				       "FROM b AS d\n"),
				   NULL, &df, &err),
		  &err);
	assert_ok(dockerfile_graph_read(&df, NULL, 0, &df.arena, &g, &err),
		  &err);
	static const uint32_t roots[] = { 0, 0, 2, 0 };
	for (uint32_t i = 0; i < g.n; i++)
		assert_int_equal(dockerfile_graph_root(&g, i), roots[i]);
	assert_true(dockerfile_graph_stands_on(&g, 3, 0));
	assert_true(dockerfile_graph_stands_on(&g, 3, 3));
	assert_false(dockerfile_graph_stands_on(&g, 0, 3));
	assert_false(dockerfile_graph_stands_on(&g, 3, 2));
}

TESTS_MAIN(unit(graph, chains_of_bases), unit(graph, edges),
	   unit(graph, from_expands), unit(graph, scope),
	   unit(graph, many_targets), unit(graph, other_fixtures),
	   unit(graph, stage_of), unit(graph, accessors))

/* SPDX-License-Identifier: Apache-2.0 */
#include "context/copies/resolve_source.h"

#include "base/test.h"
#include "context/testdir.h"

static const char *const FILES =
	"a/x.c 1\na/y.txt 1\na/sub/x.c 1\nb/z 1\nc -> a\nd -> /b/z\n"
	"e/up -> ../..\nloop -> loop\nnowhere -> no\nout/f 1\nempty/\n"
	"l1 -> l2\nl2 -> b\nfile 1";

/* "STATE entry entry ... | symlinks followed ... ! what was excluded" */
static void tell(const struct context *c, const char *path, struct buf *out)
{
	static const char *const states[] = { "found", "nothing", "missing",
					      "excluded", "loop" };
	struct arena a = { 0 };
	struct err err = { 0 };
	struct resolved r = { .a = &a };
	struct context_source s = { .path = str_of(path) };
	enum context_source_state got;
	uint32_t excluded;
	assert_ok(context_resolve(&c->view, &s, &r, &got, &excluded, &err),
		  &err);
	assert_ok(buf_addf(out, &err, "%s", states[got]), &err);
	for (size_t i = 0; i < r.n + r.n_via; i++) {
		uint32_t e = i < r.n ? r.v[i] : r.via[i - r.n];
		assert_ok(buf_addf(out, &err, i == r.n ? " | " : " "), &err);
		assert_ok(context_path(&c->tree, CONTEXT_ROOT, e, out, &err),
			  &err);
	}
	if (excluded != CONTEXT_NONE) {
		assert_ok(buf_addf(out, &err, " ! "), &err);
		assert_ok(context_path(&c->tree, CONTEXT_ROOT, excluded, out,
				       &err),
			  &err);
	}
	assert_non_null(buf_cstr(out));
	arena_done(&a);
}

TEST(resolve_source, rows)
{
	static const struct {
		const char *path, *want;
	} rows[] = {
		{ "", "found " },
		{ "a", "found a" },
		{ "a/x.c", "found a/x.c" },
		{ "a/./sub/../x.c", "found a/x.c" },
		{ "../a", "found a" },
		{ "zz", "missing" },
		{ "file/x", "missing" },
		{ "c", "found a | c" },
		{ "c/sub/x.c", "found a/sub/x.c | c" },
		{ "d", "found b/z | d" },
		{ "e/up/b/z", "found b/z | e/up" },
		{ "l1/z", "found b/z | l1 l2" },
		{ "nowhere", "missing | nowhere" },
		{ "out", "excluded ! out" },
		{ "out/f", "excluded ! out" },
		{ "a/*.c", "found a/x.c" },
		{ "*/x.c", "found a/x.c" },
		{ "c/*", "found a/sub a/x.c a/y.txt | c" },
		{ "[cd]", "found a b/z | c d" },
		{ "empty/*", "nothing" },
		{ "o*", "nothing" },
		{ "zz/*", "missing" },
		/* one that leads nowhere, and the others */
		{ "[n]*", "missing | nowhere" },
	};
	struct testdir d;
	struct context c;
	testdir_make(&d, FILES);
	testdir_context(&d, NULL, "out\n", &c);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
		tell(&c, rows[i].path, &out);
		if (strcmp(out.p, rows[i].want) != 0)
			fail_msg("%s: \"%s\", not \"%s\"", rows[i].path, out.p,
				 rows[i].want);
	}
	context_done(&c);
	testdir_remove(&d);
}

/* A symlink to itself ends at LINKS_MAX. */
TEST(resolve_source, a_loop_ends)
{
	struct testdir d;
	struct context c;
	struct arena a = { 0 };
	struct err err = { 0 };
	struct resolved r = { .a = &a };
	struct context_source s = { .path = STR("loop/x") };
	enum context_source_state got;
	uint32_t excluded;
	testdir_make(&d, FILES);
	testdir_context(&d, NULL, "", &c);
	assert_ok(context_resolve(&c.view, &s, &r, &got, &excluded, &err),
		  &err);
	assert_int_equal(got, SOURCE_LOOP);
	assert_int_equal(r.n, 0);
	assert_int_equal(r.n_via, LINKS_MAX);
	arena_done(&a);
	context_done(&c);
	testdir_remove(&d);
}

TESTS_MAIN(unit(resolve_source, rows), unit(resolve_source, a_loop_ends))

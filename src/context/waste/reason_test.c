/* SPDX-License-Identifier: Apache-2.0 */
#include "context/waste/reason.h"

#include <stdlib.h>

#include "base/test.h"
#include "context/testdir.h"

static void expect(const char *list, const char *path, enum catalog_reason want)
{
	struct testdir d;
	struct err err = { 0 };
	scoped(context_tree_done) struct context_tree t;
	scoped(context_waste_table_done) struct context_waste_table w;
	assert_ok(context_waste_table_init(&w, &err), &err);
	testdir_make(&d, list);
	assert_ok(context_walk(d.fd, 1, &limits_default, &t, &err), &err);
	uint16_t *rows = calloc(t.n, sizeof *rows);
	assert_non_null(rows);
	context_find_reasons(&w, &t, rows);
	enum catalog_reason r =
		context_reason_of(&w, rows[testdir_entry(&t, path)]);
	if (r != want)
		fail_msg("%s in %s: %s, not %s", path, list,
			 catalog_reason_name(r), catalog_reason_name(want));
	free(rows);
	testdir_remove(&d);
}

TEST(reason, rows)
{
	static const struct {
		const char *list, *path;
		enum catalog_reason want;
	} rows[] = {
		{ ".git/objects/x", ".git/objects/x", REASON_VERSION_CONTROL },
		{ "sub/.git", "sub/.git", REASON_VERSION_CONTROL },
		{ "CVS/Entries", "CVS", REASON_VERSION_CONTROL },
		{ "CVS/x", "CVS", REASON_NONE },
		{ ".github/x", ".github/x", REASON_VERSION_CONTROL },
		{ "a/node_modules/b/c", "a/node_modules/b/c",
		  REASON_DEPENDENCIES },
		{ "node_modules", "node_modules", REASON_NONE },
		{ "env/pyvenv.cfg\nenv/x", "env/x", REASON_DEPENDENCIES },
		{ "env/x", "env/x", REASON_NONE },
		{ ".venv/x", ".venv/x", REASON_DEPENDENCIES },
		{ "composer.json\nvendor/a", "vendor/a", REASON_DEPENDENCIES },
		{ "go.mod\nvendor/a", "vendor/a", REASON_NONE },
		{ "vendor/bundle/ruby/a", "vendor/bundle/ruby/a",
		  REASON_DEPENDENCIES },
		{ "vendor/bundle/ruby/a\nvendor/assets/b", "vendor/assets/b",
		  REASON_NONE },
		{ "Cargo.toml\ntarget/a", "target/a", REASON_BUILD_OUTPUT },
		{ "target/a", "target/a", REASON_NONE },
		{ "a.csproj\nobj/a", "obj/a", REASON_BUILD_OUTPUT },
		{ "obj/a", "obj/a", REASON_NONE },
		{ "a/__pycache__/x.pyc", "a/__pycache__", REASON_BUILD_OUTPUT },
		{ "a.egg-info/x", "a.egg-info/x", REASON_BUILD_OUTPUT },
		{ "mix.exs\ndeps/a/x", "deps/a/x", REASON_DEPENDENCIES },
		{ "mix.exs\n_build/prod/x", "_build/prod/x",
		  REASON_BUILD_OUTPUT },
		{ "deps/a/x", "deps/a/x", REASON_NONE },
		{ "_opam/.opam-switch/x\n_opam/bin/ocaml", "_opam/bin/ocaml",
		  REASON_DEPENDENCIES },
		{ "_opam/x", "_opam/x", REASON_NONE },
		{ "tests/x", "tests/x", REASON_TEST_DATA },
		{ "tests", "tests", REASON_NONE },
		/* the outermost reason counts */
		{ "tests/node_modules/x", "tests/node_modules/x",
		  REASON_TEST_DATA },
		{ "a.tar.gz", "a.tar.gz", REASON_ARCHIVES },
		{ ".zip", ".zip", REASON_NONE },
		{ "a.mp4", "a.mp4", REASON_MEDIA },
		{ "a.png 1048575", "a.png", REASON_NONE },
		{ "a.png 1048576", "a.png", REASON_MEDIA },
		{ ".env", ".env", REASON_SECRETS },
		{ ".env.local", ".env.local", REASON_SECRETS },
		{ ".env.example", ".env.example", REASON_NONE },
		{ "keys/id_rsa", "keys/id_rsa", REASON_SECRETS },
		{ "id_rsa.pub", "id_rsa.pub", REASON_NONE },
		{ "a.pem", "a.pem", REASON_SECRETS },
		{ ".ssh/config", ".ssh/config", REASON_SECRETS },
		{ ".idea/x", ".idea/x", REASON_IDE },
		{ ".DS_Store", ".DS_Store", REASON_IDE },
		{ "a~", "a~", REASON_IDE },
		{ "a.log", "a.log", REASON_LOGS },
		{ "npm-debug.log.1", "npm-debug.log.1", REASON_LOGS },
		{ "Dockerfile", "Dockerfile", REASON_DOCKER },
		{ "Dockerfile.dev", "Dockerfile.dev", REASON_DOCKER },
		{ ".dockerignore", ".dockerignore", REASON_DOCKER },
		{ "compose.yaml", "compose.yaml", REASON_DOCKER },
		{ "src/main.c", "src/main.c", REASON_NONE },
		{ "l -> .git", "l", REASON_NONE },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		expect(rows[i].list, rows[i].path, rows[i].want);
}

/* What the table itself has to keep. */
TEST(reason, table)
{
	struct err err = { 0 };
	scoped(context_waste_table_done) struct context_waste_table w;
	assert_ok(context_waste_table_init(&w, &err), &err);
	assert_true(w.n > 200);
	for (size_t i = 0; i < w.n; i++) {
		const struct catalog_trace *r = w.rows[i];
		struct str name = str_of(r->name);
		size_t star = str_find(name, '*');
		assert_true(name.n > 0 && r->reason != REASON_NONE);
		/* one star, in front, behind or between */
		assert_true(star == name.n ||
			    str_find(str_from(name, star + 1), '*') ==
				    name.n - star - 1);
		assert_int_equal(r->safe_when == SAFE_IF_MADE,
				 r->made_by != NULL);
		assert_true(r->made_by || !r->made_else);
		assert_true(r->made_by || !r->used_by);
		/* a list of suffixes is looked through for directories only */
		if (r->beside && strchr(r->beside, '*'))
			assert_int_equal(r->type, 'd');
	}
	assert_true(w.n < REASON_ROW_NONE);
}

static uint16_t row_of(const struct context_waste_table *w, const char *name,
		       const char *made_by)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->rows[i]->name, name) == 0 &&
		    strstr(w->rows[i]->made_by ? w->rows[i]->made_by : "",
			   made_by))
			return (uint16_t)i;
	fail_msg("no row %s made by %s", name, made_by);
	return REASON_ROW_NONE;
}

/* Rows of several tools for one thing are one row to an entry; those that look
 * at other neighbours are not. */
TEST(reason, tools_that_make_the_same)
{
	struct err err = { 0 };
	scoped(context_waste_table_done) struct context_waste_table w;
	assert_ok(context_waste_table_init(&w, &err), &err);
	uint16_t npm = row_of(&w, "node_modules", "npm");
	uint16_t yarn = row_of(&w, "node_modules", "yarn");
	assert_true(npm < yarn);
	assert_int_equal(w.same[npm], yarn);
	assert_int_equal(w.next[yarn], REASON_ROW_NONE);
	for (uint16_t i = w.first['n']; i != REASON_ROW_NONE; i = w.next[i])
		assert_int_not_equal(i, yarn);
	uint16_t cargo = row_of(&w, "target", "cargo");
	assert_int_equal(w.same[cargo], REASON_ROW_NONE);
}

TESTS_MAIN(unit(reason, rows), unit(reason, table),
	   unit(reason, tools_that_make_the_same))

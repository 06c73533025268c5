/* SPDX-License-Identifier: Apache-2.0 */
#include "context/waste/reason.h"

#include <stdlib.h>

#include "base/test.h"
#include "context/testdir.h"

static void expect(const char *list, const char *path, enum context_reason want)
{
	struct testdir d;
	struct err err = { 0 };
	scoped(context_tree_done) struct context_tree t;
	testdir_make(&d, list);
	assert_ok(context_walk(d.fd, 1, &limits_default, &t, &err), &err);
	uint16_t *rows = calloc(t.n, sizeof *rows);
	assert_non_null(rows);
	context_find_reasons(&t, rows);
	enum context_reason r =
		context_reason_of(rows[testdir_entry(&t, path)]);
	if (r != want)
		fail_msg("%s in %s: %s, not %s", path, list,
			 context_reason_name(r), context_reason_name(want));
	free(rows);
	testdir_remove(&d);
}

TEST(reason, rows)
{
	static const struct {
		const char *list, *path;
		enum context_reason want;
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
	for (size_t i = 0; i < context_n_reasons; i++) {
		const struct context_waste *r = &context_reasons[i];
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
		/* a list of suffixes is looked through for directories only */
		if (r->beside && strchr(r->beside, '*'))
			assert_int_equal(r->type, 'd');
	}
	assert_true(context_n_reasons < 512);
}

TESTS_MAIN(unit(reason, rows), unit(reason, table))

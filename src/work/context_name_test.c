/* SPDX-License-Identifier: Apache-2.0 */
#include "work/context_name.h"

#include <unistd.h>

#include "source/read/testimage.h"
#include "work/testwork.h"
#include "base/test.h" /* last: cmocka defines skip */

/* The name that a patch of dir's ignore file gets, asked from the directory
 * that is current. */
static void expect_name(const char *dir, const char *want)
{
	struct err err = { 0 };
	scoped(work_context_files_done) struct context_files f =
		CONTEXT_FILES_INIT;
	scoped(buf_done) struct buf name = BUF_INIT(4096);
	f.dir = dir;
	assert_ok(work_context_files_read(&f, &err), &err);
	assert_ok(work_context_patch_name(&f, &name, &err), &err);
	assert_string_equal(buf_cstr(&name), want);
}

TEST(context_name, from_where_the_user_stands)
{
	IN_NEW_PLACE;
	testimage_run("mkdir -p app/sub other");
	testwork_write("app/.dockerignore", "x\n");
	expect_name("app", "app/.dockerignore");
	expect_name("./app/sub/..", "app/.dockerignore");
	assert_int_equal(chdir("app"), 0);
	expect_name(".", ".dockerignore");
	/* Not below: patch -d DIR takes the name from DIR. */
	assert_int_equal(chdir("../other"), 0);
	expect_name("../app", ".dockerignore");
	assert_int_equal(chdir(".."), 0);
}

/* There is none yet: the patch creates it. */
TEST(context_name, of_a_file_to_come)
{
	IN_NEW_PLACE;
	testimage_run("mkdir app app2");
	expect_name("app", "app/.dockerignore");
	assert_int_equal(chdir("app"), 0);
	expect_name("../app2", ".dockerignore");
	assert_int_equal(chdir(".."), 0);
}

/* patch(1) does not write through a symlink, so the file itself is named. */
TEST(context_name, of_a_symlinked_file)
{
	IN_NEW_PLACE;
	testimage_run("mkdir app && ln -s rules app/.dockerignore && "
		      "ln -s app link");
	testwork_write("app/rules", "x\n");
	expect_name("app", "app/rules");
	expect_name("link", "app/rules");
}

TESTS_MAIN(unit(context_name, from_where_the_user_stands),
	   unit(context_name, of_a_file_to_come),
	   unit(context_name, of_a_symlinked_file))

/* SPDX-License-Identifier: Apache-2.0 */
#include "work/context.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/slurp.h"
#include "context/testdir.h"
#include "work/context_name.h"
#include "work/testwork.h"
#include "base/test.h" /* last: cmocka defines skip */

struct looked {
	struct testdir d;
	struct testwork t;
	struct work_context w;
};

static void looked_done(struct looked *l)
{
	work_context_done(&l->w);
	testwork_done(&l->t);
	testdir_remove(&l->d);
}

static void begin(struct looked *l, const char *list)
{
	*l = (struct looked){ .w = WORK_CONTEXT_INIT };
	testwork_open(&l->t, NULL);
	testdir_make(&l->d, list);
}

static int open_it(struct looked *l, struct work_context_options opt,
		   struct err *err)
{
	opt.dir = l->d.path;
	opt.limits = &limits_default;
	opt.threads = 1;
	opt.events = testwork_events(&l->t);
	return work_context_open(&opt, &l->w, err);
}

static int look(struct looked *l, struct err *err)
{
	if (work_context_walk(&l->w, err) < 0)
		return -1;
	return work_context_judge(&l->w, err);
}

static void assert_text(const struct looked *l, const char *name,
			const char *want)
{
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	struct err err = { 0 };
	assert_ok(slurp_file(l->d.fd, name, 0, &b, &err), &err);
	assert_non_null(buf_cstr(&b));
	assert_string_equal(b.p, want);
}

TEST(context, steps_and_a_better_ignore_file)
{
	static const char better[] = "# version control\n**/.git\n\n"
				     "# docker's own files\n.dockerignore\n"
				     "Dockerfile\n";
	struct err err = { 0 };
	scoped(looked_done) struct looked l;
	begin(&l, "src/a.c 10\n.git/HEAD 100");
	testdir_write(&l.d, "Dockerfile", "FROM x\nCOPY . /\n");
	assert_ok(open_it(&l, (struct work_context_options){ 0 }, &err), &err);
	assert_int_equal(l.w.files.builder, BUILDER_DOCKER);
	assert_false(l.w.files.has_ignore);
	assert_ok(look(&l, &err), &err);
	assert_ok(work_context_check(&l.w, &err), &err);
	assert_true(l.w.c.advice.n > 0);
	assert_ok(work_context_write(&l.w, &err), &err);
	assert_text(&l, ".dockerignore", better);

	/* A second run changes nothing. */
	work_context_done(&l.w);
	l.w = (struct work_context)WORK_CONTEXT_INIT;
	assert_ok(open_it(&l, (struct work_context_options){ 0 }, &err), &err);
	assert_true(l.w.files.has_ignore);
	assert_ok(look(&l, &err), &err);
	assert_int_equal(l.w.c.advice.n, 0);
	assert_ok(work_context_write(&l.w, &err), &err);
	assert_text(&l, ".dockerignore", better);
}

/* docker tries none of podman's names. */
TEST(context, a_containerfile_alone_is_podmans)
{
	struct err err = { 0 };
	scoped(looked_done) struct looked l;
	begin(&l, "a");
	testdir_write(&l.d, "Containerfile", "FROM x\n");
	assert_ok(open_it(&l, (struct work_context_options){ 0 }, &err), &err);
	assert_int_equal(l.w.files.builder, BUILDER_PODMAN);
	assert_string_equal(l.w.files.ignore_base, ".containerignore");
}

TEST(context, a_file_that_is_passed_over_is_told)
{
	struct err err = { 0 };
	scoped(looked_done) struct looked l;
	begin(&l, ".dockerignore\n.containerignore");
	testdir_write(&l.d, "Dockerfile", "FROM x\n");
	assert_ok(open_it(&l, (struct work_context_options){ 0 }, &err), &err);
	assert_int_equal(l.w.files.builder, BUILDER_DOCKER);
	assert_memory_equal(l.t.notes, "note: ", 6);
	assert_non_null(strstr(l.t.notes, ".containerignore is passed over"));

	/* Whoever names the builder has said which counts. */
	work_context_done(&l.w);
	l.w = (struct work_context)WORK_CONTEXT_INIT;
	l.t.notes[0] = '\0';
	assert_ok(open_it(&l,
			  (struct work_context_options){
				  .builder = BUILDER_PODMAN },
			  &err),
		  &err);
	assert_string_equal(l.t.notes, "");
	assert_string_equal(l.w.files.ignore_base, ".containerignore");
}

/* What a COPY takes is not known: no advice is to be followed. */
TEST(context, a_dockerfile_that_nobody_understands)
{
	struct err err = { 0 };
	scoped(looked_done) struct looked l;
	begin(&l, "a");
	testdir_write(&l.d, "Dockerfile", "FROM x\nCOPI . /\n");
	assert_ok(open_it(&l, (struct work_context_options){ 0 }, &err), &err);
	assert_ok(look(&l, &err), &err);
	assert_int_equal(l.w.c.problem.line, 2);
	assert_int_equal(work_context_check(&l.w, &err), -1);
	assert_int_equal(err.code, ERR_CORRUPT);
}

TEST(context, a_target_needs_a_dockerfile)
{
	struct err err = { 0 };
	scoped(looked_done) struct looked l;
	begin(&l, "a");
	assert_ok(open_it(&l, (struct work_context_options){ .target = "x" },
			  &err),
		  &err);
	assert_int_equal(work_context_dockerfile(&l.w).n, 0);
	assert_fails(look(&l, &err), &err, ERR_NOT_FOUND,
		     "--target x: there is no Dockerfile that could have it");
}

/* Lines that somebody wrote meanwhile are not lost. */
TEST(context, an_ignore_file_that_changed_stays)
{
	struct err err = { 0 };
	scoped(looked_done) struct looked l;
	begin(&l, "src/a.c 10\n.git/HEAD 100");
	testdir_write(&l.d, "Dockerfile", "FROM x\nCOPY . /\n");
	testdir_write(&l.d, ".dockerignore", "a\n");
	assert_ok(open_it(&l, (struct work_context_options){ 0 }, &err), &err);
	assert_ok(look(&l, &err), &err);
	assert_int_equal(unlinkat(l.d.fd, ".dockerignore", 0), 0);
	testdir_write(&l.d, ".dockerignore", "somebody's\n");
	assert_int_equal(work_context_write(&l.w, &err), -1);
	assert_text(&l, ".dockerignore", "somebody's\n");
}

TEST(context, why_a_path_is_not_sent)
{
	struct err err = { 0 };
	scoped(looked_done) struct looked l;
	scoped(work_why_done) struct work_why why = { 0 };
	struct ignore_result r;
	begin(&l, "a/b");
	testdir_write(&l.d, ".dockerignore", "a\n!a/c\n");
	assert_ok(open_it(&l, (struct work_context_options){ 0 }, &err), &err);
	assert_ok(work_context_why(&l.w, "../a/./b/", &why, &err), &err);
	assert_true(str_eqz(why.path, "a/b"));
	assert_ok(ignore_path(&why.patterns, why.path, &r, &err), &err);
	assert_true(r.excluded);
}

/* patch -p1 is run where one stands, or in the context. */
TEST(context, the_name_in_a_patch)
{
	struct err err = { 0 };
	scoped(looked_done) struct looked l;
	scoped(buf_done) struct buf name = BUF_INIT(1 << 16);
	begin(&l, "a/b");
	testdir_write(&l.d, "a/Dockerfile", "FROM x\n");
	testdir_write(&l.d, "a/Dockerfile.dockerignore", "b\n");
	char file[128];
	snprintf(file, sizeof file, "%s/a/Dockerfile", l.d.path);
	assert_ok(open_it(&l, (struct work_context_options){ .file = file },
			  &err),
		  &err);
	assert_ok(work_context_patch_name(&l.w.files, &name, &err), &err);
	assert_true(str_eqz(buf_str(&name), "a/Dockerfile.dockerignore"));
}

TESTS_MAIN(unit(context, steps_and_a_better_ignore_file),
	   unit(context, a_containerfile_alone_is_podmans),
	   unit(context, a_file_that_is_passed_over_is_told),
	   unit(context, a_dockerfile_that_nobody_understands),
	   unit(context, a_target_needs_a_dockerfile),
	   unit(context, an_ignore_file_that_changed_stays),
	   unit(context, why_a_path_is_not_sent),
	   unit(context, the_name_in_a_patch))

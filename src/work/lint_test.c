/* SPDX-License-Identifier: Apache-2.0 */
/* Whole runs of the linter over files that are really there. */
#include "work/lint.h"

#include <stdio.h>
#include <sys/stat.h>

#include "base/atomic_file.h"
#include "layer/testsource.h"
#include "lint/suppress/baseline.h"
#include "work/testwork.h"
#include "base/test.h" /* last: cmocka defines skip */

/* One run, with what was heard. */
struct linted {
	struct testwork t;
	struct work_lint *w;
};

static void linted_done(struct linted *l)
{
	work_lint_close(&l->w);
	testwork_done(&l->t);
}

/* Never shellcheck: what is installed must not decide a test. */
static int lint(struct work_lint_options opt, struct linted *l, struct err *err)
{
	*l = (struct linted){ 0 };
	testwork_open(&l->t, NULL);
	opt.events = testwork_events(&l->t);
	opt.shellcheck = WORK_SHELLCHECK_NEVER;
	opt.threads = 2;
	opt.no_cache = true;
	if (work_lint_open(&opt, &l->w, err) < 0 ||
	    work_lint_images(l->w, &l->t.s, err) < 0 ||
	    work_lint_run(l->w, err) < 0)
		return -1;
	return work_lint_hide_known(l->w, err);
}

/* "PATH: ID.." of each file, "; " between; until the next call. */
static const char *ids(const struct linted *l)
{
	static char text[4000];
	struct work_lint_results r = work_lint_results(l->w);
	size_t n = 0;
	text[0] = '\0';
	for (size_t i = 0; i < r.n; i++) {
		n += (size_t)snprintf(text + n, sizeof text - n,
				      "%s%.*s:", i ? "; " : "",
				      STR_ARG(r.v[i].path));
		for (size_t k = 0; k < r.v[i].n; k++)
			n += (size_t)snprintf(text + n, sizeof text - n, " %s",
					      r.v[i].findings[k].id);
		if (r.v[i].err)
			n += (size_t)snprintf(text + n, sizeof text - n, " -");
		assert_true(n < sizeof text);
	}
	return text;
}

#define NAMES(...)                                                     \
	{                                                              \
		(const char *const[]){ __VA_ARGS__ },                  \
			sizeof((const char *const[]){ __VA_ARGS__ }) / \
				sizeof(char *)                         \
	}

/* DL3006; and, as no ignore file is there, PARE5002. */
static const char untagged[] = "FROM debian\n";

TEST(lint, a_tree_with_its_configurations)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(linted_done) struct linted l;
	unsigned open_files = testimage_open_files();
	assert_int_equal(mkdir("a", 0755), 0);
	assert_int_equal(mkdir("b", 0755), 0);
	testwork_write("a/Dockerfile", untagged);
	testwork_write("b/Dockerfile", untagged);
	testwork_write("b/.pare.yaml", "lint:\n  ignored: [DL3006]\n");
	assert_ok(lint((struct work_lint_options){ .select = NAMES("DL3006",
								   "DL3007") },
		       &l, &err),
		  &err);
	/* Selected by name, an ignored rule runs all the same. */
	assert_string_equal(ids(&l),
			    "a/Dockerfile: DL3006; b/Dockerfile: DL3006");
	assert_true(work_lint_fails(l.w));
	assert_int_equal(testimage_open_files(), open_files);
}

TEST(lint, a_configuration_goes_for_what_lies_below_it)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(linted_done) struct linted l;
	const char *path;
	assert_int_equal(mkdir("b", 0755), 0);
	testwork_write("Dockerfile", untagged);
	testwork_write("b/Dockerfile", untagged);
	testwork_write("b/.pare.yaml", "lint:\n  format: json\n"
				       "  no-fail: true\n");
	assert_ok(lint((struct work_lint_options){ .names = NAMES("b"),
						   .select = NAMES("DL3006") },
		       &l, &err),
		  &err);
	assert_string_equal(ids(&l), "b/Dockerfile: DL3006");
	assert_false(work_lint_fails(l.w));
	const struct lint_config *c = work_lint_config(l.w, &path);
	assert_non_null(c);
	assert_true(str_eqz(c->format, "json"));
	assert_non_null(strstr(path, "/b/.pare.yaml"));
}

TEST(lint, options_go_before_a_configuration)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(linted_done) struct linted l;
	testwork_write("Dockerfile", untagged);
	testwork_write(".pare.yaml", "lint:\n  no-fail: true\n");
	assert_ok(lint((struct work_lint_options){ .fail = FAIL_LEVEL,
						   .fail_level = SEV_STYLE },
		       &l, &err),
		  &err);
	assert_true(work_lint_fails(l.w));
}

TEST(lint, a_file_that_cannot_be_read_stops_no_other)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(linted_done) struct linted l;
	testwork_write("Dockerfile", untagged);
	assert_ok(
		lint((struct work_lint_options){ .names = NAMES("gone",
								"Dockerfile") },
		     &l, &err),
		&err);
	assert_string_equal(ids(&l), "gone: -; Dockerfile: DL3006 PARE5002");
	struct work_lint_results r = work_lint_results(l.w);
	assert_int_equal(r.v[0].err->code, ERR_NOT_FOUND);
}

TEST(lint, more_files_than_are_open_at_once)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(linted_done) struct linted l;
	unsigned open_files = testimage_open_files();
	enum { MANY = 600 };
	for (int i = 0; i < MANY; i++) {
		char name[32];
		snprintf(name, sizeof name, "%03d.dockerfile", i);
		testwork_write(name, untagged);
	}
	assert_ok(lint((struct work_lint_options){ .select = NAMES("DL3006") },
		       &l, &err),
		  &err);
	struct work_lint_results r = work_lint_results(l.w);
	assert_int_equal(r.n, MANY);
	for (int i = 0; i < MANY; i++)
		assert_int_equal(r.v[i].n, 1);
	assert_true(str_eqz(r.v[MANY - 1].path, "599.dockerfile"));
	assert_int_equal(testimage_open_files(), open_files);
}

TEST(lint, nothing_to_look_at)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(linted_done) struct linted l;
	const char *path = "x";
	assert_ok(lint((struct work_lint_options){ 0 }, &l, &err), &err);
	assert_int_equal(work_lint_results(l.w).n, 0);
	assert_null(work_lint_config(l.w, &path));
	assert_null(path);
	assert_false(work_lint_fails(l.w));
}

static void write_baseline(const struct linted *l, const char *name)
{
	struct err err = { 0 };
	struct work_lint_results r = work_lint_results(l->w);
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	assert_ok(lint_baseline_write(r.v, r.n, &out, &err), &err);
	assert_non_null(buf_cstr(&out));
	testwork_write(name, out.p);
}

TEST(lint, what_a_baseline_has_is_hidden)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	const struct work_lint_options known = { .baseline = "known" };
	testwork_write("Dockerfile", untagged);
	{
		scoped(linted_done) struct linted l;
		assert_ok(lint((struct work_lint_options){ 0 }, &l, &err),
			  &err);
		write_baseline(&l, "known");
	}
	{
		scoped(linted_done) struct linted l;
		assert_ok(lint(known, &l, &err), &err);
		assert_string_equal(ids(&l), "Dockerfile:");
		assert_int_equal(work_lint_results(l.w).n_known, 2);
		assert_false(work_lint_fails(l.w));
		assert_string_equal(l.t.notes, "");
	}
	testwork_write("Dockerfile", "FROM debian:12\n");
	scoped(linted_done) struct linted l;
	assert_ok(lint(known, &l, &err), &err);
	assert_string_equal(l.t.notes,
			    "note: known: 2 of its findings are gone; "
			    "update it with --write-baseline\n");
}

TEST(lint, an_output_must_not_replace_what_is_read)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(linted_done) struct linted l;
	scoped(atomic_file_done) struct atomic_file f = ATOMIC_FILE_INIT;
	scoped(atomic_file_done) struct atomic_file g = ATOMIC_FILE_INIT;
	testwork_write("Dockerfile", untagged);
	assert_ok(lint((struct work_lint_options){ 0 }, &l, &err), &err);
	assert_ok(atomic_file_open("other", &g, &err), &err);
	assert_ok(work_lint_refuse_place(l.w, &g.at, &err), &err);
	assert_ok(atomic_file_open("Dockerfile", &f, &err), &err);
	assert_int_equal(work_lint_refuse_place(l.w, &f.at, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
}

TEST(lint, names_a_rule_that_there_is_not)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	scoped(linted_done) struct linted l;
	assert_fails(
		lint((struct work_lint_options){ .select = NAMES("DL30x6") },
		     &l, &err),
		&err, ERR_USAGE,
		"--select: no rule is called DL30x6 (did you mean "
		"DL3006?)");
}

/* --- images --------------------------------------------------------------- */

static const char built_from[] = "FROM debian:12\n"
				 "RUN apt-get update && \\\n  true\n"
				 "CMD [\"a\"]\n";

TEST(lint, bytes_of_an_image)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	const struct testspec image = {
		.layers = { "f var/lib/apt/lists/x #5000; f srv/y #300" },
		.history = "[{\"created_by\":\"RUN /bin/sh -c apt-get update "
			   "\\u0026\\u0026   true # buildkit\"},"
			   "{\"created_by\":\"CMD [\\\"a\\\"]\","
			   "\"empty_layer\":true}]",
	};
	testwork_write("Dockerfile", built_from);
	testsource_docker("image.tar", &image, "x:1");
	scoped(linted_done) struct linted l;
	assert_ok(lint((struct work_lint_options){ .select = NAMES("DL3009"),
						   .image = "image.tar" },
		       &l, &err),
		  &err);
	assert_string_equal(ids(&l), "Dockerfile: DL3009");
	struct work_lint_results r = work_lint_results(l.w);
	assert_int_equal(r.v[0].findings[0].bytes, 5000);
	assert_int_equal(r.v[0].findings[0].bytes_source, BYTES_MEASURED);
}

/* An image of other instructions tells nothing of these. */
TEST(lint, another_image_is_no_measure)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	const struct testspec image = {
		.layers = { "f var/lib/apt/lists/x #5000" },
		.history = "[{\"created_by\":\"RUN yum update # buildkit\"}]",
	};
	testwork_write("Dockerfile", built_from);
	testsource_docker("image.tar", &image, "x:1");
	scoped(linted_done) struct linted l;
	assert_ok(lint((struct work_lint_options){ .select = NAMES("DL3009"),
						   .image = "image.tar" },
		       &l, &err),
		  &err);
	struct work_lint_results r = work_lint_results(l.w);
	assert_int_equal(r.v[0].findings[0].bytes_source, BYTES_ESTIMATE);
}

TEST(lint, facts_of_a_base_image)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	const struct testspec base = {
		.layers = { "f etc/os-release =ID=debian" },
		.config = "\"config\":{\"WorkingDir\":\"/srv\"}",
	};
	testwork_write("Dockerfile", "FROM corp/x:1\nCOPY a b\n");
	testsource_docker("base.tar", &base, "x:1");
	for (int given = 0; given <= 1; given++) {
		scoped(linted_done) struct linted l;
		const struct work_lint_options opt = {
			.select = NAMES("DL3045"),
			.base_image = given ? "base.tar" : NULL,
		};
		assert_ok(lint(opt, &l, &err), &err);
		/* A relative destination is fine where a WORKDIR is set. */
		assert_string_equal(ids(&l), given ? "Dockerfile:"
						   : "Dockerfile: DL3045");
	}
}

TEST(lint, images_that_cannot_be_read)
{
	IN_NEW_PLACE;
	struct err err = { 0 };
	testwork_write("Dockerfile", untagged);
	scoped(linted_done) struct linted l;
	assert_int_equal(lint((struct work_lint_options){ .image = "gone.tar" },
			      &l, &err),
			 -1);
	assert_memory_equal(err.text, "--image: gone.tar", 17);
}

TESTS_MAIN(unit(lint, a_tree_with_its_configurations),
	   unit(lint, a_configuration_goes_for_what_lies_below_it),
	   unit(lint, options_go_before_a_configuration),
	   unit(lint, a_file_that_cannot_be_read_stops_no_other),
	   unit(lint, more_files_than_are_open_at_once),
	   unit(lint, nothing_to_look_at),
	   unit(lint, what_a_baseline_has_is_hidden),
	   unit(lint, an_output_must_not_replace_what_is_read),
	   unit(lint, names_a_rule_that_there_is_not),
	   unit(lint, bytes_of_an_image),
	   unit(lint, another_image_is_no_measure),
	   unit(lint, facts_of_a_base_image),
	   unit(lint, images_that_cannot_be_read))

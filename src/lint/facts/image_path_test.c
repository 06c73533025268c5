/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/image_path.h"

#include "base/test.h"
#include "lint/internal.h"
#include "lint/table.h"

static const struct lint_file *open_it(const char *text, struct lint_job **job)
{
	struct err err = { 0 };
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = str_of(text),
				 .rules = &lint_all_rules };
	assert_ok(lint_open(&in, job, &err), &err);
	return lint_job_file(*job);
}

/* Where the last command's first argument points. */
TEST(image_path, arguments)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "RUN x a", "/a" },
		{ "WORKDIR /w\nRUN x a", "/w/a" },
		{ "WORKDIR /w\nRUN x /a/../b/.", "/b" },
		{ "RUN cd /d && x a", "/d/a" },
		{ "RUN cd /d && cd e; x ../a", "/d/a" },
		{ "RUN (cd /d); x a", "/a" },
		{ "RUN (cd /d; x a)", "/d/a" },
		{ "RUN cd /d; cd -; x a", "/a" },
		{ "RUN cd; x a", "~/a" },
		{ "RUN x $HOME/a", "~/a" },
		{ "ENV A=/opt\nRUN x $A/a", "/opt/a" },
		{ "RUN x $A/a", "/${A}/a" },
		{ "RUN x /../../a", "/a" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(lint_close) struct lint_job *job = NULL;
		scoped(buf_done) struct buf text = BUF_INIT(1000);
		struct err err = { 0 };
		struct str place;
		assert_ok(buf_addf(&text, &err, "FROM a\n%s\n", rows[i].text),
			  &err);
		const struct lint_file *f = open_it(buf_cstr(&text), &job);
		const struct lint_run *run = &f->runs[f->n_runs - 1];
		const struct lint_command *c =
			&run->commands[run->n_commands - 1];
		assert_ok(
			lint_place_arg(f, c, lint_cmd_arg(c, 0), &place, &err),
			&err);
		if (!str_eqz(place, rows[i].want))
			fail_msg("%s: %.*s", rows[i].text, STR_ARG(place));
	}
}

TEST(image_path, within_and_matches)
{
	assert_true(lint_place_within(STR("/a/b"), STR("/a")));
	assert_true(lint_place_within(STR("/a"), STR("/a")));
	assert_false(lint_place_within(STR("/ab"), STR("/a")));
	assert_true(lint_place_within(STR("/a"), STR("/")));
	assert_true(lint_place_matches(STR("/a/*"), STR("/a/b/c")));
	assert_false(lint_place_matches(STR("/a/*"), STR("/a")));
	assert_true(lint_place_matches(STR("/a"), STR("/a/b")));
	/* rm of / is no statement about any one place. */
	assert_false(lint_place_matches(STR("/"), STR("/a")));
}

TEST(image_path, names)
{
	assert_true(str_eqz(lint_place_base(STR("/a/b//")), "b"));
	assert_true(str_eqz(lint_place_of_url(STR("https://h/a/b?c#d")), "b"));
	assert_true(str_eqz(lint_place_of_wget(STR("https://h/a/b?c=1#d")),
			    "b?c=1"));
	assert_true(str_eqz(lint_place_of_wget(STR("https://h/a/b#?d")), "b"));
	assert_int_equal(lint_place_of_wget(STR("https://h/b?c=/d")).n, 0);
	assert_int_equal(lint_place_of_wget(STR("https://h/?c")).n, 0);
	assert_true(lint_place_is_url(STR("ftp://h/a")));
	assert_false(lint_place_is_url(STR("git@h:a")));
	assert_true(lint_place_is_archive(STR("a.tar.zst")));
	assert_true(lint_place_is_archive(STR("a.zip")));
	assert_false(lint_place_is_archive(STR(".zip")));
	assert_true(lint_place_add_unpacks(STR("a.tar.zst")));
	assert_false(lint_place_add_unpacks(STR("a.tar.lz4")));
	assert_false(lint_place_add_unpacks(STR("a.sql.gz")));
}

TESTS_MAIN(unit(image_path, arguments), unit(image_path, within_and_matches),
	   unit(image_path, names))

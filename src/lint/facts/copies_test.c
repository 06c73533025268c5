/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/copies.h"

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

/* Sources as text@place, then the destination, with / behind it where it is a
 * directory for sure. */
TEST(copies, resolved)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "COPY a b", "a@/a > /b" },
		{ "COPY a b/", "a@/a > /b/" },
		{ "COPY a c b", "a@/a c@/c > /b/" },
		{ "WORKDIR /srv\nCOPY ./x/../y .", "./x/../y@/y > /srv/" },
		{ "WORKDIR /srv\nWORKDIR app\nCOPY a b", "a@/a > /srv/app/b" },
		{ "ENV D=/opt\nCOPY \"a\" $D/b", "a@/a > /opt/b" },
		{ "COPY a ${HOME}/b", "a@/a > ~/b" },
		{ "COPY a /x/$UNKNOWN", "a@/a > /x/${UNKNOWN}" },
		{ "COPY <<E /f\nx\nE", "E@/E > /f" },
		{ "ADD https://h/a.tgz?x#y /d/",
		  "https://h/a.tgz?x#y@/https:/h/a.tgz?x#y > /d/" },
		{ "ONBUILD COPY a b", "a@/a > /b" },
		{ "COPY a", "" },
		{ "RUN x", "" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(lint_close) struct lint_job *job = NULL;
		scoped(buf_done) struct buf b = BUF_INIT(1000);
		scoped(buf_done) struct buf text = BUF_INIT(1000);
		struct err err = { 0 };
		assert_ok(buf_addf(&text, &err, "FROM a\n%s\n", rows[i].text),
			  &err);
		const struct lint_file *f = open_it(buf_cstr(&text), &job);
		const struct df_instr *in = f->df->instrs[f->df->n_instrs - 1];
		const struct lint_copy *c =
			lint_copy_of(f, in->inner ? in->inner : in);
		for (size_t k = 0; c && k < c->n_sources; k++)
			assert_ok(buf_addf(&b, &err, "%.*s@%.*s ",
					   STR_ARG(c->sources[k].text),
					   STR_ARG(c->sources[k].place)),
				  &err);
		if (c)
			assert_ok(buf_addf(&b, &err, "> %.*s%s",
					   STR_ARG(c->dest),
					   c->into_directory ? "/" : ""),
				  &err);
		assert_string_equal(buf_cstr(&b), rows[i].want);
	}
}

TEST(copies, stages)
{
	scoped(lint_close) struct lint_job *job = NULL;
	const struct lint_file *f = open_it("FROM a AS b\nFROM c\n"
					    "COPY --from=b x y\n"
					    "COPY --from=0 x y\n"
					    "COPY --from=image x y\n"
					    "COPY x y\n",
					    &job);
	static const uint32_t want[] = { 0, 0, DF_NO_STAGE, DF_NO_STAGE };
	for (size_t i = 0; i < ARRAY_LEN(want); i++)
		assert_int_equal(lint_copy_of(f, f->df->instrs[2 + i])->stage,
				 want[i]);
}

TEST(copies, remote_archives)
{
	scoped(lint_close) struct lint_job *job = NULL;
	const struct lint_file *f =
		open_it("FROM a\nADD https://h/x.tar.gz?v=1 x.tar.gz "
			"https://h/x https://h/g.git /d/\n",
			&job);
	const struct lint_copy *c = lint_copy_of(f, f->df->instrs[1]);
	assert_int_equal(c->n_sources, 4);
	assert_true(lint_source_is_remote_archive(&c->sources[0]));
	assert_true(str_eqz(c->sources[0].name, "x.tar.gz"));
	assert_false(lint_source_is_remote_archive(&c->sources[1]));
	assert_false(lint_source_is_remote_archive(&c->sources[2]));
	assert_true(str_eqz(c->sources[3].name, "g.git"));
}

/* WORKDIR is that of the stage below at its end, however deep. */
TEST(copies, workdir_of_bases)
{
	scoped(lint_close) struct lint_job *job = NULL;
	const struct lint_file *f = open_it("FROM x AS a\nWORKDIR /a\n"
					    "FROM a AS b\nWORKDIR b\n"
					    "FROM b\nCOPY f .\n"
					    "FROM a\nCOPY f .\n",
					    &job);
	assert_true(str_eqz(lint_copy_of(f, f->df->instrs[5])->dest, "/a/b"));
	assert_true(str_eqz(lint_copy_of(f, f->df->instrs[7])->dest, "/a"));
}

/* Relative steps that go ever deeper end at some point. */
TEST(copies, hostile_workdirs)
{
	scoped(lint_close) struct lint_job *job = NULL;
	scoped(buf_done) struct buf text = BUF_INIT(4 << 20);
	struct err err = { 0 };
	assert_ok(buf_str_add(&text, STR("FROM x\n"), &err), &err);
	for (size_t i = 0; i < 30000; i++)
		assert_ok(buf_str_add(&text, STR("WORKDIR d\n"), &err), &err);
	assert_ok(buf_str_add(&text, STR("COPY a b\n"), &err), &err);
	const struct lint_file *f = open_it(buf_cstr(&text), &job);
	const struct lint_copy *c = lint_copy_of(f, f->df->instrs[30001]);
	assert_in_range(c->dest.n, 1000, 1100);
}

TESTS_MAIN(unit(copies, hostile_workdirs), unit(copies, resolved),
	   unit(copies, stages), unit(copies, remote_archives),
	   unit(copies, workdir_of_bases))

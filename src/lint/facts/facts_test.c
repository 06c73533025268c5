/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/internal.h"

#include "base/test.h"
#include "lint/table.h"

static void open_it(struct lint_input in, const char *text,
		    struct lint_job **job)
{
	struct err err = { 0 };
	in.path = STR("Dockerfile");
	in.text = str_of(text);
	in.rules = &lint_all_rules;
	assert_ok(lint_open(&in, job, &err), &err);
}

/* The shell in force at each RUN, "-" for the default. */
static void assert_shells(const char *text, const char *want)
{
	scoped(lint_close) struct lint_job *job = NULL;
	scoped(buf_done) struct buf b = BUF_INIT(1000);
	struct err err = { 0 };
	open_it((struct lint_input){ 0 }, text, &job);
	const struct lint_file *f = lint_job_file(job);
	for (size_t i = 0; i < f->n_runs; i++) {
		const struct lint_run *r = &f->runs[i];
		struct str shell =
			r->shell ? r->shell->words[0].text : STR("-");
		assert_ok(buf_addf(&b, &err, "%s%.*s%s%.*s", i ? " " : "",
				   STR_ARG(shell), r->shell_said.n ? "+" : "",
				   STR_ARG(r->shell_said)),
			  &err);
	}
	assert_string_equal(buf_cstr(&b), want);
}

TEST(facts, the_shell_of_each_run)
{
	assert_shells("FROM a\nRUN x\nSHELL [\"bash\",\"-c\"]\nRUN x\n"
		      "FROM b\nRUN x\n",
		      "- bash -");
	/* A stage has the shell of the one below it. */
	assert_shells("FROM a AS a\nSHELL [\"bash\",\"-c\"]\n"
		      "FROM b\nFROM a\nRUN x\n",
		      "bash");
	assert_shells("# hadolint shell=bash\nFROM a\nRUN x\nFROM b\nRUN x\n",
		      "-+bash -");
	assert_shells("FROM a\n# hadolint shell=ksh # why\nRUN x\n"
		      "SHELL [\"bash\",\"-c\"]\nRUN x\n",
		      "-+ksh bash");
	assert_shells("FROM a\n# hadolint shell=cmd\nRUN x\n# no pragma\n"
		      "ONBUILD RUN x\n",
		      "-+cmd -+cmd");
}

TEST(facts, a_shell_that_is_none_reads_nothing)
{
	scoped(lint_close) struct lint_job *job = NULL;
	open_it((struct lint_input){ 0 },
		"FROM a\n# hadolint shell=powershell\nRUN Get-Item x\n", &job);
	assert_int_equal(lint_job_file(job)->runs[0].n_commands, 0);
}

TEST(facts, what_ships)
{
	scoped(lint_close) struct lint_job *job = NULL;
	open_it((struct lint_input){ .target = STR("mid") },
		"ARG V\nFROM a AS base\nRUN x\nFROM base AS mid\nRUN x\n"
		"FROM mid\nRUN x\n",
		&job);
	const struct lint_file *f = lint_job_file(job);
	assert_int_equal(f->target, 1);
	assert_false(lint_ships(f, f->df->instrs[0]));
	assert_true(lint_ships(f, f->df->instrs[1]));
	assert_true(lint_run_ships(f, &f->runs[0]));
	assert_true(lint_run_ships(f, &f->runs[1]));
	assert_false(lint_run_ships(f, &f->runs[2]));
}

TEST(facts, without_from_all_ships)
{
	scoped(lint_close) struct lint_job *job = NULL;
	open_it((struct lint_input){ 0 }, "RUN x\nONBUILD RUN y\nCMD z\n",
		&job);
	const struct lint_file *f = lint_job_file(job);
	assert_int_equal(f->n_runs, 2);
	assert_true(lint_run_ships(f, &f->runs[0]));
	assert_true(lint_ships(f, f->df->instrs[2]));
	assert_ptr_equal(lint_run_of(f, f->df->instrs[0]), &f->runs[0]);
	assert_ptr_equal(lint_run_of(f, f->df->instrs[1]), &f->runs[1]);
	assert_ptr_equal(lint_run_of(f, f->df->instrs[1]->inner), &f->runs[1]);
	assert_null(lint_run_of(f, f->df->instrs[2]));
}

/* Whose facts each stage has: "-" none, else the family. */
static void assert_bases(struct lint_input in, const char *text,
			 const char *want)
{
	scoped(lint_close) struct lint_job *job = NULL;
	scoped(buf_done) struct buf b = BUF_INIT(1000);
	struct err err = { 0 };
	open_it(in, text, &job);
	const struct lint_file *f = lint_job_file(job);
	for (uint32_t i = 0; i < f->graph->n; i++) {
		const struct lint_base *base = f->bases[i];
		assert_ok(buf_addf(&b, &err, "%s%s%s", i ? " " : "",
				   base && base->family ? base->family : "-",
				   base && base->given ? "!" : ""),
			  &err);
	}
	assert_string_equal(buf_cstr(&b), want);
}

TEST(facts, bases)
{
	const struct lint_base given = { .family = "given", .given = true };
	const struct lint_named_base named[] = {
		{ STR("corp/*"), { .family = "corp", .given = true } },
		{ STR("debian:12"), { .family = "mine", .given = true } },
	};
	const struct lint_settings s = { .bases = named, .n_bases = 2 };
	assert_bases((struct lint_input){ 0 },
		     "FROM alpine:3.20 AS a\nFROM a\nFROM scratch\n"
		     "FROM nobody/knows\nFROM $x\n",
		     "alpine alpine - - -");
	assert_bases((struct lint_input){ .settings = &s },
		     "FROM corp/x:1\nFROM debian:12\nFROM debian:11\n",
		     "corp! mine! debian");
	/* --base-image is the image below the stage that ships. */
	assert_bases((struct lint_input){ .base = &given },
		     "FROM debian:12\nFROM alpine:3 AS x\nFROM x\n",
		     "debian given! given!");
	assert_bases((struct lint_input){ 0 }, "RUN x\n", "-");
}

/* Above it, or in a stage that its own is built on; not in another one. */
TEST(facts, what_stands_behind)
{
	static const struct {
		const char *text; /* the last instruction asks */
		bool behind;
	} rows[] = {
		{ "FROM a\nWORKDIR /x\nCOPY a b\n", true },
		{ "FROM a\nCOPY a b\n", false },
		{ "FROM a AS a\nWORKDIR /x\nFROM a\nCOPY a b\n", true },
		{ "FROM a AS a\nWORKDIR /x\nFROM b\nCOPY a b\n", false },
		{ "FROM a\nWORKDIR /x\n", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(lint_close) struct lint_job *job = NULL;
		open_it((struct lint_input){ 0 }, rows[i].text, &job);
		const struct lint_file *f = lint_job_file(job);
		const struct df_instr *in = f->df->instrs[f->df->n_instrs - 1];
		assert_int_equal(lint_stands_behind(f, in, DF_WORKDIR),
				 rows[i].behind);
	}
}

TESTS_MAIN(unit(facts, what_stands_behind), unit(facts, the_shell_of_each_run),
	   unit(facts, a_shell_that_is_none_reads_nothing),
	   unit(facts, what_ships), unit(facts, without_from_all_ships),
	   unit(facts, bases))

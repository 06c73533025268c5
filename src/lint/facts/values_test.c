/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/values.h"

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

/* $V in front of the last instruction; "?" when nobody knows it. */
TEST(values, in_front_of_an_instruction)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "FROM a\nENV V=1\nRUN x", "1" },
		{ "FROM a\nENV V=1\nENV V=2", "1" },
		{ "ARG U\nFROM $V", "" }, /* no image could set it */
		{ "FROM a\nENV V=\nRUN x", "" },
		{ "FROM a AS b\nENV V=1\nFROM b\nRUN x", "1" },
		{ "FROM a AS b\nENV V=1\nFROM b AS c\nENV V=2\nFROM b\nRUN x",
		  "1" },
		/* A global ARG is seen by FROM, and by a stage that asks. */
		{ "ARG V=1\nFROM a", "1" },
		{ "ARG V=1\nFROM a\nARG V\nRUN x", "1" },
		{ "FROM a AS b\nONBUILD ENV V=1\nFROM b\nRUN x", "1" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(lint_close) struct lint_job *job = NULL;
		struct err err = { 0 };
		struct str value;
		const struct lint_file *f = open_it(rows[i].text, &job);
		const struct df_instr *in = f->df->instrs[f->df->n_instrs - 1];
		int known = lint_value(f, in, STR("$V"), &value, &err);
		assert_ok(known, &err);
		if (!known || !str_eqz(value, rows[i].want))
			fail_msg("%s: %.*s", rows[i].text, STR_ARG(value));
	}
}

/* $V in front of the last instruction is not known; "" is not its value. */
TEST(values, what_nobody_knows)
{
	static const char *const rows[] = {
		"FROM a\nARG V\nRUN x",
		"ARG V\nFROM a\nARG V\nRUN x",
		/* The base image may set it. */
		"FROM a\nRUN x",
		"FROM a AS b\nENV V=1\nFROM c\nRUN x",
		"ARG V=1\nFROM a\nRUN x",
		"FROM a\nONBUILD ENV V=1\nRUN x",
		"FROM a\nARG TARGETARCH\nENV V=$TARGETARCH\nRUN x",
		"FROM a\nARG X\nENV V=$X\nRUN x",
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(lint_close) struct lint_job *job = NULL;
		struct err err = { 0 };
		struct str value;
		const struct lint_file *f = open_it(rows[i], &job);
		const struct df_instr *in = f->df->instrs[f->df->n_instrs - 1];
		if (lint_value(f, in, STR("$V"), &value, &err) != 0)
			fail_msg("%s: %.*s", rows[i], STR_ARG(value));
		/* A default is a value all the same. */
		assert_int_equal(
			lint_value(f, in, STR("${V:-y}"), &value, &err),
			strncmp(rows[i], "FROM a\nARG T", 12) != 0 &&
				strncmp(rows[i], "FROM a\nARG X", 12) != 0);
		assert_int_equal(lint_value(f, in, STR("plain"), &value, &err),
				 1);
		assert_true(str_eqz(value, "plain"));
	}
}

/* Ten lines make 1 MiB of 1 KiB: a value nobody knows, and the user below is
 * still found. */
TEST(values, longer_than_anybody_needs)
{
	scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
	scoped(lint_close) struct lint_job *job = NULL;
	struct err err = { 0 };
	struct str value;
	assert_ok(buf_addf(&b, &err, "FROM a\nENV V=%01024d\n", 1), &err);
	for (int i = 0; i < 11; i++)
		assert_ok(buf_addf(&b, &err, "ENV V=$V$V\n"), &err);
	assert_ok(buf_addf(&b, &err, "RUN x\n"), &err);
	const struct lint_file *f = open_it(buf_cstr(&b), &job);
	const struct df_instr *in = f->df->instrs[f->df->n_instrs - 1];
	assert_int_equal(lint_value(f, in, STR("$V"), &value, &err), 0);
	assert_int_equal(f->n_runs, 1);
}

/* Spans of a word over a continuation, and of a JSON string, which has none of
 * its own inside. */
TEST(values, spans)
{
	scoped(lint_close) struct lint_job *job = NULL;
	const struct lint_file *f =
		open_it("FROM a\nUSER a\\\nb\nVOLUME [\"/a\"]\n", &job);
	const struct df_instr *user = f->df->instrs[1],
			      *volume = f->df->instrs[2];
	struct str at =
		span_str(f->df->text, lint_word_span(user, user->words, 1, 2));
	assert_true(str_eqz(at, "b"));
	at = span_str(f->df->text, lint_word_span(volume, volume->words, 1, 2));
	assert_true(str_eqz(at, "\"/a\""));
}

TESTS_MAIN(unit(values, in_front_of_an_instruction),
	   unit(values, what_nobody_knows),
	   unit(values, longer_than_anybody_needs), unit(values, spans))

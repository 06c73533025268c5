/* SPDX-License-Identifier: Apache-2.0 */
/* Files that were made to cost: each is refused by the limit that it goes over,
 * which the error names with its line. One element less is read. */
#include "lint/table.h"
#include "lint/testlint.h"

/* head, then n times part, then tail. */
static void repeat(struct buf *b, const char *head, const char *part, size_t n,
		   const char *tail)
{
	struct err err = { 0 };
	buf_reset(b);
	assert_ok(buf_str_add(b, str_of(head), &err), &err);
	for (size_t i = 0; i < n; i++)
		assert_ok(buf_str_add(b, str_of(part), &err), &err);
	assert_ok(buf_str_add(b, str_of(tail), &err), &err);
}

static int open_text(struct str text, struct err *err)
{
	scoped(lint_close) struct lint_job *job = NULL;
	struct lint_input in = { .path = STR("Dockerfile"), .text = text };
	in.rules = &(struct lint_table){ 0 };
	return lint_open(&in, &job, err);
}

TEST(limits, are_named)
{
	static const struct {
		const char *head, *part, *tail;
		size_t most;
		const char *error;
	} rows[] = {
		{ "FROM a\n", "USER a\n", "", DF_INSTRS_MAX - 1,
		  "line 32769: more than 32768 instructions" },
		{ "FROM a\n", "#\n", "", (DF_LEAVES_MAX - 4) / 2,
		  "line 262144: more than 524288 words, blanks and comments" },
		{ "FROM a\nRUN a", ";a", "\n", SH_COMMANDS_MAX - 1,
		  "line 2: a script of more than 65536 commands" },
		{ "FROM a AS b\nONBUILD USER c\n", "FROM b\n", "",
		  DF_INSTRS_MAX - 3, NULL },
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(buf_done) struct buf b = BUF_INIT(DF_SIZE_MAX);
		struct err err = { 0 };
		repeat(&b, rows[i].head, rows[i].part, rows[i].most,
		       rows[i].tail);
		assert_ok(open_text(buf_str(&b), &err), &err);
		repeat(&b, rows[i].head, rows[i].part, rows[i].most + 1,
		       rows[i].tail);
		if (rows[i].error)
			assert_fails(open_text(buf_str(&b), &err), &err,
				     ERR_LIMIT, rows[i].error);
	}
}

TEST(limits, hold_for_all_scripts_together)
{
	scoped(buf_done) struct buf b = BUF_INIT(DF_SIZE_MAX);
	struct err err = { 0 };
	repeat(&b, "FROM a\nRUN a", ";a", 40000, "\nRUN a");
	for (size_t i = 0; i < 30000; i++)
		assert_ok(buf_str_add(&b, STR(";b"), &err), &err);
	assert_fails(open_text(buf_str(&b), &err), &err, ERR_LIMIT,
		     "line 3: more than 65536 commands in all RUN");
}

/* Four hundred triggers in each of a hundred stages. */
TEST(limits, hold_for_what_triggers_fire)
{
	scoped(buf_done) struct buf b = BUF_INIT(DF_SIZE_MAX);
	struct err err = { 0 };
	repeat(&b, "FROM a AS b\n", "ONBUILD USER c\n", 400, "");
	for (size_t i = 0; i < 100; i++)
		assert_ok(buf_str_add(&b, STR("FROM b\n"), &err), &err);
	assert_fails(open_text(buf_str(&b), &err), &err, ERR_LIMIT,
		     "line 370: ONBUILD fires more than 32768 instructions in "
		     "the stages of the file");
}

TEST(limits, hold_for_memory)
{
	scoped(buf_done) struct buf b = BUF_INIT(DF_SIZE_MAX);
	struct err err = { 0 };
	repeat(&b, "FROM a\nRUN a", ">b", 2000000, "\n");
	assert_fails(open_text(buf_str(&b), &err), &err, ERR_LIMIT,
		     "line 2: a document needs over 402653184 bytes");
}

TESTS_MAIN(unit(limits, are_named), unit(limits, hold_for_all_scripts_together),
	   unit(limits, hold_for_what_triggers_fire),
	   unit(limits, hold_for_memory))

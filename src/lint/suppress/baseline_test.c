/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/suppress/baseline.h"

#include <stdio.h>
#include <stdlib.h>

#include "lint/suppress/fingerprint.h"
#include "base/test.h"

enum { FINDINGS_MAX = 8, LINES_MAX = 32 };

/* A result made by hand: a finding of a rule at each "@N" given. */
struct sheet {
	struct finding_list r;
	struct finding findings[FINDINGS_MAX];
	uint32_t lines[LINES_MAX];
};

static void sheet_of(struct sheet *s, const char *path, const char *text)
{
	*s = (struct sheet){ .r = { .path = str_of(path),
				    .text = str_of(text) } };
	s->r.findings = s->findings;
	s->r.lines = s->lines;
	s->r.n_lines = 1;
	for (uint32_t i = 0; text[i]; i++)
		if (text[i] == '\n')
			s->lines[s->r.n_lines++] = i + 1;
}

/* At the first place of the text that reads so. */
static void found(struct sheet *s, const char *id, const char *where)
{
	const char *at = strstr(s->r.text.p, where);
	assert_non_null(at);
	uint32_t offset = (uint32_t)(at - s->r.text.p), line = 1;
	while (line < s->r.n_lines && s->lines[line] <= offset)
		line++;
	s->findings[s->r.n++] = (struct finding){
		.id = id,
		.at = { offset, 1 },
		.from = { line, offset - s->lines[line - 1] + 1 },
		.to = { line, offset - s->lines[line - 1] + 2 },
	};
}

static void write_of(const struct sheet *s, struct buf *out)
{
	struct err err = { 0 };
	assert_ok(lint_baseline_write(&s->r, 1, out, &err), &err);
}

/* How many findings of now are hidden by the baseline of then. */
static size_t hidden(const struct sheet *then, struct sheet *now,
		     struct baseline *b)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf file = BUF_INIT(1 << 20);
	size_t n;
	write_of(then, &file);
	assert_ok(lint_baseline_read(buf_str(&file), b, &err), &err);
	assert_ok(lint_baseline_apply(b, &now->r, 1, &n, &err), &err);
	return n;
}

TEST(baseline, file)
{
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	struct sheet s;
	sheet_of(&s, "./#a\t//b", "FROM x\nRUN a\n");
	found(&s, "DL3008", "RUN");
	found(&s, "SC2086", "a");
	found(&s, "DL3006", "FROM");
	found(&s, "DL3006", "x");
	write_of(&s, &out);
	assert_string_equal(
		buf_cstr(&out),
		"# pare lint baseline 1\n"
		"\\x23a\\t/b\tDL3006\t18c3b6c9a1c270072d8c7ece795d2464\t1\n"
		"\\x23a\\t/b\tDL3006\t18c3b6c9a1c270072d8c7ece795d2464\t2\n"
		"\\x23a\\t/b\tDL3008\t01b6dc01e618f62326314c8d16c0e028\t1\n"
		"\\x23a\\t/b\tSC2086\t01b6dc01e618f62326314c8d16c0e028\t1\n");
}

TEST(baseline, nothing_found)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	scoped(lint_baseline_done) struct baseline b = { 0 };
	assert_ok(lint_baseline_write(NULL, 0, &out, &err), &err);
	assert_string_equal(buf_cstr(&out), "# pare lint baseline 1\n");
	assert_ok(lint_baseline_read(buf_str(&out), &b, &err), &err);
	assert_int_equal(b.n, 0);
}

TEST(baseline, moved_and_laid_out_anew_is_the_same)
{
	scoped(lint_baseline_done) struct baseline b = { 0 };
	struct sheet then, now;
	sheet_of(&then, "Dockerfile",
		 "FROM x\nRUN a && b\nCOPY <<E /f\nbody\nE\n");
	found(&then, "A1", "a &&");
	found(&then, "A2", "COPY");
	sheet_of(&now, "./Dockerfile",
		 "# new\nFROM x\r\n\nRUN   a \\\n# why\n  && b\r\n"
		 "COPY <<E /f\nbody\nE\n");
	found(&now, "A1", "b\r");
	found(&now, "A2", "COPY");
	assert_int_equal(hidden(&then, &now, &b), 2);
	assert_int_equal(now.r.n, 0);
	size_t at = 0;
	assert_null(lint_baseline_stale(&b, &at));
}

TEST(baseline, what_changed_is_new)
{
	static const char *const changed[] = {
		"FROM x\nRUN b\n",	 /* another command */
		"FROM x\nRUN a\nRUN a\n" /* once more: the second is new */
	};
	for (size_t i = 0; i < 2; i++) {
		scoped(lint_baseline_done) struct baseline b = { 0 };
		struct sheet then, now;
		sheet_of(&then, "Dockerfile", "FROM x\nRUN a\n");
		found(&then, "A1", "RUN");
		sheet_of(&now, "Dockerfile", changed[i]);
		found(&now, "A1", "RUN");
		if (i == 1)
			found(&now, "A1", "a\nRUN");
		now.findings[1].at.at = 13;
		assert_int_equal(hidden(&then, &now, &b), i);
		assert_int_equal(now.r.n, 1);
		assert_int_equal(now.findings[0].at.at, i ? 13 : 7);
	}
}

TEST(baseline, bodies_and_comments_count)
{
	scoped(lint_baseline_done) struct baseline b = { 0 };
	struct sheet then, now;
	sheet_of(&then, "D", "# hadolint ignore=A\nCOPY <<E /f\nbody\nE\n");
	found(&then, "A1", "# hado");
	found(&then, "A2", "COPY");
	sheet_of(&now, "D", "\n#  hadolint ignore=A\nCOPY <<E /f\nother\nE\n");
	found(&now, "A1", "#  hado");
	found(&now, "A2", "COPY");
	assert_int_equal(hidden(&then, &now, &b), 1);
	assert_string_equal(now.findings[0].id, "A2");
}

TEST(baseline, stale)
{
	scoped(lint_baseline_done) struct baseline b = { 0 };
	struct sheet then, now;
	sheet_of(&then, "Dockerfile", "FROM x\nRUN a\n");
	found(&then, "A1", "RUN");
	found(&then, "A2", "RUN");
	sheet_of(&now, "Dockerfile", "FROM x\nRUN a\n");
	found(&now, "A2", "RUN");
	assert_int_equal(hidden(&then, &now, &b), 1);
	size_t at = 0;
	const struct baseline_entry *e = lint_baseline_stale(&b, &at);
	assert_non_null(e);
	assert_true(str_eqz(e->path, "Dockerfile"));
	assert_true(str_eqz(e->rule, "A1"));
	assert_int_equal(e->line, 2);
	assert_null(lint_baseline_stale(&b, &at));
	/* A file that was not linted, or could not be, tells nothing. */
	struct err err = { 0 };
	size_t n;
	b.entries[0].looked = b.entries[1].looked = false;
	now.r.path = STR("other");
	assert_ok(lint_baseline_apply(&b, &now.r, 1, &n, &err), &err);
	now.r.path = STR("Dockerfile");
	const struct err io = { .code = ERR_IO };
	now.r.err = &io;
	assert_ok(lint_baseline_apply(&b, &now.r, 1, &n, &err), &err);
	at = 0;
	assert_null(lint_baseline_stale(&b, &at));
}

#define HEX "0123456789abcdef0123456789abcdef"

TEST(baseline, reads_names_back)
{
	struct err err = { 0 };
	scoped(lint_baseline_done) struct baseline b = { 0 };
	struct str file = STR("# pare lint baseline 1\r\n"
			      "\r\n"
			      "# a remark\n"
			      "\\x23\\n\\\\ \\\"\\xff\tDL1\t" HEX "\t2\r\n"
			      "a\tDL1\t" HEX "\t1\n"
			      "a\tDL1\t" HEX "\t1");
	assert_ok(lint_baseline_read(file, &b, &err), &err);
	assert_int_equal(b.n, 3);
	assert_true(str_eqz(b.entries[0].path, "#\n\\ \"\xff"));
	assert_int_equal(b.entries[0].nth, 2);
	assert_int_equal(b.entries[1].line, 5);
}

TEST(baseline, broken)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
		{ "", "line 1 is not \"# pare lint baseline 1\"" },
		{ "# pare lint baseline 2\n",
		  "line 1 is not \"# pare lint baseline 1\"" },
#define BAD \
	"line 2 is no path, rule, fingerprint and number with tabs between: "
		{ "<<<<<<< ours", BAD "<<<<<<< ours" },
		{ "a\tDL1\t" HEX, BAD "a\\tDL1\\t" HEX },
		{ "a\tDL1\t" HEX "\t0", BAD "a\\tDL1\\t" HEX "\\t0" },
		{ "a\tDL1\t" HEX "\t1\t2", BAD "a\\tDL1\\t" HEX "\\t1\\t2" },
		{ "a\tDL1\t0" HEX "\t1", BAD "a\\tDL1\\t0" HEX "\\t1" },
		{ "a\tD 1\t" HEX "\t1", BAD "a\\tD 1\\t" HEX "\\t1" },
		{ "\tDL1\t" HEX "\t1", BAD "\\tDL1\\t" HEX "\\t1" },
		{ "a\\\tDL1\t" HEX "\t1", BAD "a\\\\\\tDL1\\t" HEX "\\t1" },
		{ "\\x2\tDL1\t" HEX "\t1", BAD "\\\\x2\\tDL1\\t" HEX "\\t1" },
		{ "\\q\tDL1\t" HEX "\t1", BAD "\\\\q\\tDL1\\t" HEX "\\t1" },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = { 0 };
		struct baseline b = { 0 };
		char text[512];
		snprintf(text, sizeof text, "%s%s",
			 i < 2 ? "" : "# pare lint baseline 1\n",
			 cases[i].text);
		assert_fails(lint_baseline_read(str_of(text), &b, &err), &err,
			     ERR_CORRUPT, cases[i].why);
	}
}

TEST(baseline, one_path_however_named)
{
	static const char *const names[] = { "a/b", "./a/b", ".//a//b", "a/./b",
					     "a/.//./b" };
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		scoped(lint_baseline_done) struct baseline b = { 0 };
		struct sheet then, now;
		sheet_of(&then, names[i], "FROM x\n");
		found(&then, "A1", "FROM");
		sheet_of(&now, "a/b", "FROM x\n");
		found(&now, "A1", "FROM");
		assert_int_equal(hidden(&then, &now, &b), 1);
		assert_true(str_eqz(b.entries[0].path, "a/b"));
	}
}

/* Over the parser's ceiling lines are physical ones. */
TEST(baseline, a_file_too_large_to_parse)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	struct finding_fingerprint *prints;
	size_t n = DF_SIZE_MAX + 1;
	char *text = malloc(n);
	assert_non_null(text);
	memset(text, '\n', n);
	memcpy(text, "FROM  x", 7);
	static const uint32_t lines[] = { 0, 8 };
	struct finding f = { .id = "A1", .from = { 1, 1 } };
	struct finding_list r = { .text = { text, n },
				  .lines = lines,
				  .n_lines = 2,
				  .findings = &f,
				  .n = 1 };
	assert_ok(lint_fingerprints(&r, &a, &prints, &err), &err);
	assert_string_equal(prints[0].hex, "18c3b6c9a1c270072d8c7ece795d2464");
	free(text);
}

TESTS_MAIN(unit(baseline, file), unit(baseline, nothing_found),
	   unit(baseline, moved_and_laid_out_anew_is_the_same),
	   unit(baseline, what_changed_is_new),
	   unit(baseline, bodies_and_comments_count), unit(baseline, stale),
	   unit(baseline, reads_names_back), unit(baseline, broken),
	   unit(baseline, one_path_however_named),
	   unit(baseline, a_file_too_large_to_parse))

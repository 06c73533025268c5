/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/shellcheck/shellcheck.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lint/shellcheck/shellcheck_process.h"
#include "lint/shellcheck/shellcheck_script.h"
#include "base/test.h"
#include "lint/table.h"

static const struct lint_choice everything = { .show = SEV_STYLE };

static struct lint_job *job_of(const char *text,
			       const struct lint_choice *choice)
{
	struct err err = { 0 };
	struct lint_job *job = NULL;
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = str_of(text),
				 .choice = choice };
	in.rules = &lint_all_rules;
	assert_ok(lint_open(&in, &job, &err), &err);
	return job;
}

/* "LINE:COLUMN-LINE:COLUMN ID SEVERITY: MESSAGE\n" of each SC finding. */
static void finish(struct lint_job **job, struct buf *out)
{
	static const char *const severity[] = { "error", "warning", "info",
						"style" };
	struct err err = { 0 };
	scoped(arena_done) struct arena keep = { 0 };
	struct finding_list r = { 0 };
	assert_ok(lint_finish(job, &keep, &r, &err), &err);
	for (size_t i = 0; i < r.n; i++) {
		const struct finding *f = &r.findings[i];
		if (strncmp(f->id, "SC", 2) != 0)
			continue;
		assert_ok(buf_addf(out, &err, "%u:%u-%u:%u %s %s: %.*s\n",
				   f->from.line, f->from.column, f->to.line,
				   f->to.column, f->id, severity[f->severity],
				   STR_ARG(f->message)),
			  &err);
	}
}

/* --- scripts -------------------------------------------------------------- */

/* What shellcheck gets for the n-th RUN, without the line of exports when it
 * has only what every RUN has; "" when it is not asked. */
static void expect_script(const char *text, size_t n, const char *want)
{
	static const char always[] =
		"export ALL_PROXY=1 FTP_PROXY=1 HOME=1 HTTPS_PROXY=1 "
		"HTTP_PROXY=1 "
		"NO_PROXY=1 all_proxy=1 ftp_proxy=1 http_proxy=1 "
		"https_proxy=1 no_proxy=1\n";
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	scoped(buf_done) struct buf got = BUF_INIT(1 << 20);
	scoped(lint_close) struct lint_job *job = job_of(text, &everything);
	const struct lint_file *f = lint_job_file(job);
	struct check_script s = { 0 };
	assert_true(n < f->n_runs);
	assert_ok(lint_shellcheck_script_make(job, &f->runs[n], &a, &s, &err),
		  &err);
	const char *at = s.text.p ? strstr(s.text.p, always) : NULL;
	size_t head = at ? (size_t)(at - s.text.p) : 0;
	assert_ok(buf_add(&got, s.text.p, head, &err), &err);
	if (at)
		head += sizeof always - 1;
	assert_ok(buf_str_add(&got, str_from(s.text, head), &err), &err);
	assert_string_equal(buf_cstr(&got), want);
}

TEST(shellcheck, the_shell_in_force)
{
	static const struct {
		const char *shell, *want;
	} cases[] = {
		{ "", "#!/bin/sh\ncd x\n" },
		{ "SHELL [\"/bin/bash\",\"-c\"]\n", "#!/bin/bash\ncd x\n" },
		{ "SHELL [\"/bin/bash\",\"-o\",\"pipefail\",\"-c\"]\n",
		  "#!/bin/bash\ncd x\n" },
		{ "SHELL [\"bash\",\"-eo\",\"pipefail\",\"-c\"]\n",
		  "#!/bin/bash -e\ncd x\n" },
		{ "SHELL [\"/bin/sh\",\"-o\",\"errexit\",\"-c\"]\n",
		  "#!/bin/sh -e\ncd x\n" },
		{ "SHELL [\"/bin/ash\",\"-c\"]\n", "#!/bin/ash\ncd x\n" },
		{ "SHELL [\"/usr/bin/env\",\"-S\",\"dash\",\"-c\"]\n",
		  "#!/bin/dash\ncd x\n" },
		{ "SHELL [\"/bin/zsh\",\"-c\"]\n", "" },
		{ "SHELL [\"cmd\",\"/S\",\"/C\"]\n", "" },
		{ "SHELL [\"powershell\",\"-command\"]\n", "" },
		{ "SHELL [\"/bin/bash\",\"-c\"]\nSHELL [\"/bin/sh\",\"-c\"]\n",
		  "#!/bin/sh\ncd x\n" },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[512];
		snprintf(text, sizeof text, "FROM x\n%sRUN cd x\n",
			 cases[i].shell);
		expect_script(text, 0, cases[i].want);
	}
}

/* By sh the program is meant that the base has under that name. */
TEST(shellcheck, the_sh_of_the_base)
{
	expect_script("FROM debian:12\nRUN a\n", 0, "#!/bin/sh\na\n");
	expect_script("FROM rockylinux:9\nRUN a\n", 0, "#!/bin/bash\na\n");
	expect_script("FROM rockylinux:9\nSHELL [\"/bin/ash\",\"-c\"]\nRUN a\n",
		      0, "#!/bin/ash\na\n");
	expect_script("FROM alpine:3.22\nRUN a\n", 0, "#!/bin/sh\na\n");
	expect_script("FROM debian:12\nRUN <<E\n#!/bin/sh\na\nE\n", 0,
		      "#!/bin/sh\na\n\n");
}

TEST(shellcheck, forms_of_run)
{
	expect_script("FROM x\nRUN [\"ls\", \"$x\"]\n", 0, "");
	expect_script("FROM x\nRUN a && \\\n  # note\n  b\n", 0,
		      "#!/bin/sh\na &&   b\n");
	expect_script("FROM x\nONBUILD RUN a\n", 0, "#!/bin/sh\na\n");
	expect_script("FROM x\nRUN <<E\na\nb\nE\n", 0, "#!/bin/sh\na\nb\n\n");
	expect_script("FROM x\nRUN <<E\n#!/usr/bin/env bash\na\nE\n", 0,
		      "#!/bin/bash\na\n\n");
	expect_script("FROM x\nRUN <<E\n#!/bin/sh -e\na\nE\n", 0,
		      "#!/bin/sh -e\na\n\n");
	expect_script("FROM x\nRUN <<E\n#!/usr/bin/python3\na\nE\n", 0, "");
	expect_script("FROM x\nRUN --mount=type=cache,target=/x a\n", 0,
		      "#!/bin/sh\na\n");
}

TEST(shellcheck, exports_what_is_known)
{
	const char *text = "ARG global\n"
			   "FROM x AS base\n"
			   "ENV inherited=1 B-AD=2\n"
			   "FROM base\n"
			   "ARG one two=2\n"
			   "ENV legacy some words\n"
			   "RUN a\n"
			   "ARG late\n"
			   "RUN a\n"
			   "FROM x\n"
			   "RUN a\n";
	expect_script(text, 0,
		      "#!/bin/sh\nexport ALL_PROXY=1 FTP_PROXY=1 HOME=1 "
		      "HTTPS_PROXY=1 "
		      "HTTP_PROXY=1 NO_PROXY=1 all_proxy=1 ftp_proxy=1 "
		      "http_proxy=1 https_proxy=1 inherited=1 legacy=1 "
		      "no_proxy=1 one=\"$1\" two=1\na\n");
	expect_script(
		text, 1,
		"#!/bin/sh\nexport ALL_PROXY=1 FTP_PROXY=1 HOME=1 "
		"HTTPS_PROXY=1 "
		"HTTP_PROXY=1 NO_PROXY=1 all_proxy=1 ftp_proxy=1 "
		"http_proxy=1 https_proxy=1 inherited=1 late=\"$1\" legacy=1 "
		"no_proxy=1 one=\"$1\" two=1\na\n");
	expect_script(text, 2, "#!/bin/sh\na\n");
	expect_script("FROM node:22 AS b\nFROM b\nRUN a\n", 0,
		      "#!/bin/sh\nexport ALL_PROXY=1 FTP_PROXY=1 HOME=1 "
		      "HTTPS_PROXY=1 HTTP_PROXY=1 NODE_VERSION=1 NO_PROXY=1 "
		      "NPM_CONFIG_LOGLEVEL=1 YARN_VERSION=1 all_proxy=1 "
		      "ftp_proxy=1 http_proxy=1 https_proxy=1 no_proxy=1\na\n");
}

TEST(shellcheck, scripts_that_are_too_long)
{
	char *text = malloc(SHELLCHECK_SCRIPT_MAX + 64);
	assert_non_null(text);
	strcpy(text, "FROM x\nRUN <<E\n");
	size_t n = strlen(text);
	memset(text + n, ':', SHELLCHECK_SCRIPT_MAX);
	strcpy(text + n + SHELLCHECK_SCRIPT_MAX, "\nE\n");
	expect_script(text, 0, "");
	free(text);
}

/* n times a, then b, as the script of a RUN; is shellcheck asked? */
static bool is_asked(const char *a, size_t n, const char *b)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena arena = { 0 };
	scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
	struct check_script s;
	assert_ok(buf_str_add(&text, STR("FROM x\nRUN "), &err), &err);
	for (size_t i = 0; i < n; i++)
		assert_ok(buf_str_add(&text, str_of(a), &err), &err);
	assert_ok(buf_str_add(&text, str_of(b), &err), &err);
	scoped(lint_close) struct lint_job *job =
		job_of(buf_cstr(&text), &everything);
	int r = lint_shellcheck_script_make(job, &lint_job_file(job)->runs[0],
					    &arena, &s, &err);
	assert_ok(r, &err);
	return r > 0;
}

TEST(shellcheck, scripts_that_cost_too_much)
{
	assert_true(is_asked("$(", 64, "a\n"));
	assert_false(is_asked("$(", 65, "a\n"));
	assert_false(is_asked("if ", 65, "a\n"));
	assert_true(is_asked("iffy if=1 xif ", 65, "a\n"));
	assert_true(
		is_asked("if a;then b;fi;for i in a;do b;done;", 99, "a\n"));
	assert_true(
		is_asked("case a in b) c;; esac; (a); { b; }; ", 99, "a\n"));
	assert_true(is_asked("! ", 900, "a\n"));
	assert_true(is_asked("a && ", 1000, "a\n"));
	assert_false(is_asked("a && ", 1000, "a;\n"));
}

/* A place of the script, in the file as "FROM-TO" offsets. */
static void expect_place(const char *text, struct check_place at, int64_t from,
			 int64_t to)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	scoped(lint_close) struct lint_job *job = job_of(text, &everything);
	struct check_script s = { 0 };
	struct span span;
	assert_int_equal(
		lint_shellcheck_script_make(job, &lint_job_file(job)->runs[0],
					    &a, &s, &err),
		1);
	bool is = lint_shellcheck_script_place(&s, &at, &span);
	assert_int_equal(is, from >= 0);
	if (is) {
		assert_int_equal(span.at, from);
		assert_int_equal(span_end(span), to);
	}
}

TEST(shellcheck, places)
{
	/* Characters are not bytes; a tab is one. */
	const char *one = "FROM x\nRUN \xc3\xa9\t\xf0\x9f\x90\xb3 $x\n";
	expect_place(one, (struct check_place){ 3, 5, 3, 7 }, 19, 21);
	/* What is no UTF-8 is a byte each, a surrogate one. */
	const char *raw = "FROM x\nRUN \xff\xed\xa0\x80 $x\n";
	expect_place(raw, (struct check_place){ 3, 4, 3, 6 }, 16, 18);
	/* Over a continuation: what was taken out is in it. */
	const char *two = "FROM x\nRUN a \\\n  b\n";
	expect_place(two, (struct check_place){ 3, 1, 3, 6 }, 11, 18);
	/* A heredoc, and one with its own #!. */
	const char *doc = "FROM x\nRUN <<-E\n\ta\n\t\tbc\nE\n";
	expect_place(doc, (struct check_place){ 4, 1, 4, 3 }, 21, 23);
	const char *own = "FROM x\nRUN <<E\n#!/bin/sh\nab\nE\n";
	expect_place(own, (struct check_place){ 3, 2, 3, 3 }, 26, 27);
	/* The preamble; the end of all, and beyond. */
	expect_place(one, (struct check_place){ 1, 1, 1, 3 }, -1, 0);
	expect_place(one, (struct check_place){ 2, 1, 3, 3 }, -1, 0);
	expect_place(one, (struct check_place){ 4, 1, 4, 1 }, 21, 21);
	expect_place(one, (struct check_place){ 99, 99, 99, 99 }, 21, 21);
	expect_place(one, (struct check_place){ 3, 99, 1, 1 }, 21, 21);
}

/* --- a program that is not shellcheck ------------------------------------- */

/* Writes a sham and asks it about the Dockerfile. */
static int ask(const char *sham, const char *text,
	       const struct lint_choice *choice, uint32_t timeout_ms,
	       struct buf *out, struct err *err)
{
	char dir[] = "/tmp/pare-test-XXXXXX", path[64];
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/sham", dir);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fprintf(f, "#!/bin/sh\n%s\n", sham) > 0);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(chmod(path, 0700), 0);
	struct lint_job *job = job_of(text, choice);
	struct shellcheck_options o = { .program = path,
					.timeout_ms = timeout_ms };
	int r = lint_shellcheck_run(&job, 1, &o, err);
	finish(&job, out);
	unlink(path);
	rmdir(dir);
	return r;
}

#define COMMENT(code, level, at)                                  \
	"{\"file\":\"0\",\"line\":3,\"endLine\":3,\"column\":" at \
	",\"endColumn\":5,\"level\":\"" level "\",\"code\":" code \
	",\"message\":\"m.\",\"fix\":null}"
#define ANSWER(comments) "echo '{\"comments\":[" comments "]}'"

TEST(shellcheck, what_it_says)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	const char *sham = ANSWER(
		COMMENT("2086", "info", "3") "," COMMENT("1090", "error", "1") "," COMMENT(
			"1091", "error",
			"1") "," COMMENT("2187", "error",
					 "1") "," COMMENT("1072", "error",
							  "1") "," COMMENT("200"
									   "1",
									   "sty"
									   "le",
									   "2") "," COMMENT("2034",
											    "warning",
											    "4")) "; exit 1";
	int r = ask(sham, "FROM x\nRUN abcdef\n", &everything, 0, &out, &err);
	assert_ok(r, &err);
	assert_int_equal(r, 1);
	assert_string_equal(buf_cstr(&out), "2:5-2:9 SC1072 error: m\n"
					    "2:6-2:9 SC2001 style: m\n"
					    "2:7-2:9 SC2086 info: m\n"
					    "2:8-2:9 SC2034 warning: m\n");
}

/* Denied any sh, and done by the one that is there. */
TEST(shellcheck, what_the_sh_of_the_base_does)
{
	static const struct {
		const char *from, *want;
	} cases[] = {
		{ "alpine:3.22", "2:5-2:9 SC3054 warning: m\n" },
		{ "debian:12", "2:5-2:9 SC3037 warning: m\n"
			       "2:5-2:9 SC3054 warning: m\n" },
		{ "x", "2:5-2:9 SC3037 warning: m\n"
		       "2:5-2:9 SC3043 warning: m\n"
		       "2:5-2:9 SC3054 warning: m\n" },
	};
	const char *sham = ANSWER(COMMENT("3037", "warning", "1") "," COMMENT(
		"3043", "warning", "1") "," COMMENT("3054", "warning", "1"));
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
		char text[64];
		snprintf(text, sizeof text, "FROM %s\nRUN abcdef\n",
			 cases[i].from);
		assert_ok(ask(sham, text, &everything, 0, &out, &err), &err);
		assert_string_equal(buf_cstr(&out), cases[i].want);
	}
}

TEST(shellcheck, choice_and_pragmas)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	const char *sham = ANSWER(
		COMMENT("2086", "info", "3") "," COMMENT("2034", "error", "1"));
	struct str names[] = { STR("SC2034") };
	struct lint_choice choice = everything;
	choice.ignore = names;
	choice.n_ignore = 1;
	assert_ok(ask(sham, "FROM x\nRUN abcdef\n", &choice, 0, &out, &err),
		  &err);
	assert_string_equal(buf_cstr(&out), "2:7-2:9 SC2086 info: m\n");
	buf_reset(&out);
	assert_ok(ask(sham, "FROM x\n# hadolint ignore=SC2086\nRUN abcdef\n",
		      &everything, 0, &out, &err),
		  &err);
	assert_string_equal(buf_cstr(&out), "3:5-3:9 SC2034 error: m\n");
	/* Nothing of it is wanted: it is not asked. */
	names[0] = STR("PARE-SYNTAX");
	choice = everything;
	choice.select = names;
	choice.n_select = 1;
	buf_reset(&out);
	assert_ok(ask("exit 3", "FROM x\nRUN abcdef\n", &choice, 0, &out, &err),
		  &err);
	assert_string_equal(buf_cstr(&out), "");
}

TEST(shellcheck, failures)
{
	static const struct {
		const char *sham;
		enum err_code code;
		const char *why; /* behind the program's path */
	} cases[] = {
		{ "echo 'no\x1b such' >&2; echo more >&2; exit 3", ERR_IO,
		  " ended with status 3: no\\x1b such" },
		{ "exit 2", ERR_IO, " ended with status 2" },
		{ "echo", ERR_CORRUPT, ": no answer in shellcheck's JSON" },
		{ "echo '{\"comments\":{}}'", ERR_CORRUPT,
		  ": no answer in shellcheck's JSON" },
		{ "echo '[]'", ERR_CORRUPT,
		  ": no answer in shellcheck's JSON" },
		{ ANSWER("1"), ERR_CORRUPT,
		  ": no answer in shellcheck's JSON" },
		{ ANSWER(COMMENT("-1", "info", "1")), ERR_CORRUPT,
		  ": no answer in shellcheck's JSON" },
		{ ANSWER(COMMENT("1", "loud", "1")), ERR_CORRUPT,
		  ": no answer in shellcheck's JSON" },
		{ "kill -9 $$", ERR_IO, " was ended by signal 9" },
		{ "exec sleep 60", ERR_IO, " took over 1 seconds" },
		{ "sleep 60 & echo", ERR_IO, " took over 1 seconds" },
		{ "exec >&- 2>&-; sleep 60", ERR_IO, " took over 1 seconds" },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
		assert_int_equal(ask(cases[i].sham, "FROM x\nRUN abcdef\n",
				     &everything, 1000, &out, &err),
				 -1);
		const char *name = strstr(err.text, "/sham");
		assert_non_null(name);
		assert_string_equal(name + 5, cases[i].why);
		assert_int_equal(err.code, cases[i].code);
		assert_string_equal(buf_cstr(&out), "");
	}
}

/* Endless output ends at the ceiling, not at the end of memory. */
TEST(shellcheck, endless)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	assert_int_equal(ask("exec cat /dev/zero", "FROM x\nRUN a\n",
			     &everything, 0, &out, &err),
			 -1);
	assert_int_equal(err.code, ERR_LIMIT);
	err_clear(&err);
	assert_ok(ask("head -c 9999999 /dev/zero >&2; " ANSWER(""),
		      "FROM x\nRUN a\n", &everything, 0, &out, &err),
		  &err);
}

/* It sees a private directory, no input, none of the user's options, and
 * equal scripts once. */
TEST(shellcheck, what_it_sees)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	setenv("SHELLCHECK_OPTS", "-f gcc", 1);
	const char *sham =
		"[ \"$*\" = '--norc --format=json1 --severity=style -- 0 1' ] "
		"|| exit 11\n"
		"[ \"$(stat -c %a .)\" = 700 ] || exit 12\n"
		"[ \"$(ls -1 | tr '\\n' ' ')\" = '0 1 ' ] || exit 13\n"
		"[ -z \"$(cat)\" ] || exit 14\n"
		"[ -z \"${SHELLCHECK_OPTS+x}\" ] || exit 15\n"
		"[ \"$(stat -c %a 0)\" = 600 ] || exit 16\n" ANSWER(
			COMMENT("2086", "info", "1"));
	assert_ok(ask(sham, "FROM x\nRUN abcd\nRUN abcd\nRUN bbbb\n",
		      &everything, 0, &out, &err),
		  &err);
	unsetenv("SHELLCHECK_OPTS");
	assert_string_equal(buf_cstr(&out), "2:5-2:9 SC2086 info: m\n"
					    "3:5-3:9 SC2086 info: m\n");
}

TEST(shellcheck, where_it_is)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	struct str found = { 0 };
	char *path = strdup(getenv("PATH"));
	char dir[] = "/tmp/pare-test-XXXXXX", name[64];
	assert_non_null(mkdtemp(dir));
	snprintf(name, sizeof name, "%s/shellcheck", dir);
	setenv("PATH", dir, 1);
	assert_int_equal(lint_shellcheck_program_find(NULL, &found, &a, &err),
			 0);
	assert_int_equal(close(open(name, O_CREAT | O_WRONLY, 0600)), 0);
	assert_int_equal(lint_shellcheck_program_find(NULL, &found, &a, &err),
			 0);
	assert_int_equal(chmod(name, 0700), 0);
	assert_int_equal(lint_shellcheck_program_find(NULL, &found, &a, &err),
			 1);
	assert_true(str_eqz(found, name));
	/* Nothing from the current directory. */
	assert_int_equal(chdir(dir), 0);
	setenv("PATH", ".::", 1);
	assert_int_equal(lint_shellcheck_program_find(NULL, &found, &a, &err),
			 0);
	assert_fails(
		lint_shellcheck_program_find("shellcheck", &found, &a, &err),
		&err, ERR_NOT_FOUND, "shellcheck is not in PATH");
	assert_int_equal(
		lint_shellcheck_program_find("./shellcheck", &found, &a, &err),
		1);
	assert_fails(lint_shellcheck_program_find("./none", &found, &a, &err),
		     &err, ERR_NOT_FOUND, "./none: No such file or directory");
	assert_fails(lint_shellcheck_program_find("./", &found, &a, &err), &err,
		     ERR_USAGE, "./ is no program");
	setenv("PATH", path, 1);
	free(path);
	unlink(name);
	rmdir(dir);
	assert_int_equal(chdir("/"), 0);
}

/* --- the true one --------------------------------------------------------- */

TEST(shellcheck, installed)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	struct str program;
	struct shellcheck_options o = { .threads = 4 };
	if (lint_shellcheck_program_find(NULL, &program, &a, &err) == 0)
		return;
	struct lint_job *jobs[3] = {
		job_of("FROM x\nARG known\nRUN echo $known \\\n  $other && \\\n"
		       "  cd /x\n",
		       &everything),
		NULL,
		job_of("FROM x\nRUN <<E\necho \"\xc3\xa9\" `ls`\nE\n"
		       "RUN . /etc/profile\n",
		       &everything),
	};
	assert_int_equal(lint_shellcheck_run(jobs, 3, &o, &err), 1);
	finish(&jobs[0], &out);
	finish(&jobs[2], &out);
	/* Its words may change, its codes and places hardly. */
	const char *text = buf_cstr(&out);
	assert_non_null(strstr(text, "4:3-4:9 SC2086 info: "));
	assert_non_null(strstr(text, "4:3-4:9 SC2154 warning: other is "));
	assert_non_null(strstr(text, "3:11-3:15 SC2006 style: "));
	assert_null(strstr(text, "SC1091"));
	assert_null(strstr(text, "known"));
}

TESTS_MAIN(unit(shellcheck, the_shell_in_force),
	   unit(shellcheck, the_sh_of_the_base),
	   unit(shellcheck, what_the_sh_of_the_base_does),
	   unit(shellcheck, forms_of_run),
	   unit(shellcheck, exports_what_is_known),
	   unit(shellcheck, scripts_that_are_too_long),
	   unit(shellcheck, scripts_that_cost_too_much),
	   unit(shellcheck, places), unit(shellcheck, what_it_says),
	   unit(shellcheck, choice_and_pragmas), unit(shellcheck, failures),
	   unit(shellcheck, endless), unit(shellcheck, what_it_sees),
	   unit(shellcheck, where_it_is), unit(shellcheck, installed))

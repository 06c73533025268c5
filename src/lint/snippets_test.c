/* SPDX-License-Identifier: Apache-2.0 */
/* Short Dockerfiles with all that is found in each, many to a file.
 *
 * tests/fixtures/lint/snippets/NAME.txt is a list of
 *
 *	% what the snippet shows
 *	%rules DL4006,SC2      these alone; without it those that are on
 *	%ask shellcheck        it is asked, too
 *	%text PATH TEXT        a file of the context; \n is a line end
 *	FROM ...               the Dockerfile
 *	%want
 *	3:5 DL4006             a finding a line; "%words" in front of them all
 *	                       when their messages stand behind
 *
 * Nothing between %want and the next snippet: nothing is found. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/test.h"
#include "lint/lint.h"
#include "lint/shellcheck/shellcheck.h"
#include "lint/table.h"

enum { TEXT_MAX = 1 << 20, NAMES_MAX = 16 };

struct snippet {
	char title[200];
	struct str names[NAMES_MAX];
	size_t n_names;
	bool ask, words, context;
	char dir[64];
	struct buf text, want;
};

/* All are told before the test fails. */
static size_t n_failed;

static void add_line(struct buf *b, const char *line)
{
	struct err err = { 0 };
	assert_ok(buf_addf(b, &err, "%s\n", line), &err);
}

static void read_names(struct snippet *s, char *list)
{
	for (char *name; (name = strsep(&list, ","));)
		s->names[s->n_names++] = str_of(name);
}

/* "PATH TEXT" below the snippet's directory. */
static void make_file(struct snippet *s, char *line)
{
	char path[512];
	char *name = strsep(&line, " ");
	if (!s->context)
		assert_non_null(mkdtemp(s->dir));
	s->context = true;
	snprintf(path, sizeof path, "%s/%s", s->dir, name);
	for (char *p = path + strlen(s->dir) + 1; *p; p++)
		if (*p == '/') {
			*p = 0;
			mkdir(path, 0777);
			*p = '/';
		}
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	for (; line && *line; line++) {
		bool end = strncmp(line, "\\n", 2) == 0;
		fputc(end ? '\n' : *line, f);
		line += end;
	}
	fclose(f);
}

static void add_findings(const struct snippet *s, const struct finding_list *r,
			 struct buf *got)
{
	struct err err = { 0 };
	for (size_t i = 0; i < r->n; i++) {
		const struct finding *f = &r->findings[i];
		assert_ok(buf_addf(got, &err, "%u:%u %s", f->from.line,
				   f->from.column, f->id),
			  &err);
		if (s->words)
			assert_ok(buf_addf(got, &err, ": %.*s",
					   STR_ARG(f->message)),
				  &err);
		assert_ok(buf_byte(got, '\n', &err), &err);
	}
}

static void assert_snippet(struct snippet *s)
{
	struct err err = { 0 };
	struct lint_choice choice = { .select = s->names,
				      .n_select = s->n_names,
				      .show = SEV_STYLE };
	scoped(arena_done) struct arena keep = { 0 };
	scoped(buf_done) struct buf got = BUF_INIT(TEXT_MAX);
	struct finding_list r = { 0 };
	struct shellcheck_options options = { 0 };
	struct lint_input in = { .path = STR("-"),
				 .text = buf_str(&s->text),
				 .choice = &choice,
				 .context = s->context ? s->dir : NULL };
	scoped(lint_close) struct lint_job *job = NULL;
	in.rules = &lint_all_rules;
	assert_ok(lint_open(&in, &job, &err), &err);
	int asked = s->ask ? lint_shellcheck_run(&job, 1, &options, &err) : 1;
	assert_ok(asked, &err);
	assert_ok(lint_finish(&job, &keep, &r, &err), &err);
	add_findings(s, &r, &got);
	/* Without shellcheck its snippets cannot be told. */
	if (asked == 0 || strcmp(buf_cstr(&got), buf_cstr(&s->want)) == 0)
		return;
	fprintf(stderr, "%s: wanted\n%sgot\n%s", s->title, buf_cstr(&s->want),
		buf_cstr(&got));
	n_failed++;
}

static void end_snippet(struct snippet *s)
{
	char command[128];
	if (s->title[0])
		assert_snippet(s);
	if (s->context) {
		snprintf(command, sizeof command, "rm -rf '%s'", s->dir);
		assert_int_equal(system(command), 0);
	}
	buf_done(&s->text);
	buf_done(&s->want);
	*s = (struct snippet){ .dir = "/tmp/lint-snippet.XXXXXX",
			       .text = BUF_INIT(TEXT_MAX),
			       .want = BUF_INIT(TEXT_MAX) };
}

/* A line of a snippet's head; false: it is none. */
static bool say(struct snippet *s, char *line)
{
	if (strncmp(line, "%rules ", 7) == 0)
		read_names(s, line + 7);
	else if (strcmp(line, "%ask shellcheck") == 0)
		s->ask = true;
	else if (strcmp(line, "%words") == 0)
		s->words = true;
	else if (strncmp(line, "%text ", 6) == 0)
		make_file(s, line + 6);
	else
		return false;
	return true;
}

static size_t assert_file(const char *path)
{
	char *file = NULL;
	size_t size = 0, n = 0;
	FILE *out = open_memstream(&file, &size), *f = fopen(path, "r");
	assert_non_null(f);
	for (int c; (c = fgetc(f)) != EOF;)
		fputc(c, out);
	fclose(f);
	fclose(out);
	struct snippet s = { 0 };
	end_snippet(&s);
	bool wants = false;
	char *rest = file;
	for (char *line; (line = strsep(&rest, "\n")) && (rest || *line);) {
		if (strncmp(line, "% ", 2) == 0) {
			end_snippet(&s);
			snprintf(s.title, sizeof s.title, "%s", line + 2);
			wants = false;
			n++;
		} else if (strcmp(line, "%want") == 0) {
			wants = true;
		} else if (!say(&s, line)) {
			add_line(wants ? &s.want : &s.text, line);
		}
	}
	end_snippet(&s);
	free(file);
	return n;
}

TEST(snippets, all)
{
	DIR *d = opendir(LINT_SNIPPETS);
	struct dirent *e;
	size_t n = 0;
	assert_non_null(d);
	while ((e = readdir(d))) {
		char path[1024];
		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, LINT_SNIPPETS "/%s", e->d_name);
		n += assert_file(path);
	}
	closedir(d);
	assert_int_equal(n_failed, 0);
	assert_true(n >= 30);
}

TESTS_MAIN(unit(snippets, all))

/* SPDX-License-Identifier: Apache-2.0 */
/* Files as people have them, with all that is found in each.
 *
 * tests/fixtures/lint/shapes: NAME.want says what is found in NAME.Dockerfile
 * or NAME.fragment: "LINE:COLUMN RULE" a finding (! behind it for an error), and behind those of pare
 * itself their bytes (- for none; e: estimated) and words. Lines in front of
 * them say how to look: "file PATH BYTES" is a file of the context (zeros),
 * "text PATH TEXT" one with a text (\n is a line end), "arg NAME=VALUE" a
 * build argument, "of FILE" another file to look at. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/test.h"
#include "lint/lint.h"
#include "lint/table.h"

enum { TEXT_MAX = 1 << 20 };

static void read_text(const char *path, struct buf *out)
{
	struct err err = { 0 };
	char part[4096];
	FILE *f = fopen(path, "r");
	if (!f)
		fail_msg("%s is not there", path);
	for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
		assert_ok(buf_add(out, part, n, &err), &err);
	fclose(f);
}

static void make_parents(char *path)
{
	for (char *p = path + 1; *p; p++)
		if (*p == '/') {
			*p = 0;
			mkdir(path, 0777);
			*p = '/';
		}
}

/* "file PATH BYTES" and "text PATH TEXT" below the directory. */
static void make_file(const char *dir, const char *line)
{
	char name[256], path[512];
	int at = 0;
	assert_int_equal(sscanf(line + 5, "%255s %n", name, &at), 1);
	snprintf(path, sizeof path, "%s/%s", dir, name);
	make_parents(path);
	int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0666);
	assert_true(fd >= 0);
	const char *rest = line + 5 + at;
	if (strncmp(line, "file", 4) == 0) {
		assert_int_equal(ftruncate(fd, atoll(rest)), 0);
	} else {
		for (; *rest; rest++) {
			bool end = strncmp(rest, "\\n", 2) == 0;
			assert_int_equal(write(fd, end ? "\n" : rest, 1), 1);
			rest += end;
		}
	}
	close(fd);
}

static void add_finding(const struct finding *f, struct buf *got)
{
	struct err err = { 0 };
	assert_ok(buf_addf(got, &err, "%u:%u %s%s", f->from.line,
			   f->from.column, f->id,
			   f->severity == SEV_ERROR ? "!" : ""),
		  &err);
	if (strncmp(f->id, "PARE", 4) == 0) {
		if (f->bytes_source == BYTES_UNKNOWN)
			assert_ok(buf_addf(got, &err, " -"), &err);
		else
			assert_ok(buf_addf(got, &err, " %llue",
					   (unsigned long long)f->bytes),
				  &err);
		assert_ok(buf_addf(got, &err, " %.*s", STR_ARG(f->message)),
			  &err);
	}
	assert_ok(buf_byte(got, '\n', &err), &err);
}

struct shape {
	char dir[64]; /* the context */
	char file[512];
	struct df_arg args[8];
	size_t n_args;
	bool context;
};

/* One line in front of the findings; false: it is none. */
static bool say(struct shape *s, char *line)
{
	if (strncmp(line, "file ", 5) == 0 || strncmp(line, "text ", 5) == 0) {
		make_file(s->dir, line);
		s->context = true;
	} else if (strncmp(line, "of ", 3) == 0) {
		snprintf(s->file, sizeof s->file, LINT_SHAPES "/%s", line + 3);
	} else if (strncmp(line, "arg ", 4) == 0) {
		struct df_arg *a = &s->args[s->n_args++];
		str_cut(str_of(line + 4), '=', &a->name, &a->value);
	} else {
		return false;
	}
	return true;
}

static void look(const struct shape *s, struct buf *got)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf text = BUF_INIT(TEXT_MAX);
	struct lint_choice choice = { .show = SEV_STYLE };
	scoped(arena_done) struct arena keep = { 0 };
	struct finding_list r = { 0 };
	read_text(s->file, &text);
	struct lint_input in = { .path = STR("-"),
				 .text = buf_str(&text),
				 .choice = &choice,
				 .args = s->args,
				 .n_args = s->n_args,
				 .context = s->context ? s->dir : NULL };
	in.rules = &lint_all_rules;
	assert_ok(lint_run_rules(&in, &keep, &r, &err), &err);
	for (size_t i = 0; i < r.n; i++)
		add_finding(&r.findings[i], got);
}

static void remove_tree(const char *dir)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	assert_int_equal(system(command), 0);
}

/* want is at the first line that is no "file", "arg", ... */
static void assert_shape(const char *name)
{
	struct shape s = { .dir = "/tmp/lint-shape.XXXXXX" };
	scoped(buf_done) struct buf want = BUF_INIT(TEXT_MAX);
	scoped(buf_done) struct buf got = BUF_INIT(TEXT_MAX);
	char path[512];
	assert_non_null(mkdtemp(s.dir));
	snprintf(path, sizeof path, LINT_SHAPES "/%s.want", name);
	read_text(path, &want);
	snprintf(s.file, sizeof s.file, LINT_SHAPES "/%s.Dockerfile", name);
	if (access(s.file, R_OK) != 0)
		snprintf(s.file, sizeof s.file, LINT_SHAPES "/%s.fragment",
			 name);
	char *p = (char *)buf_cstr(&want);
	for (char *end; (end = strchr(p, '\n')); p = end + 1) {
		*end = 0;
		if (say(&s, p))
			continue;
		*end = '\n';
		break;
	}
	look(&s, &got);
	remove_tree(s.dir);
	if (strcmp(buf_cstr(&got), p) == 0)
		return;
	/* More than cmocka's own messages hold. */
	fprintf(stderr, "%s: wanted\n%sgot\n%s", name, p, buf_cstr(&got));
	fail();
}

TEST(shapes, all)
{
	DIR *d = opendir(LINT_SHAPES);
	struct dirent *e;
	size_t n = 0;
	assert_non_null(d);
	while ((e = readdir(d))) {
		char *dot = strrchr(e->d_name, '.');
		if (!dot || strcmp(dot, ".want") != 0)
			continue;
		*dot = 0;
		assert_shape(e->d_name);
		n++;
	}
	closedir(d);
	assert_true(n >= 15);
}

/* No file is without its findings. */
TEST(shapes, each_has_a_want)
{
	DIR *d = opendir(LINT_SHAPES);
	struct dirent *e;
	assert_non_null(d);
	while ((e = readdir(d))) {
		char path[512], *dot = strrchr(e->d_name, '.');
		if (e->d_name[0] == '.' || strcmp(dot, ".want") == 0)
			continue;
		*dot = 0;
		snprintf(path, sizeof path, LINT_SHAPES "/%s.want", e->d_name);
		if (access(path, R_OK) != 0)
			fail_msg("%s is not there", path);
	}
	closedir(d);
}

TESTS_MAIN(unit(shapes, all), unit(shapes, each_has_a_want))

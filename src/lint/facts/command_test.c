/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/internal.h"

#include <stdio.h>

#include "base/test.h"
#include "lint/table.h"

struct opened {
	struct lint_job *job;
	const struct lint_file *f;
};

static void opened_done(struct opened *o)
{
	lint_close(&o->job);
}

static void open_it(const char *text, struct opened *o)
{
	struct err err = { 0 };
	struct lint_input in = { .path = STR("Dockerfile"),
				 .text = str_of(text) };
	in.rules = &lint_all_rules;
	assert_ok(lint_open(&in, &o->job, &err), &err);
	o->f = lint_job_file(o->job);
}

/* Commands as "name|arg|arg", unknown ones with ?, quoted ones with "; and the
 * text of the file that each stands in. */
static void assert_commands(const char *text, const char *want)
{
	scoped(opened_done) struct opened o = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(100000);
	struct err err = { 0 };
	open_it(text, &o);
	for (size_t r = 0; r < o.f->n_runs; r++)
		for (size_t i = 0; i < o.f->runs[r].n_commands; i++) {
			const struct lint_command *c =
				&o.f->runs[r].commands[i];
			assert_int_equal(c->index, i);
			for (size_t k = 0; k <= c->n_args; k++) {
				const struct lint_arg *a =
					k ? &c->args[k - 1] : &c->name;
				assert_ok(buf_addf(&b, &err, "%s%.*s%s%s",
						   k ? "|" : "",
						   STR_ARG(a->text),
						   a->known ? "" : "?",
						   a->quoted ? "\"" : ""),
					  &err);
			}
			struct str at = span_str(o.f->df->text, c->at);
			assert_ok(buf_addf(&b, &err, " <%.*s>\n", STR_ARG(at)),
				  &err);
		}
	assert_string_equal(buf_cstr(&b), want);
}

TEST(command, words)
{
	assert_commands("FROM a\nRUN apt-get install -y \"a b\" c\\ d 'e'f\n",
			"apt-get|install|-y|a b\"|c d|ef\" "
			"<apt-get install -y \"a b\" c\\ d 'e'f>\n");
	assert_commands("FROM a\nRUN $x y$z ${z}\"$y\" `a`$(b c)\n",
			"$x?|y$z?|${z}$y?\"|`a`$(b c)? "
			"<$x y$z ${z}\"$y\" `a`$(b c)>\na <a>\nb|c <b c>\n");
}

TEST(command, places_over_lines)
{
	assert_commands("FROM a\nRUN a \\\n # no\n  b && \\\n  c d\n",
			"a|b <a \\\n # no\n  b>\nc|d <c d>\n");
	assert_commands("FROM a\nRUN <<EOF\na b\nc\nEOF\n",
			"a|b <a b>\nc <c>\n");
	assert_commands("FROM a\nONBUILD RUN a \"\"\n", "a|\" <a \"\">\n");
	assert_commands("FROM a\nRUN x=1 >y\n", "? <x=1 >y>\n");
}

TEST(command, exec_form)
{
	assert_commands("FROM a\nRUN [\"apt-get\", \"install\", \"$x\"]\n",
			"apt-get\"|install\"|$x\" "
			"<\"apt-get\", \"install\", \"$x\">\n");
}

/* The first command of RUN `script`. */
static const struct lint_command *first(struct opened *o, const char *script)
{
	static char text[1000];
	snprintf(text, sizeof text, "FROM a\nRUN %s\n", script);
	open_it(text, o);
	assert_true(o->f->n_runs == 1 && o->f->runs[0].n_commands > 0);
	return &o->f->runs[0].commands[0];
}

TEST(command, names_and_verbs)
{
	static const struct {
		const char *script;
		bool is, verb;
	} rows[] = {
		{ "apt-get install x", true, true },
		{ "/usr/bin/apt-get install x", true, true },
		{ "apt-get -y install x", true, true },
		{ "apt-get -o A=b -qq install x", true, true },
		{ "apt-get update", true, false },
		{ "apt-get", true, false },
		{ "apt-get $x install", true, false },
		{ "sudo apt-get install x", false, false },
		{ "$apt install", false, false },
		{ "apt-getx install", false, false },
		{ "\"apt-get\" 'install'", true, true },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(opened_done) struct opened o = { 0 };
		const struct lint_command *c = first(&o, rows[i].script);
		if (lint_cmd_is(c, "apt apt-get") != rows[i].is ||
		    lint_cmd_verb(c, "apt-get", "install add") != rows[i].verb)
			fail_msg("%s", rows[i].script);
	}
}

TEST(command, options)
{
	static const struct {
		const char *script, *option;
		bool has;
	} rows[] = {
		{ "a -y", "-y", true },		{ "a -qy", "-y", true },
		{ "a -yq x", "-y", true },	{ "a --yes", "--yes", true },
		{ "a --yes=1", "--yes", true }, { "a --yesno", "--yes", false },
		{ "a -- -y", "-y", false },	{ "a --y", "-y", false },
		{ "a -o=y", "-y", false },	{ "a x-y", "-y", false },
		{ "a -q1y", "-y", false },	{ "a", "-y", false },
		{ "a -yes", "--yes", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(opened_done) struct opened o = { 0 };
		if (lint_cmd_has(first(&o, rows[i].script), rows[i].option) !=
		    rows[i].has)
			fail_msg("%s: %s", rows[i].script, rows[i].option);
	}
	scoped(opened_done) struct opened o = { 0 };
	const struct lint_command *c = first(&o, "a b");
	assert_true(str_eqz(lint_cmd_arg(c, 0), "b"));
	assert_int_equal(lint_cmd_arg(c, 1).n, 0);
}

TEST(command, mounts)
{
	static const struct {
		const char *mount, *path;
		bool mounted;
	} rows[] = {
		{ "type=cache,target=/var/lib/apt", "/var/lib/apt/lists",
		  true },
		{ "type=cache,target=/var/lib/apt/lists/", "/var/lib/apt/lists",
		  true },
		{ "type=cache,target=/var/lib/ap", "/var/lib/apt/lists",
		  false },
		{ "type=tmpfs,target=/var", "/var/lib/apt/lists", true },
		{ "type=bind,target=/var", "/var/lib/apt/lists", false },
		{ "type=cache,target=/", "/var", true },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char script[200];
		scoped(opened_done) struct opened o = { 0 };
		snprintf(script, sizeof script, "--mount=%s x", rows[i].mount);
		const struct lint_command *c = first(&o, script);
		if (lint_run_mounted(c->run, rows[i].path) != rows[i].mounted)
			fail_msg("%s: %s", rows[i].mount, rows[i].path);
	}
}

TEST(command, after)
{
	static const struct {
		const char *script; /* b after a? */
		bool after;
	} rows[] = {
		{ "a; b", true },
		{ "a && b", true },
		{ "b; a", false },
		{ "a $(b)", false },
		{ "(a) && { b; }", true },
		{ "if x; then a; else b; fi", false },
		{ "if a; then x; else b; fi", true },
		{ "if a; then b; fi", true },
		{ "if x; then a; fi; b", true },
		{ "if x; then a; b; fi", true },
		{ "case $x in 1) a;; 2) b;; esac", false },
		{ "case $x in 1) a; b;; esac", true },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(opened_done) struct opened o = { 0 };
		first(&o, rows[i].script);
		const struct lint_run *run = &o.f->runs[0];
		const struct lint_command *a = NULL, *b = NULL;
		for (size_t k = 0; k < run->n_commands; k++) {
			if (str_eqz(run->commands[k].name.text, "a"))
				a = &run->commands[k];
			if (str_eqz(run->commands[k].name.text, "b"))
				b = &run->commands[k];
		}
		assert_true(a && b);
		if (lint_cmd_after(a, b) != rows[i].after)
			fail_msg("%s", rows[i].script);
	}
}

/* The name and the arguments at each depth; "-": nobody knows the name. */
TEST(command, depths)
{
	static const struct {
		const char *script, *called, *inner;
	} rows[] = {
		{ "a b", "a b", "a b" },
		{ "exec -a n a b", "a b", "a b" },
		{ "command a", "a", "a" },
		{ "sudo a b", "sudo a b", "a b" },
		{ "sudo -u x -E a b", "sudo -u x -E a b", "a b" },
		{ "env A=1 timeout 5 /bin/a b", "env A=1 timeout 5 /bin/a b",
		  "a b" },
		{ "busybox sudo a", "sudo a", "a" },
		{ "sudo sudo sudo sudo sudo a", "sudo sudo sudo sudo sudo a",
		  "sudo a" },
		{ "apt-get -o X install b", "apt-get -o X install b",
		  "apt-get install b" },
		{ "env", "env", "env" },
		{ "sudo -l", "sudo -l", "sudo -l" },
		{ "$x a", "-", "$x a" },
		{ "exec $x a", "-", "$x a" },
		{ "A=1", "-", "" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(opened_done) struct opened o = { 0 };
		const struct lint_command *c = first(&o, rows[i].script);
		const struct lint_command *at[] = { c->called, c->inner };
		const char *want[] = { rows[i].called, rows[i].inner };
		for (size_t k = 0; k < ARRAY_LEN(at); k++) {
			scoped(buf_done) struct buf b = BUF_INIT(1000);
			struct err err = { 0 };
			assert_ok(at[k] ? buf_str_add(&b, at[k]->base, &err)
					: buf_byte(&b, '-', &err),
				  &err);
			for (size_t j = 0; at[k] && j < at[k]->n_args; j++)
				assert_ok(
					buf_addf(&b, &err, " %.*s",
						 STR_ARG(at[k]->args[j].text)),
					&err);
			assert_string_equal(buf_cstr(&b), want[k]);
		}
		assert_ptr_equal(c->inner->inner, c->inner);
	}
}

/* What stands behind wrappers, with all its options. */
TEST(command, unwrapped)
{
	static const struct {
		const char *script, *name;
		size_t n_args;
	} rows[] = {
		{ "sudo -u app apt-get -y -o X install b", "apt-get", 5 },
		{ "sudo -Hu app -- a b", "a", 1 },
		{ "sudo -l a", "sudo", 2 },
		{ "command -v a", "command", 2 },
		{ "time -p a b", "a", 1 },
		{ "timeout --kill-after 5 60 a", "a", 0 },
		{ "env -u X -i A=1 a", "a", 0 },
		{ "conda run -n env a b", "a", 1 },
		{ "conda install a", "conda", 2 },
		{ "poetry run a", "a", 0 },
		{ "sh -c 'a b  c'", "a", 2 },
		{ "sh -c 'a && b'", "sh", 2 },
		{ "sh -c 'a $x'", "sh", 2 },
		{ "bash -eo pipefail -c 'a b'", "a", 1 },
		{ "su - app -c 'a b'", "a", 1 },
		{ "sh -c ''", "sh", 2 },
		{ "sh -c", "sh", 1 },
		{ "sudo sh -c 'env A=1 a b'", "a", 1 },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(opened_done) struct opened o = { 0 };
		const struct lint_command *c =
			first(&o, rows[i].script)->unwrapped;
		if (!str_eqz(c->base, rows[i].name) ||
		    c->n_args != rows[i].n_args)
			fail_msg("%s: %.*s with %zu", rows[i].script,
				 STR_ARG(c->base), c->n_args);
	}
}

TEST(command, fed)
{
	static const struct {
		const char *script;
		bool fed;
	} rows[] = {
		{ "a", false },	    { "a | b", false },	 { "a < b", true },
		{ "a > b", false }, { "a 2>&1", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(opened_done) struct opened o = { 0 };
		if (lint_cmd_is_fed(first(&o, rows[i].script)) != rows[i].fed)
			fail_msg("%s", rows[i].script);
	}
	scoped(opened_done) struct opened o = { 0 };
	assert_true(lint_cmd_is_fed(first(&o, "yes | { a; }") + 1));
}

TESTS_MAIN(unit(command, depths), unit(command, unwrapped), unit(command, fed),
	   unit(command, words), unit(command, places_over_lines),
	   unit(command, exec_form), unit(command, names_and_verbs),
	   unit(command, options), unit(command, mounts), unit(command, after))

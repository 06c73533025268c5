/* SPDX-License-Identifier: Apache-2.0 */
/* The shell parser against tables, dash -n (what is accepted) and shfmt (the
 * sequence of simple commands) on tests/fixtures/dockerfile/shell. */
#include "shell/shell.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/test.h"

struct parsed {
	struct arena arena;
	struct sh_script sh;
};

static void parsed_done(struct parsed *p)
{
	arena_done(&p->arena);
}

static void parse(struct str text, enum sh_dialect d, struct parsed *p)
{
	struct err err = { 0 };
	*p = (struct parsed){ 0 };
	assert_ok(shell_parse(text, d, &p->arena, &p->sh, &err), &err);
}

TEST(shell, commands)
{
	static const struct {
		const char *text;
		enum sh_dialect dialect;
		const char *commands[5];
	} rows[] = {
		{ "", SH_POSIX, { NULL } },
		{ "a b  c", SH_POSIX, { "a b  c" } },
		{ " a && b|c ; d ", SH_POSIX, { "a", "b", "c", "d" } },
		{ "x=1 y=\"$(a)\" b >f",
		  SH_POSIX,
		  { "x=1 y=\"$(a)\" b >f", "a" } },
		{ "if a; then b; fi # c", SH_POSIX, { "a", "b" } },
		{ "f() { a; }; f", SH_POSIX, { "a", "f" } },
		{ "cat <<E; b\n$(c)\nE\nd",
		  SH_POSIX,
		  { "cat <<E", "b", "c", "d" } },
		{ "case $x in a|b) c;; esac", SH_POSIX, { "c" } },
		{ "[[ $(a) ]] && b", SH_BASH, { "a", "b" } },
		{ "x=(1 \"2 3\") b", SH_BASH, { "x=(1 \"2 3\") b" } },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t n = 0;
		scoped(parsed_done) struct parsed p;
		parse(str_of(rows[i].text), rows[i].dialect, &p);
		assert_true(p.sh.readable);
		for (; n < 5 && rows[i].commands[n]; n++) {
			struct str s =
				span_str(p.sh.text, p.sh.commands[n]->at);
			if (!str_eqz(s, rows[i].commands[n]))
				fail_msg("%s: %.*s", rows[i].text, STR_ARG(s));
		}
		assert_int_equal(p.sh.n_commands, n);
	}
}

TEST(shell, tree)
{
	scoped(parsed_done) struct parsed p;
	parse(STR("a && ! b | c || { d; } &\ne"), SH_POSIX, &p);
	const struct sh_node *and_or = p.sh.root->child;
	assert_int_equal(p.sh.root->kind, SH_LIST);
	assert_int_equal(and_or->kind, SH_AND_OR);
	assert_int_equal(and_or->op, SH_OP_BACKGROUND);
	assert_int_equal(and_or->op_at.at, 23);
	assert_int_equal(and_or->child->op, SH_OP_AND);
	const struct sh_node *pipe = and_or->child->next;
	assert_int_equal(pipe->kind, SH_PIPELINE);
	assert_true(pipe->negated);
	assert_int_equal(pipe->op, SH_OP_OR);
	assert_int_equal(pipe->at.at, 5);
	assert_int_equal(pipe->at.n, 7);
	assert_int_equal(pipe->child->op, SH_OP_PIPE);
	assert_int_equal(pipe->next->kind, SH_BRACE);
	assert_ptr_equal(pipe->next->child->child->parent, pipe->next->child);
	assert_int_equal(and_or->next->kind, SH_SIMPLE);
	assert_int_equal(and_or->next->at.at, 25);
}

TEST(shell, words)
{
	static const struct {
		const char *text, *value; /* NULL: not constant */
		size_t n_parts;
	} rows[] = {
		{ "abc", "abc", 1 },
		{ "a\\ b", "a b", 1 },
		{ "'a b'\"c d\"e", "a bc de", 3 },
		{ "\"a\\\"b\\c\"", "a\"b\\c", 1 },
		{ "''", "", 1 },
		{ "\"\"", "", 1 },
		{ "a$x", NULL, 2 },
		{ "\"a${x:-b}c\"", NULL, 3 },
		{ "$(a)", NULL, 1 },
		{ "a`b`$((1+(2)))", NULL, 3 },
		{ "$", "$", 1 },
		{ "a$", "a$", 2 },
		{ "a\\", "a\\", 1 },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(parsed_done) struct parsed p;
		scoped(buf_done) struct buf b = BUF_INIT(100);
		parse(str_of(rows[i].text), SH_POSIX, &p);
		assert_true(p.sh.n_commands >= 1);
		const struct sh_word *w = &p.sh.commands[0]->words[0];
		assert_int_equal(w->at.n, strlen(rows[i].text));
		assert_int_equal(w->n_parts, rows[i].n_parts);
		bool constant = shell_word_text(&p.sh, w, &b);
		assert_int_equal(constant, rows[i].value != NULL);
		if (constant)
			assert_true(shell_word_is(&p.sh, w, rows[i].value));
		if (constant)
			assert_string_equal(buf_cstr(&b), rows[i].value);
	}
}

TEST(shell, parts)
{
	scoped(parsed_done) struct parsed p;
	parse(STR("a \"x${v:-$(b)}y\" $(c) `d` `\\`e\\``"), SH_POSIX, &p);
	const struct sh_word *w = p.sh.commands[0]->words;
	assert_int_equal(w[1].n_parts, 3);
	assert_int_equal(w[1].parts[1].kind, SH_PARAM);
	assert_true(w[1].parts[1].quoted);
	assert_int_equal(w[1].parts[1].name.at, 6);
	assert_int_equal(w[1].parts[1].name.n, 1);
	assert_int_equal(w[2].parts[0].kind, SH_COMMAND);
	assert_int_equal(w[2].parts[0].inside.at, 19);
	assert_int_equal(w[2].parts[0].body->child->at.at, 19);
	assert_non_null(w[3].parts[0].body);
	assert_null(w[4].parts[0].body);
	assert_int_equal(p.sh.n_commands, 4);
}

TEST(shell, redirects)
{
	scoped(parsed_done) struct parsed p;
	parse(STR("a 2>&1 <<-'E' > f\n\t$x\n\tE\n"), SH_POSIX, &p);
	const struct sh_node *c = p.sh.commands[0];
	assert_int_equal(c->n_words, 1);
	assert_int_equal(c->n_redirects, 3);
	assert_int_equal(c->redirects[0].fd, 2);
	assert_int_equal(c->redirects[0].at.at, 2);
	assert_int_equal(c->redirects[0].at.n, 4);
	assert_true(c->redirects[1].is_heredoc);
	assert_true(c->redirects[1].quoted);
	assert_true(c->redirects[1].strip_tabs);
	assert_true(str_eqz(c->redirects[1].end, "E"));
	assert_int_equal(c->redirects[1].body.at.at, 18);
	assert_int_equal(c->redirects[1].body.at.n, 4);
	assert_int_equal(c->redirects[1].body.n_parts, 0);
	assert_int_equal(c->redirects[2].fd, -1);
}

TEST(shell, unreadable)
{
	static const struct {
		const char *text;
		uint32_t at;
		const char *why;
	} rows[] = {
		{ "a 'b", 4, "a single quote has no end" },
		{ "a; if b; then c", 15, "if has no fi" },
		{ "a && ", 5, "a command is missing" },
		{ "a )", 2, "this stands wrong" },
		{ "a $(b", 5, "a ) is missing" },
		{ "x=(1)", 2, "( stands wrong" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(parsed_done) struct parsed p;
		parse(str_of(rows[i].text), SH_POSIX, &p);
		assert_false(p.sh.readable);
		assert_string_equal(p.sh.why, rows[i].why);
		assert_int_equal(p.sh.bad.at, rows[i].at);
		assert_int_equal(p.sh.n_commands, 0);
	}
}

TEST(shell, depth)
{
	static const char *const open[] = { "( ", "$(",	 "${x:-", "{ ",
					    "`",  "if ", "\"$(" };
	for (size_t i = 0; i < ARRAY_LEN(open); i++) {
		struct err err = { 0 };
		scoped(parsed_done) struct parsed p;
		scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
		for (size_t k = 0; k < 20001; k++)
			assert_ok(buf_str_add(&b, str_of(open[i]), &err), &err);
		parse(buf_str(&b), SH_POSIX, &p);
		assert_false(p.sh.readable);
	}
}

/* --- oracles -------------------------------------------------------------- */

static bool have(const char *tool)
{
	char cmd[200];
	snprintf(cmd, sizeof cmd, "command -v %s > /dev/null 2>&1", tool);
	if (system(cmd) == 0)
		return true;
	print_message("# SKIPPED: %s is not installed\n", tool);
	return false;
}

/* One line of a fixture: \n, \t and \\ are escapes. */
static size_t decode(char *line)
{
	size_t n = 0;
	for (const char *p = line; *p && *p != '\n'; p++) {
		char c = *p;
		if (c == '\\' && p[1]) {
			c = *++p;
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
		}
		line[n++] = c;
	}
	return n;
}

static FILE *run(const char *cmd, const char *name)
{
	char line[300];
	snprintf(line, sizeof line, "%s %s 2> /dev/null", cmd, name);
	FILE *f = popen(line, "r");
	assert_non_null(f);
	return f;
}

static int by_number(const void *a, const void *b)
{
	const json_int_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* Offsets of every simple command in shfmt's tree. */
static void collect(json_t *v, json_int_t *at, size_t *n)
{
	const char *key;
	size_t i;
	json_t *child;
	const char *type = json_string_value(json_object_get(v, "Type"));
	if (type && !strcmp(type, "CallExpr") && *n < 200)
		at[(*n)++] = json_integer_value(
			json_object_get(json_object_get(v, "Pos"), "Offset"));
	json_object_foreach(v, key, child) collect(child, at, n);
	json_array_foreach(v, i, child) collect(child, at, n);
}

static bool same_commands(const struct sh_script *s, const char *name,
			  const char *cmd)
{
	json_int_t at[200], ours[200];
	size_t n = 0, k = 0;
	FILE *f = run(cmd, name);
	json_t *doc = json_loadf(f, 0, NULL);
	if (pclose(f) != 0 || !doc) {
		json_decref(doc);
		return false;
	}
	collect(doc, at, &n);
	json_decref(doc);
	qsort(at, n, sizeof *at, by_number);
	for (size_t i = 0; i < s->n_commands && k < 200; i++) {
		const struct sh_node *c = s->commands[i];
		if (c->n_assigns)
			ours[k++] = c->assigns[0].at.at;
		else if (c->n_words)
			ours[k++] = c->words[0].at.at;
	}
	return n == k && memcmp(at, ours, n * sizeof *at) == 0;
}

struct oracle {
	const char *file, *accepts, *tree;
	enum sh_dialect dialect;
	size_t n, unlike; /* bodies; those on which shfmt goes its own way */
};

static size_t compare(const struct oracle *o, char *line, size_t n,
		      const char *name)
{
	scoped(parsed_done) struct parsed p;
	FILE *body = fopen(name, "wb");
	assert_non_null(body);
	assert_int_equal(fwrite(line, 1, n, body), n);
	fclose(body);
	parse((struct str){ line, n }, o->dialect, &p);
	if (p.sh.readable != (pclose(run(o->accepts, name)) == 0))
		fail_msg("%.*s: %s says otherwise", (int)n, line, o->accepts);
	bool same = !p.sh.readable || same_commands(&p.sh, name, o->tree);
	return !same;
}

static void ask(const struct oracle *o)
{
	char *line = NULL, name[] = "/tmp/pare-shell-XXXXXX";
	size_t room = 0, n = 0, unlike = 0;
	FILE *f = fopen(o->file, "r");
	int fd = mkstemp(name);
	assert_non_null(f);
	assert_true(fd >= 0);
	close(fd);
	for (; getline(&line, &room, f) > 0; n++)
		unlike += compare(o, line, decode(line), name);
	fclose(f);
	free(line);
	unlink(name);
	assert_int_equal(n, o->n);
	if (unlike > o->unlike)
		fail_msg("%s differs on %zu bodies", o->tree, unlike);
}

/* shfmt reads the single quote in "${x:-it's}" otherwise than dash, and looks
 * into backquotes within backquotes. */
TEST(shell, agrees_with_dash_and_shfmt)
{
	const struct oracle o = { DOCKERFILE_FIXTURES "/shell/posix.txt",
				  "dash -n",
				  "shfmt -ln posix --to-json <",
				  SH_POSIX,
				  304,
				  7 };
	if (have("dash") && have("shfmt"))
		ask(&o);
}

/* What shfmt finds in process substitutions, and declare and a[1]=2, which it
 * does not count as simple commands. */
TEST(shell, agrees_with_bash_and_shfmt)
{
	const struct oracle o = { DOCKERFILE_FIXTURES "/shell/bash.txt",
				  "bash -n",
				  "shfmt -ln bash --to-json <",
				  SH_BASH,
				  33,
				  5 };
	if (have("bash") && have("shfmt"))
		ask(&o);
}

TESTS_MAIN(unit(shell, commands), unit(shell, tree), unit(shell, words),
	   unit(shell, parts), unit(shell, redirects), unit(shell, unreadable),
	   unit(shell, depth), unit(shell, agrees_with_dash_and_shfmt),
	   unit(shell, agrees_with_bash_and_shfmt))

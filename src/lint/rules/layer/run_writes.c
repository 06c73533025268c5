/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands of a RUN store, as far as their words tell.
 *
 * No command is run or believed to fail: curl -o x stores x, tar -xf a -C d
 * stores the tree d, npm ci stores node_modules where it is run. What words do
 * not tell (make install) is not in the list, so a rule that asks is silent
 * about it. rm and mv behind it in the same RUN mark an element as gone: it
 * never reaches the layer.
 *
 *	WORKDIR /src
 *	RUN curl -fsSLO https://h/x.tgz && tar -xzf x.tgz -C /opt && rm x.tgz
 *
 * stores two elements: /src/x.tgz (fetched, gone) and the tree /opt (unpacked,
 * out of /src/x.tgz). A command is looked at with the directory that cd and
 * WORKDIR give it, so "x.tgz" in three commands is one place. */
#include "base/chars.h"
#include "catalog/catalog.h"
#include "lint/facts/image_path.h"
#include "lint/facts/words.h"
#include "lint/rules/layer/layer_writes.h"

struct reader {
	const struct lint_file *f;
	const struct lint_run *run;
	struct stored_list *list;
	struct err *err;
};

bool lint_command_removes(const struct lint_command *c)
{
	if (lint_cmd_is(c, "rm unlink shred"))
		return true;
	if (!lint_cmd_is(c, "find"))
		return false;
	for (size_t i = 0; i < c->n_args; i++)
		if (str_eqz(c->args[i].text, "-delete") ||
		    str_eqz(c->args[i].text, "rm"))
			return true;
	return false;
}

static int add(struct reader *r, const struct lint_command *c,
	       enum stored_how how, struct str cwd, struct str word, bool tree,
	       struct str source)
{
	struct stored s = { .how = how,
			    .tree = tree,
			    .source = source,
			    .in = r->run->outer,
			    .run = r->run,
			    .command = c->index,
			    .at = c->at };
	if (str_eqz(word, "-") || str_starts(word, STR("/dev/")))
		return 0;
	if (lint_place_of(r->f, r->run->outer, cwd, word, &s.place, r->err) < 0)
		return -1;
	return lint_stored_add(r->f, r->list, s, r->err);
}

/* --- downloads ------------------------------------------------------------ */

/* wget writes a file unless told otherwise, curl to its standard output; a
 * redirection is seen by redirected().
 *
 *	curl -fsSL -o x URL	x
 *	curl -O URL/a.tgz	a.tgz, by --output-dir or here
 *	curl URL		nothing: it goes to a pipe
 *	wget URL/a.tgz		a.tgz, below -P
 *	wget URL/a.tgz?v=1	a.tgz?v=1 */
static int fetched(struct reader *r, const struct lint_command *c,
		   struct str cwd)
{
	bool curl = lint_cmd_is(c, "curl");
	struct str url = { 0 }, to;
	for (size_t i = 0; i < c->n_args; i++)
		if (lint_place_is_url(c->args[i].text))
			url = c->args[i].text;
	to = lint_cmd_option(c, curl ? "-o --output"
				     : "-O --output-document -o --out");
	if (lint_cmd_is(c, "wget"))
		to = lint_cmd_option(c, "-O --output-document");
	if (to.n == 0 && url.n &&
	    (!curl || lint_cmd_has(c, "-O") ||
	     lint_cmd_has(c, "--remote-name")))
		to = lint_cmd_is(c, "wget") ? lint_place_of_wget(url)
					    : lint_place_of_url(url);
	if (to.n == 0)
		return 0;
	struct str dir = lint_cmd_option(c, curl ? "--output-dir"
						 : "-P --directory-prefix -d");
	if (dir.n &&
	    lint_place_of(r->f, r->run->outer, cwd, dir, &cwd, r->err) < 0)
		return -1;
	return add(r, c, STORED_FETCHED, cwd, to, false, url);
}

/* --- archives ------------------------------------------------------------- */

/* The bundle in front (xzf), or -x anywhere.
 *
 * "tar xzf a.tgz", "tar -xzf a.tgz" and "tar -C /x -xf a.tgz" extract; a word
 * with a slash or a dot is a file, however many x it has. */
static bool tar_extracts(const struct lint_command *c)
{
	if (lint_cmd_has(c, "--extract") || lint_cmd_has(c, "--get"))
		return true;
	for (size_t i = 0; i < c->n_args; i++) {
		struct str a = c->args[i].text;
		bool dash = a.n > 1 && a.p[0] == '-' && a.p[1] != '-';
		if ((i == 0 || dash) && !str_starts(a, STR("--")) &&
		    str_find(a, 'x') < a.n && str_find(a, '/') == a.n &&
		    str_find(a, '.') == a.n)
			return true;
	}
	return false;
}

/* In "tar xzf a.tgz" the bundle has no dash, and its f takes the next word. */
static struct str tar_archive(const struct lint_command *c)
{
	struct str first = lint_cmd_arg(c, 0),
		   a = lint_cmd_option(c, "-f --file");
	if (a.n == 0 && first.n && first.p[0] != '-' &&
	    str_find(first, 'f') < first.n)
		a = lint_cmd_arg(c, lint_cmd_next_operand(c, 1));
	return str_eqz(a, "-") ? (struct str){ 0 } : a;
}

int lint_command_unpacks(const struct lint_file *f,
			 const struct lint_command *c, struct str *archive,
			 struct str *directory, struct err *err)
{
	struct str file, dir;
	if (lint_cmd_is(c, "tar bsdtar gtar") && tar_extracts(c)) {
		file = tar_archive(c);
		dir = lint_cmd_option(c, "-C --directory");
	} else if (lint_cmd_is(c, "unzip") && !lint_cmd_has(c, "-l")) {
		file = lint_cmd_arg(c, lint_cmd_next_operand(c, 0));
		dir = lint_cmd_option(c, "-d");
	} else {
		return 0;
	}
	*archive = (struct str){ 0 };
	if ((file.n && lint_place_arg(f, c, file, archive, err) < 0) ||
	    lint_place_arg(f, c, dir.n ? dir : STR("."), directory, err) < 0)
		return -1;
	return 1;
}

static int unpacked(struct reader *r, const struct lint_command *c,
		    struct str cwd)
{
	struct str archive, dir;
	int n = lint_command_unpacks(r->f, c, &archive, &dir, r->err);
	if (n <= 0)
		return n;
	return add(r, c, STORED_UNPACKED, cwd, dir, true, archive);
}

/* --- trees ---------------------------------------------------------------- */

/* Into the last component of the URL without .git, or the directory behind it,
 * seen from the directory of -C, which the inner command has no more.
 *
 * "git clone -b v1 https://h/a.git" makes a, "git clone https://h/a.git /src"
 * /src. */
static int cloned(struct reader *r, const struct lint_command *c,
		  struct str cwd)
{
	const struct lint_command *outer = r->run->commands[c->index].unwrapped;
	struct str from = lint_cmd_option(outer, "-C");
	if (from.n && lint_place_arg(r->f, c, from, &cwd, r->err) < 0)
		return -1;
	size_t verb = lint_cmd_next_operand(c, 0);
	size_t source = lint_cmd_next_operand(c, verb + 1);
	struct str url = lint_cmd_arg(c, source);
	struct str to = lint_cmd_arg(c, lint_cmd_next_operand(c, source + 1));
	if (url.n == 0)
		return 0;
	if (to.n == 0)
		to = lint_place_base(url);
	if (str_ends(to, STR(".git")))
		to.n -= 4;
	return add(r, c, STORED_CLONED, cwd, to, true, url);
}

/* virtualenv DIR, uv venv DIR, python3.11 -m venv DIR. */
static bool makes_environment(const struct lint_command *c)
{
	if (str_starts(c->base, STR("python")))
		return c->n_args >= 3 && str_eqz(lint_cmd_arg(c, 0), "-m") &&
		       lint_word_in(lint_cmd_arg(c, 1),
				    catalog_virtualenv.modules);
	return c->n_args && (lint_cmd_is(c, catalog_virtualenv.programs) ||
			     (lint_cmd_verb(c, "uv", "venv") && c->n_args > 1));
}

/* Into a directory of the project (node_modules, vendor): -g and the system's
 * package managers spread over places that no one command names. */
static int installed(struct reader *r, const struct lint_command *c,
		     struct str cwd)
{
	const struct catalog_tool *tool = lint_cmd_tool(c);
	const struct catalog_project *p = tool ? tool->project : NULL;
	bool global = lint_cmd_has(c, "-g") || lint_cmd_has(c, "--global");
	if (p && !global && lint_cmd_does(c, tool, p->makes_verbs))
		return add(r, c, STORED_INSTALLED, cwd, str_of(p->makes), true,
			   (struct str){ 0 });
	struct str to = { 0 };
	if (p && p->into && lint_cmd_does(c, tool, p->verbs))
		to = lint_cmd_option(c, p->into);
	else if (makes_environment(c))
		to = c->args[c->n_args - 1].text;
	return to.n ? add(r, c, STORED_INSTALLED, cwd, to, true,
			  (struct str){ 0 })
		    : 0;
}

/* --- files ---------------------------------------------------------------- */

/* "cp a b": b is a file or a directory that a goes into, so it is taken for a
 * tree. */
static int written(struct reader *r, const struct lint_command *c,
		   struct str cwd)
{
	struct str to = { 0 };
	bool tree = false;
	if (lint_cmd_is(c, "cp mv install") && c->n_args >= 2) {
		to = c->args[c->n_args - 1].text;
		tree = true;
	} else if (lint_cmd_is(c, "gcc g++ cc c++ clang ld") ||
		   lint_cmd_verb(c, "go", "build")) {
		to = lint_cmd_option(c, "-o");
	} else if (lint_cmd_is(c, "mkdir") && c->n_args) {
		for (size_t i = 0; i < c->n_args; i++)
			if (c->args[i].text.n && c->args[i].text.p[0] != '-' &&
			    add(r, c, STORED_MADE, cwd, c->args[i].text, true,
				(struct str){ 0 }) < 0)
				return -1;
		return 0;
	}
	return to.n ? add(r, c, STORED_WRITTEN, cwd, to, tree,
			  (struct str){ 0 })
		    : 0;
}

/* > and >>, but not 2> and >&: messages are small. */
static int redirected(struct reader *r, const struct lint_command *c,
		      struct str cwd)
{
	const struct sh_node *n = c->node;
	for (size_t i = 0; n && i < n->n_redirects; i++) {
		const struct sh_redirect *to = &n->redirects[i];
		struct str text = r->run->run.sh.text,
			   op = span_str(text, to->op),
			   word = span_str(text, to->target.at);
		bool writes =
			str_starts(op, STR(">")) && !str_ends(op, STR("&"));
		bool fetches = lint_cmd_is(c, "curl wget");
		if (writes && to->fd != 2 && !to->is_heredoc &&
		    add(r, c, fetches ? STORED_FETCHED : STORED_WRITTEN, cwd,
			word, false, (struct str){ 0 }) < 0)
			return -1;
	}
	return 0;
}

/* rm and mv behind it in the same RUN.
 *
 * Only of what stands in front of the rm: "rm -f x; wget -O x URL" keeps x.
 * What an earlier layer stored is never gone. */
static int mark_gone(struct reader *r)
{
	for (size_t i = 0; i < r->run->n_commands; i++) {
		const struct lint_command *c = r->run->commands[i].inner;
		bool moves = lint_cmd_is(c, "mv");
		size_t n = c->n_args - (moves && c->n_args > 0);
		if (!moves && !lint_command_removes(c))
			continue;
		for (size_t k = 0; k < n; k++) {
			struct str word = c->args[k].text, place;
			if (word.n == 0 || word.p[0] == '-')
				continue;
			if (lint_place_arg(r->f, c, word, &place, r->err) < 0)
				return -1;
			struct stored_range own = lint_stored_of(
				r->list, r->run->outer, c->index);
			for (size_t j = own.from; j < own.to; j++)
				r->list->v[j].gone |= lint_stored_covered(
					&r->list->v[j], place);
		}
	}
	return 0;
}

/* A command may do several of these: "curl URL > x" fetches by its redirection.
 */
int lint_stored_read_run(const struct lint_file *f, const struct lint_run *run,
			 struct stored_list *out, struct err *err)
{
	struct reader r = { f, run, out, err };
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		struct str cwd;
		int n;
		if (lint_place_cwd(f, c, &cwd, err) < 0)
			return -1;
		if (lint_cmd_is(c, "curl wget aria2c"))
			n = fetched(&r, c, cwd);
		else if (lint_cmd_verb(c, "git", "clone"))
			n = cloned(&r, c, cwd);
		else
			n = unpacked(&r, c, cwd);
		if (n < 0 || installed(&r, c, cwd) < 0 ||
		    written(&r, c, cwd) < 0 || redirected(&r, c, cwd) < 0)
			return -1;
	}
	return mark_gone(&r);
}

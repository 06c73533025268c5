/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/commands.h"

#include "context/commands/reading_commands.h"
#include "dockerfile/access.h"
#include "base/chars.h"

/* *shell: SHELL in force, as far as this stage tells. */
static int collect(const struct dockerfile *df, const struct df_instr *in,
		   const struct df_instr **shell, struct buf *out,
		   struct err *err)
{
	if (in->inner)
		return collect(df, in->inner, shell, out, err);
	if (in->kind == DF_FROM)
		*shell = NULL;
	if (in->kind == DF_SHELL && !in->bad)
		*shell = in;
	if (in->kind == DF_RUN) {
		if (reads_collect(df, in, *shell, out, err) < 0)
			return -1;
	} else if (!(in->kind & (DF_CMD | DF_ENTRYPOINT | DF_HEALTHCHECK))) {
		return 0;
	} else if (buf_str_add(out, in->rest.text, err) < 0) {
		return -1;
	}
	return buf_byte(out, '\n', err);
}

int words_collect(const struct dockerfile *df, struct buf *out, struct err *err)
{
	const struct df_instr *shell = NULL;
	for (size_t i = 0; i < df->n_instrs; i++)
		if (collect(df, df->instrs[i], &shell, out, err) < 0)
			return -1;
	return 0;
}

static int collect_brought(const struct df_instr *in, struct buf *out,
			   struct err *err)
{
	if (in->inner)
		in = in->inner;
	if (in->kind != DF_COPY || !df_flag(in, "from"))
		return 0;
	if (buf_str_add(out, in->rest.text, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}

static int collect_stage(const struct dockerfile *df, const struct df_stage *s,
			 struct buf *out, struct buf *brought, struct err *err)
{
	const struct df_instr *shell = NULL;
	for (uint32_t i = s->first; i < s->end; i++)
		if (collect(df, df->instrs[i], &shell, out, err) < 0 ||
		    collect_brought(df->instrs[i], brought, err) < 0)
			return -1;
	return 0;
}

/* Bases stand before what is built on them. */
static bool is_built_on(const struct df_graph *g, uint32_t s, uint32_t base)
{
	while (s != DF_NO_STAGE && s > base)
		s = g->stages[s].base;
	return s == base;
}

int words_around(const struct dockerfile *df, const struct df_graph *g,
		 uint32_t stage, struct buf *out, struct buf *brought,
		 struct err *err)
{
	for (uint32_t s = 0; s < g->n; s++)
		if ((is_built_on(g, s, stage) || is_built_on(g, stage, s)) &&
		    collect_stage(df, &g->stages[s], out, brought, err) < 0)
			return -1;
	return 0;
}

static bool is_name(char c)
{
	return is_alpha(c) || is_digit(c) || c == '_' || c == '-' || c == '+' ||
	       c == '.';
}

/* The next place at or behind from where the word stands alone, or text.n. */
static size_t find_word(struct str text, struct str word, size_t from)
{
	while (from + word.n <= text.n) {
		const char *p =
			memmem(text.p + from, text.n - from, word.p, word.n);
		if (!p)
			break;
		size_t at = (size_t)(p - text.p), end = at + word.n;
		if ((at == 0 || !is_name(text.p[at - 1])) &&
		    (end == text.n || !is_name(text.p[end])))
			return at;
		from = at + 1;
	}
	return text.n;
}

/* Words that a command may stand behind. */
static bool leads_command(struct str word)
{
	static const char *const words[] = { "sudo", "exec", "env",  "time",
					     "then", "do",   "else", "command",
					     "-m",   "npx",  "if",   "while" };
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eqz(word, words[i]))
			return true;
	return str_find(word, '=') < word.n; /* NAME=value command */
}

/* Whether the word at `at`, or the path that it ends, is a command's name. */
static bool at_command(struct str text, size_t at)
{
	while (at && (is_name(text.p[at - 1]) || text.p[at - 1] == '/'))
		at--;
	at -= at && text.p[at - 1] == '"';
	size_t end = at;
	while (end && (is_blank(text.p[end - 1]) || text.p[end - 1] == '\\'))
		end--;
	if (end == 0 || strchr("&|;({[\n!`'\"", text.p[end - 1]))
		return true;
	size_t start = end;
	while (start && !is_blank(text.p[start - 1]) &&
	       !strchr("&|;(\n", text.p[start - 1]))
		start--;
	return start < end &&
	       leads_command((struct str){ text.p + start, end - start });
}

/* The words behind a command, up to where the next one starts. */
static struct str arguments(struct str text, size_t from)
{
	size_t to = from;
	while (to < text.n && text.p[to] != ';' && text.p[to] != '&' &&
	       text.p[to] != '|' && text.p[to] != ')' && text.p[to] != '\n')
		to++;
	return (struct str){ text.p + from, to - from };
}

static bool only_options(struct str args)
{
	for (size_t i = 0; i < args.n; i++) {
		bool starts = i == 0 || is_blank(args.p[i - 1]);
		if (starts && !is_blank(args.p[i]) && args.p[i] != '-')
			return false;
	}
	return true;
}

/* subs is "" or "ci+install". */
static bool has_sub(struct str args, struct str subs)
{
	struct str sub, rest = subs;
	while (rest.n) {
		if (!str_cut(rest, '+', &sub, &rest)) {
			sub = rest;
			rest.n = 0;
		}
		if (str_eqz(sub, "-") ? only_options(args)
				      : find_word(args, sub, 0) < args.n)
			return true;
	}
	return subs.n == 0;
}

/* Told to install elsewhere, or nothing: "npm i -g x", "npm --prefix c ci". */
static bool goes_elsewhere(struct str args)
{
	static const char *const words[] = {
		"-g",	  "--global",  "global",
		"-C",	  "--prefix",  "--cwd",
		"--dir",  "--dry-run", "--package-lock-only",
		"--root", "--help",    "--lockfile-only",
	};
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (find_word(args, str_of(words[i]), 0) < args.n)
			return true;
	return false;
}

/* "cd client && npm ci": run below the directory that the context went to. An
 * absolute directory may be that one. */
static bool in_a_child(struct str text, size_t at)
{
	size_t line = at;
	while (line && text.p[line - 1] != '\n')
		line--;
	struct str before = { text.p + line, at - line };
	for (size_t cd = find_word(before, STR("cd"), 0); cd < before.n;
	     cd = find_word(before, STR("cd"), cd + 1)) {
		struct str to = str_from(before, cd + 2);
		while (to.n && is_blank(to.p[0]))
			to = str_from(to, 1);
		if (str_starts(to, STR("./")))
			to = str_from(to, 2);
		if (to.n && at_command(before, cd) &&
		    !strchr("/$\"'. ", to.p[0]))
			return true;
	}
	return false;
}

static bool runs(struct str text, struct str command)
{
	struct str word, subs;
	if (!str_cut(command, '+', &word, &subs)) {
		word = command;
		subs = STR("");
	}
	for (size_t at = find_word(text, word, 0); at < text.n;
	     at = find_word(text, word, at + 1))
		if (at_command(text, at) &&
		    has_sub(arguments(text, at + word.n), subs) &&
		    !goes_elsewhere(arguments(text, at + word.n)) &&
		    !in_a_child(text, at))
			return true;
	return false;
}

/* Where a tool is run that works with what is installed already. */
static size_t first_use(struct str text, const char *tool, const char *subs)
{
	struct str word = str_of(tool), sub, rest;
	for (size_t at = find_word(text, word, 0); at < text.n;
	     at = find_word(text, word, at + 1)) {
		struct str args = arguments(text, at + word.n);
		rest = str_of(subs);
		bool used = rest.n == 0;
		for (bool more = rest.n > 0; more && !used;) {
			more = str_cut(rest, ' ', &sub, &rest);
			used = find_word(args, more ? sub : rest, 0) < args.n;
		}
		if (used && at_command(text, at))
			return at;
	}
	return text.n;
}

bool words_run_first(struct str text, const char *list, struct str name)
{
	size_t from = find_word(text, name, 0);
	from = MIN(from, first_use(text, "npm", "run test start build"));
	from = MIN(from, first_use(text, "npx", ""));
	return words_run((struct str){ text.p, from }, list);
}

bool words_run(struct str text, const char *list)
{
	struct str rest = str_of(list), word;
	while (rest.n) {
		if (!str_cut(rest, ' ', &word, &rest)) {
			word = rest;
			rest.n = 0;
		}
		if (word.n && runs(text, word))
			return true;
	}
	return false;
}

/* What git does without a repository around it. */
static bool needs_no_repository(struct str text, size_t behind)
{
	static const char *const verbs[] = { "clone", "init",	 "--version",
					     "help",  "version", "ls-remote" };
	while (behind < text.n && is_blank(text.p[behind]))
		behind++;
	struct str rest = str_from(text, behind);
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		if (find_word(rest, str_of(verbs[i]), 0) == 0)
			return true;
	struct str args = arguments(rest, 0);
	return find_word(args, STR("config"), 0) == 0 &&
	       (find_word(args, STR("--global"), 0) < args.n ||
		find_word(args, STR("--system"), 0) < args.n);
}

/* Programs that ask the version control themselves, wherever they stand. */
static bool names_asker(struct str text)
{
	static const char *const names[] = {
		"setuptools_scm",
		"setuptools-scm",
		"hatch-vcs",
		"versioneer",
		"poetry-dynamic-versioning",
		"dunamai",
		"goreleaser",
		"gitversion",
		"nbgv",
		"-buildvcs=true",
	};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (find_word(text, str_of(names[i]), 0) < text.n)
			return true;
	return false;
}

/* "sh -c 'git log'", "timeout 60 git describe", "$G describe": a verb that asks
 * a repository tells a command wherever it stands. */
static bool asks_by_verb(struct str text, size_t at, size_t n)
{
	static const char *const verbs[] = {
		"describe",	"log",		"rev-parse",	"rev-list",
		"status",	"diff",		"show",		"shortlog",
		"ls-files",	"archive",	"branch",	"submodule",
		"symbolic-ref", "name-rev",	"cat-file",	"fetch",
		"tag",		"checkout",	"blame",	"pull",
		"merge",	"reset",	"stash",	"worktree",
		"clean",	"restore",	"switch",	"remote",
		"show-ref",	"for-each-ref", "rebase",	"cherry-pick",
		"ls-tree",	"diff-index",	"update-index", "whatchanged",
		"-C",		"-c",		"--no-pager",	"--git-dir",
		"--work-tree",	"-P",		"-p",		"--paginate",
	};
	size_t end = at + n;
	while (end < text.n && is_blank(text.p[end]))
		end++;
	for (size_t i = 0; i < ARRAY_LEN(verbs) && end > at + n; i++)
		if (find_word(str_from(text, end), str_of(verbs[i]), 0) == 0)
			return true;
	return false;
}

static bool variable_asks(struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		size_t n = 1;
		if (text.p[i] != '$' || !at_command(text, i))
			continue;
		while (i + n < text.n &&
		       (is_name(text.p[i + n]) || strchr("{}", text.p[i + n])))
			n++;
		if (asks_by_verb(text, i, n))
			return true;
	}
	return false;
}

bool words_ask_git(struct str text)
{
	static const char *const names[] = { "git", "hg", "svn", "bzr", "jj" };
	if (names_asker(text) || variable_asks(text))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct str word = str_of(names[i]);
		for (size_t at = find_word(text, word, 0); at < text.n;
		     at = find_word(text, word, at + 1))
			if ((at_command(text, at) ||
			     asks_by_verb(text, at, word.n)) &&
			    !needs_no_repository(text, at + word.n))
				return true;
	}
	return false;
}

bool words_mention(struct str text, struct str name)
{
	return find_word(text, name, 0) < text.n;
}

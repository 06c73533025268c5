/* SPDX-License-Identifier: Apache-2.0 */
/* Files that hold secrets by their names.
 *
 * A name alone is a guess, and warns, so where the context can be read its
 * content decides: .npmrc with _auth and a variable is no secret, and what has
 * one is an error. COPY of a directory takes whatever is in it, and a guess is
 * not enough for that: only content that says so counts. */
#include <string.h>

#include "base/chars.h"
#include "catalog/catalog.h"
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/facts/image_path.h"
#include "lint/rules/copy/context_source.h"
#include "lint/rules/copy/broad_copy.h"
#include "lint/rules/secret/secret_name.h"
#include "lint/facts/words.h"

enum { CONTENT_MAX = 16 << 10 };

/* NULL: the name is nobody's secret. */
static const struct catalog_secret_file *row_of(struct str base)
{
	const struct catalog_secret_file *t = catalog_secrets.secret_files;
	for (; t->name; t++)
		if (catalog_glob(t->name, strlen(t->name), base,
				 strchr(t->name, '*')))
			return t;
	return NULL;
}

static bool is_guess(const struct catalog_secret_file *row)
{
	return strchr(row->name, '*');
}

static bool holds(struct str text, const char *word)
{
	struct str w = str_of(word);
	for (size_t i = 0; i + w.n <= text.n; i++)
		if (str_starts(str_from(text, i), w))
			return true;
	return false;
}

/* NAME=VALUE of a .env file. A value that another variable gives, and one that
 * a person is asked to replace, are none. */
static bool is_secret(struct str line)
{
	struct str name, value;
	if (!str_cut(line, '=', &name, &value))
		return false;
	name = str_trim(name, &(size_t){ 0 });
	value = lint_word_unquoted(str_trim(value, &(size_t){ 0 }));
	if (str_starts(name, STR("export ")))
		name = str_from(name, 7);
	return value.n && name.n && *name.p != '#' &&
	       secret_name_of_buildkit(name) && !secret_name_describes(name) &&
	       !secret_value_is_harmless(name, value) &&
	       !lint_word_starts(value, "$ < { your change CHANGE example xxx");
}

static bool sets_secret(struct str text)
{
	struct str line;
	for (bool more = true; more;) {
		more = str_cut(text, '\n', &line, &text);
		if (is_secret(more ? line : text))
			return true;
	}
	return false;
}

/* 1: its content says so; 0: it says the opposite; 2: nobody can tell. A
 * token that a variable gives at build time is no secret. */
static int content_says(const struct lint_file *f, struct str source,
			const char *word, struct err *err)
{
	struct str text;
	int r = lint_context_source_read(f, source, CONTENT_MAX, &text, err);
	if (r <= 0)
		return r < 0 ? -1 : 2;
	if (strcmp(word, "_auth") == 0 && holds(text, "${"))
		return 0;
	return strcmp(word, CATALOG_SETS_SECRET) == 0 ? sets_secret(text)
						      : holds(text, word);
}

static int tell(struct str path, const char *what, enum severity severity,
		struct span at, struct lint_out *out, struct err *err)
{
	struct finding found = lint_finding_at(out, at);
	struct str base = lint_place_base(path);
	bool git = str_starts(path, STR(".git/")) ||
		   (str_starts(base, STR(".git")) &&
		    !str_eqz(base, ".git-credentials"));
	found.severity = severity;
	return lint_report(out, &found, err,
			   "%s holds %s, and everybody who can pull the "
			   "image has it, even when a later layer removes "
			   "it; %s",
			   str_quoted(path).text, what,
			   git ? "leave it out with the ignore file"
			       : "use RUN --mount=type=secret");
}

static bool is_example(struct str base)
{
	return lint_word_ends(base, ".example .sample .template .dist .test "
				    ".defaults .tmpl .ci");
}

/*	COPY id_rsa /root/.ssh/		told, by its name alone
 *	COPY .npmrc ./			told, unless what it holds says no
 *	COPY config/ /etc/app/		only what can be read and has it
 *	COPY site.pem /etc/		the same, since the name is a guess
 *
 * 1: told. */
static int look(const struct lint_file *f, struct str source, struct str shown,
		struct span at, bool all, struct lint_out *out, struct err *err)
{
	struct str base = lint_place_base(source);
	const struct catalog_secret_file *row = row_of(base);
	if (!row || (is_guess(row) && is_example(base)))
		return 0;
	int says =
		row->content ? content_says(f, source, row->content, err) : 1;
	if (says <= 0 || ((all || is_guess(row)) && says == 2))
		return says < 0 ? -1 : 0;
	bool seen = row->content && says == 1;
	return tell(shown, row->what, seen || row->grave ? SEV_ERROR : SEV_WARN,
		    at, out, err) < 0
		       ? -1
		       : 1;
}

/* A repository in the whole context is PARE3005's. */
static bool takes(struct str name)
{
	return row_of(name) && !str_eqz(name, ".git");
}

/* What others wrote, and keys that are there to be tried. */
static bool avoids(struct str name)
{
	return lint_word_in(name, ".git node_modules vendor site-packages "
				  ".venv venv test tests testdata fixtures "
				  "__tests__ spec example examples");
}

/* Everything below a directory of the context. */
static int look_below(const struct lint_file *f, struct str source,
		      struct span at, struct lint_out *out, struct err *err)
{
	static const struct context_search search = { takes, avoids };
	struct str paths[CONTEXT_FOUND_MAX];
	size_t n;
	if (lint_context_source_find(f, source, &search, paths, &n, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (look(f, paths[i], paths[i], at, true, out, err) < 0)
			return -1;
	return 0;
}

/* actions/checkout and others leave their token in the repository. */
static int look_at_git(const struct lint_file *f, struct span at,
		       struct lint_out *out, struct err *err)
{
	struct str path = STR(".git/config");
	int says = content_says(f, path, "AUTHORIZATION: ", err);
	if (says != 1)
		return says < 0 ? -1 : 0;
	return tell(path, "a token", SEV_ERROR, at, out, err);
}

static int look_at_source(const struct lint_file *f, const struct df_word *w,
			  struct lint_out *out, struct err *err)
{
	int told = look(f, w->text, lint_place_base(w->text), w->at, false, out,
			err);
	if (told)
		return told < 0 ? -1 : 0;
	/* The source itself has been looked at. */
	return row_of(lint_place_base(w->text))
		       ? 0
		       : look_below(f, w->text, w->at, out, err);
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	size_t n;
	const struct df_word *w = dockerfile_copy_sources(in, &n);
	if (dockerfile_flag(in, "from") || !lint_ships(f, in))
		return 0;
	if (lint_copies_context(in))
		return look_below(f, STR("."), in->at, out, err) < 0
			       ? -1
			       : look_at_git(f, in->at, out, err);
	for (size_t i = 0; i < n; i++)
		if (!dockerfile_copy_heredoc(in, &w[i]) &&
		    look_at_source(f, &w[i], out, err) < 0)
			return -1;
	return 0;
}

const struct lint_rule rule_secret_file_copied = {
	.id = "PARE6002",
	.severity = SEV_WARN,
	.on = DF_COPY | DF_ADD,
	.summary = "file of secrets copied into the image",
	.check_instr = check,
};

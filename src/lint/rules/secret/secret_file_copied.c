/* SPDX-License-Identifier: Apache-2.0 */
/* Files that hold secrets by their names.
 *
 * A name alone is a guess, so where the context can be read its content
 * decides: .npmrc with _auth and a variable is no secret. COPY of all takes
 * whatever stands at the root, and a guess is not enough for that: only content
 * that says so counts. */
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/chars.h"
#include "catalog/catalog.h"
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/facts/image_path.h"
#include "lint/rules/copy/context_source.h"
#include "lint/rules/copy/broad_copy.h"
#include "lint/rules/secret/secret_name.h"
#include "lint/facts/words.h"

enum { CONTENT_MAX = 16 << 10, ENTRIES_MAX = 2000, GUESSES_MAX = 64 };

/* What their content must have: the words of a private key (a public one has
 * others), or a variable with a secret's name and a value of its own. */
#define KEY "PRIVATE KEY"
#define SETS "="

/* Files that hold secrets by their name; a word that their content must have,
 * when it can be read. */
static const struct {
	const char *name, *content, *what;
	enum severity severity;
} files[] = {
	{ "id_rsa", KEY, "a private key", SEV_ERROR },
	{ "id_dsa", KEY, "a private key", SEV_ERROR },
	{ "id_ecdsa", KEY, "a private key", SEV_ERROR },
	{ "id_ed25519", KEY, "a private key", SEV_ERROR },
	{ "server.key", KEY, "a private key", SEV_WARN },
	{ "private.key", KEY, "a private key", SEV_WARN },
	{ "tls.key", KEY, "a private key", SEV_WARN },
	{ "privkey.pem", KEY, "a private key", SEV_WARN },
	{ "key.pem", KEY, "a private key", SEV_WARN },
	{ ".netrc", NULL, "passwords", SEV_WARN },
	{ ".git-credentials", NULL, "passwords", SEV_WARN },
	{ ".pypirc", NULL, "a token of the index", SEV_WARN },
	{ ".npmrc", "_auth", "a token of the registry", SEV_WARN },
	{ ".env", SETS, "secrets of a deployment", SEV_WARN },
	{ ".git", NULL, "the whole history, with all that was ever removed",
	  SEV_WARN },
	{ ".aws", NULL, "credentials", SEV_WARN },
	{ ".ssh", NULL, "private keys", SEV_WARN },
	{ ".gnupg", NULL, "private keys", SEV_WARN },
	{ ".kube", NULL, "credentials", SEV_WARN },
	{ "service-account.json", "private_key", "a private key", SEV_WARN },
	{ "credentials.json", "private_key", "a private key", SEV_WARN },
};

/* Names that say nothing by themselves: a certificate has them, too. */
static const struct {
	const char *name, *content, *what;
} guesses[] = {
	{ "*.key", KEY, "a private key" },
	{ "*.pem", KEY, "a private key" },
	{ "*.ppk", "PuTTY-User-Key-File", "a private key" },
	{ ".env.*", SETS, "secrets of a deployment" },
};

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
	return strcmp(word, SETS) == 0 ? sets_secret(text) : holds(text, word);
}

static int tell(struct str base, const char *what, enum severity severity,
		struct span at, struct lint_out *out, struct err *err)
{
	struct finding found = lint_finding_at(out, at);
	found.severity = severity;
	return lint_report(out, &found, err,
			   "%.*s holds %s, and everybody who can pull the "
			   "image has it, even when a later layer removes "
			   "it; %s",
			   STR_ARG(base), what,
			   str_starts(base, STR(".git")) &&
					   !str_eqz(base, ".git-credentials")
				   ? "leave it out with the ignore file"
				   : "use RUN --mount=type=secret");
}

/* Told only where the content can be read and says so. */
static int look_closer(const struct lint_file *f, struct str source,
		       struct span at, struct lint_out *out, struct err *err)
{
	struct str base = lint_place_base(source);
	if (lint_word_ends(base, ".example .sample .template .dist .test "
				 ".defaults .tmpl .ci"))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(guesses); i++) {
		const char *name = guesses[i].name;
		if (!catalog_glob(name, strlen(name), base, true))
			continue;
		int says = content_says(f, source, guesses[i].content, err);
		if (says < 0)
			return -1;
		if (says == 1)
			return tell(base, guesses[i].what, SEV_WARN, at, out,
				    err);
	}
	return 0;
}

/*	COPY id_rsa /root/.ssh/		told, by its name alone
 *	COPY .npmrc ./			told, unless what it holds says no
 *	COPY . .			only what can be read and has it */
static int look(const struct lint_file *f, struct str source, struct span at,
		bool all, struct lint_out *out, struct err *err)
{
	struct str base = lint_place_base(source);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		if (!str_eqz(base, files[i].name))
			continue;
		int says =
			files[i].content
				? content_says(f, source, files[i].content, err)
				: 1;
		/* Within all of the context a guess is not enough. */
		if (says < 0 || says == 0 || (all && says == 2))
			return says < 0 ? -1 : 0;
		return tell(base, files[i].what, files[i].severity, at, out,
			    err);
	}
	return look_closer(f, source, at, out, err);
}

static void close_dir(DIR **d)
{
	if (*d)
		closedir(*d);
	*d = NULL;
}

static bool is_guess(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(guesses); i++)
		if (catalog_glob(guesses[i].name, strlen(guesses[i].name), name,
				 true))
			return true;
	return false;
}

/* Names of the context's root that a guess fits, in an order that does not
 * hang on the file system's: findings come in it. */
static int read_guesses(const struct lint_file *f, DIR *d,
			struct str names[GUESSES_MAX], size_t *n,
			struct err *err)
{
	struct dirent *e;
	for (int i = 0; i < ENTRIES_MAX && *n < GUESSES_MAX && (e = readdir(d));
	     i++) {
		struct str name;
		if (!is_guess(str_of(e->d_name)))
			continue;
		if (arena_str(f->arena, str_of(e->d_name), &name, err) < 0)
			return -1;
		size_t at = (*n)++;
		for (; at && str_cmp(name, names[at - 1]) < 0; at--)
			names[at] = names[at - 1];
		names[at] = name;
	}
	return 0;
}

static int look_at_root(const struct lint_file *f, struct span at,
			struct lint_out *out, struct err *err)
{
	struct str names[GUESSES_MAX];
	size_t n = 0;
	int fd = f->context_fd < 0 ? -1
				   : openat(f->context_fd, ".",
					    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	scoped(close_dir) DIR *d = fd < 0 ? NULL : fdopendir(fd);
	if (!d && fd >= 0)
		close(fd);
	if (d && read_guesses(f, d, names, &n, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (look_closer(f, names[i], at, out, err) < 0)
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

/* A COPY of all takes what stands at the root of the context. */
static int look_in_context(const struct lint_file *f, const struct df_instr *in,
			   struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		/* A weak ignore file is PARE3005's. */
		if (strcmp(files[i].name, ".git") == 0)
			continue;
		int has =
			lint_context_source_has(f, str_of(files[i].name), err);
		if (has < 0 || (has && look(f, str_of(files[i].name), in->at,
					    true, out, err) < 0))
			return -1;
	}
	return look_at_git(f, in->at, out, err) < 0
		       ? -1
		       : look_at_root(f, in->at, out, err);
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	size_t n;
	const struct df_word *w = dockerfile_copy_sources(in, &n);
	if (dockerfile_flag(in, "from") || !lint_ships(f, in))
		return 0;
	if (lint_copies_context(in))
		return look_in_context(f, in, out, err);
	for (size_t i = 0; i < n; i++)
		if (!dockerfile_copy_heredoc(in, &w[i]) &&
		    look(f, w[i].text, w[i].at, false, out, err) < 0)
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

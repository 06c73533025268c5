/* SPDX-License-Identifier: Apache-2.0 */
/* Files that hold secrets by their names.
 *
 * A name alone is a guess, so where the context can be read its content
 * decides: .npmrc with _auth and a variable is no secret. COPY of all takes
 * whatever stands at the root, and a guess is not enough for that: only content
 * that says so counts. */
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/facts/image_path.h"
#include "lint/rules/copy/context_source.h"
#include "lint/rules/copy/broad_copy.h"

enum { CONTENT_MAX = 16 << 10 };

/* Files that hold secrets by their name; a word that their content must have,
 * when it can be read. */
static const struct {
	const char *name, *content, *what;
	enum severity severity;
} files[] = {
	{ "id_rsa", NULL, "a private key", SEV_ERROR },
	{ "id_dsa", NULL, "a private key", SEV_ERROR },
	{ "id_ecdsa", NULL, "a private key", SEV_ERROR },
	{ "id_ed25519", NULL, "a private key", SEV_ERROR },
	{ "server.key", "PRIVATE KEY", "a private key", SEV_WARN },
	{ "private.key", "PRIVATE KEY", "a private key", SEV_WARN },
	{ "tls.key", "PRIVATE KEY", "a private key", SEV_WARN },
	{ "privkey.pem", "PRIVATE KEY", "a private key", SEV_WARN },
	{ "key.pem", "PRIVATE KEY", "a private key", SEV_WARN },
	{ ".netrc", NULL, "passwords", SEV_WARN },
	{ ".git-credentials", NULL, "passwords", SEV_WARN },
	{ ".pypirc", NULL, "a token of the index", SEV_WARN },
	{ ".npmrc", "_auth", "a token of the registry", SEV_WARN },
	{ ".env", NULL, "the environment of a deployment", SEV_WARN },
	{ ".aws", NULL, "credentials", SEV_WARN },
	{ ".ssh", NULL, "private keys", SEV_WARN },
	{ ".gnupg", NULL, "private keys", SEV_WARN },
	{ ".kube", NULL, "credentials", SEV_WARN },
	{ "service-account.json", "private_key", "a private key", SEV_WARN },
	{ "credentials.json", "private_key", "a private key", SEV_WARN },
};

static bool holds(struct str text, const char *word)
{
	struct str w = str_of(word);
	for (size_t i = 0; i + w.n <= text.n; i++)
		if (str_starts(str_from(text, i), w))
			return true;
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
	return holds(text, word);
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
		struct finding found = lint_finding_at(out, at);
		found.severity = files[i].severity;
		return lint_report(
			out, &found, err,
			"%.*s holds %s, and whoever pulls the image "
			"has it, even when a later layer removes it; "
			"use RUN --mount=type=secret",
			STR_ARG(base), files[i].what);
	}
	return 0;
}

/* A COPY of all takes what stands at the root of the context. */
static int look_in_context(const struct lint_file *f, const struct df_instr *in,
			   struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		int has =
			lint_context_source_has(f, str_of(files[i].name), err);
		if (has < 0 || (has && look(f, str_of(files[i].name), in->at,
					    true, out, err) < 0))
			return -1;
	}
	return 0;
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

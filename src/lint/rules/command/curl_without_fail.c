/* SPDX-License-Identifier: Apache-2.0 */
/* curl exits 0 on a server's error page unless it is told --fail, so
 *
 *	RUN curl -sSLo /usr/bin/app https://example.org/app && chmod +x ...
 *
 * stores "404: Not Found" as a program, and the build is green.
 *
 * Told where the output goes on: into a file or a pipe. Not where a program
 * behind it fails on such a page (tar, unzip, gpg, jq) or a checksum is held
 * against it, and not where the status itself is asked for (-w). */
#include "base/chars.h"
#include "catalog/catalog.h"
#include "dockerfile/access.h"
#include "lint/facts/image_path.h"
#include "lint/facts/script_option.h"
#include "lint/facts/words.h"
#include "lint/rule.h"

enum { HEALTH_WORDS_MAX = 32 };

/* An unquoted $CURL_OPTS may be any options. */
static bool may_be_options(const struct lint_arg *arg)
{
	return !arg->known && !arg->quoted && arg->text.n &&
	       arg->text.p[0] == '$' &&
	       (lint_word_contains_nocase(arg->text, "opt") ||
		lint_word_contains_nocase(arg->text, "arg") ||
		lint_word_contains_nocase(arg->text, "flag"));
}

static bool fails(const struct lint_command *c)
{
	static const char *const options[] = {
		"-f",	     "--fail", "--fail-with-body", "-I",
		"--head",    "-w",     "--write-out",	   "-V",
		"--version", "-h",     "--help",	   "-K",
		"--config",
	};
	for (size_t i = 0; i < ARRAY_LEN(options); i++)
		if (lint_cmd_has(c, options[i]))
			return true;
	for (size_t i = 0; i < c->n_args; i++)
		if (may_be_options(&c->args[i]))
			return true;
	return false;
}

/* The file that -o, -O or > writes, by its name alone; empty: none. */
static struct str written(const struct lint_command *c)
{
	struct str to = lint_cmd_option(c, "-o --output");
	const struct sh_node *n = c->node;
	for (size_t i = 0; n && !to.n && i < n->n_redirects; i++) {
		const struct sh_redirect *r = &n->redirects[i];
		struct str text = c->run->run.sh.text;
		if (r->fd != 2 && str_starts(span_str(text, r->op), STR(">")) &&
		    !str_ends(span_str(text, r->op), STR("&")))
			to = span_str(text, r->target.at);
	}
	for (size_t i = 0; !to.n && i < c->n_args; i++)
		if (lint_place_is_url(c->args[i].text) &&
		    (lint_cmd_has(c, "-O") || lint_cmd_has(c, "--remote-name")))
			to = lint_place_of_url(c->args[i].text);
	if (str_eqz(to, "-") || str_starts(to, STR("/dev/")))
		return (struct str){ 0 };
	return lint_word_unquoted(lint_place_base(to));
}

/* Behind it in the same RUN something reads the file that an error page does
 * not pass, or a checksum is asked of anything. */
static bool is_checked(const struct lint_command *c, struct str file)
{
	size_t end =
		MIN(c->run->n_commands, (size_t)c->index + LINT_LOOK_AHEAD);
	for (size_t i = c->index + 1; i < end; i++) {
		const struct lint_command *o = c->run->commands[i].unwrapped;
		if (lint_cmd_is(o, catalog_downloads.checks_any))
			return true;
		if (!lint_cmd_is(o, catalog_downloads.checks))
			continue;
		for (size_t k = 0; k < o->n_args; k++) {
			struct str a = o->args[k].text;
			if (str_ends(a, file) || str_find(a, '*') < a.n)
				return true;
		}
	}
	return false;
}

/* What reads the pipe behind c; NULL: nothing does. */
static const struct lint_command *reader(const struct lint_command *c)
{
	const struct sh_node *n = c->node;
	for (; n && n->parent && n->parent->kind != SH_PIPELINE; n = n->parent)
		if (n->parent->kind == SH_LIST && n->parent->child->next)
			return NULL;
	if (!n || !n->parent || !n->next)
		return NULL;
	size_t end =
		MIN(c->run->n_commands, (size_t)c->index + LINT_LOOK_AHEAD);
	for (size_t i = c->index + 1; i < end; i++) {
		const struct sh_node *o = c->run->commands[i].node;
		while (o && o != n->next)
			o = o->parent;
		if (o)
			return c->run->commands[i].unwrapped;
	}
	return NULL;
}

static int tell(const struct lint_command *c, const char *where,
		struct str name, const char *more, struct lint_out *out,
		struct err *err)
{
	return lint_find(out, c->name.at, err,
			 "curl without -f exits 0 when the server sends an "
			 "error page, which then %s %s; write curl -f%s, so "
			 "that the build stops there",
			 where, str_quoted(name).text, more);
}

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	if (!lint_cmd_is(c, "curl") || fails(c))
		return 0;
	const struct lint_command *r = reader(c);
	if (r && r->name.known && !lint_cmd_is(r, catalog_downloads.checks) &&
	    !lint_cmd_is(r, catalog_downloads.checks_any))
		return tell(c, "goes into", r->base,
			    lint_shell_option(c->run, c, LINT_PIPEFAIL)
				    ? ""
				    : " and set -o pipefail",
			    out, err);
	struct str file = written(c);
	if (r || !file.n || is_checked(c, file))
		return 0;
	return tell(c, "is stored as", file, "", out, err);
}

CHECK_UNWRAPPED(check_command)

/* What reads the answer knows a page from an answer: curl ... | grep ok. */
static bool has_pipe(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '|' && (i == 0 || text.p[i - 1] != '|') &&
		    (i + 1 == text.n || text.p[i + 1] != '|'))
			return true;
	return false;
}

static struct str first_word(struct str *rest)
{
	size_t i = 0, end;
	while (i < rest->n && is_blank(rest->p[i]))
		i++;
	for (end = i; end < rest->n && !is_blank(rest->p[end]);)
		end++;
	struct str word = { rest->p + i, end - i };
	*rest = str_from(*rest, end);
	return word;
}

/* HEALTHCHECK CMD curl http://localhost/ is passed by any answer, "500
 * Internal Server Error" as well. Its words, up to what only a shell knows. */
static int check_instr(const struct lint_file *f, const struct df_instr *in,
		       struct lint_out *out, struct err *err)
{
	size_t n = 0;
	const struct df_word *w = dockerfile_command(in, &n);
	struct lint_arg args[HEALTH_WORDS_MAX];
	struct lint_command c = { .args = args };
	bool json = in->form == DF_FORM_JSON;
	struct str rest = n ? w[0].text : (struct str){ 0 };
	(void)f;
	for (size_t i = 0; c.n_args < HEALTH_WORDS_MAX; i++) {
		struct str word = json && i < n ? w[i].text : first_word(&rest);
		if ((json && i >= n) || !word.n ||
		    str_find(word, '|') < word.n ||
		    str_find(word, ';') < word.n ||
		    str_find(word, '>') < word.n)
			break;
		args[c.n_args++] =
			(struct lint_arg){ .text = word, .known = true };
	}
	if (in->bad || !c.n_args || (!json && has_pipe(w[0].text)) ||
	    !str_eqz(lint_place_base(args[0].text), "curl") || fails(&c))
		return 0;
	return lint_find(
		out, in->at, err,
		"curl without -f exits 0 on an error page, so a server "
		"that answers 500 to everything is called healthy; "
		"write curl -f");
}

const struct lint_rule rule_curl_without_fail = {
	.id = "PARE8004",
	.severity = SEV_WARN,
	.summary = "curl that treats an error page as success",
	.on = DF_HEALTHCHECK,
	.check_run = check_run,
	.check_instr = check_instr,
};

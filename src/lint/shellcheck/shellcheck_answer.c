/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/shellcheck/shellcheck_answer.h"

#include <stdio.h>

#include "lint/facts/words.h"
#include "json/json.h"
#include "lint/internal.h"
#include "lint/shellcheck/shellcheck_noise.h"

const struct lint_rule rule_shellcheck = {
	.id = "SC",
	.severity = SEV_WARN,
	.summary = "what shellcheck says about the script",
};

int lint_shellcheck_uses_make(struct check_uses *u, size_t n_files,
			      struct arena *a, struct err *err)
{
	u->first = arena_array(a, n_files, sizeof *u->first, err);
	u->next = arena_array(a, u->n, sizeof *u->next, err);
	if (!u->first || !u->next)
		return -1;
	for (size_t i = 0; i < n_files; i++)
		u->first[i] = u->n;
	for (size_t i = u->n; i-- > 0;) {
		u->next[i] = u->first[u->scripts[i].file];
		u->first[u->scripts[i].file] = i;
	}
	return 0;
}

/* One comment, before it is known whose it is. */
struct comment {
	size_t file;
	uint64_t code;
	struct check_place at;
	enum severity severity;
	struct str message;
};

static bool severity_of(struct str level, enum severity *out)
{
	static const char *const levels[] = { "error", "warning", "info",
					      "style" };
	for (int i = 0; i < 4; i++)
		if (str_eqz(level, levels[i])) {
			*out = (enum severity)i;
			return true;
		}
	return false;
}

static int no_answer(struct err *err)
{
	if (err->code == ERR_NOMEM)
		return -1;
	err_clear(err);
	return err_set(err, ERR_CORRUPT, "no answer in shellcheck's JSON");
}

/* false: it is none; err may say why. */
static bool read_comment(const struct check_answer *p, const json_t *o,
			 struct comment *c, struct err *err)
{
	struct str file = { 0 }, level = { 0 };
	uint64_t number;
	if (!json_is_object(o) || json_get_str(o, "file", &file, err) <= 0 ||
	    json_get_str(o, "level", &level, err) <= 0 ||
	    json_get_str(o, "message", &c->message, err) <= 0 ||
	    json_get_u64(o, "code", &c->code, err) <= 0 ||
	    json_get_u64(o, "line", &c->at.line, err) <= 0 ||
	    json_get_u64(o, "column", &c->at.column, err) <= 0 ||
	    json_get_u64(o, "endLine", &c->at.end_line, err) <= 0 ||
	    json_get_u64(o, "endColumn", &c->at.end_column, err) <= 0)
		return false;
	if (!str_to_u64(file, &number) || number < p->from || number >= p->to ||
	    !severity_of(level, &c->severity) || c->code > 99999)
		return false;
	c->file = number;
	return true;
}

static bool is_dropped(uint64_t code)
{
	return code == 1090 || code == 1091 || code == 2187;
}

/* What shellcheck denies any sh, and the one that the base has does all the
 * same; tried in busybox 1.35 and dash 0.5.12 as Debian builds them. */
static const struct done_anyhow {
	uint64_t code;
	const char *word; /* in the message; NULL: whatever it says */
	bool by_dash;	  /* busybox does them all */
} done_anyhow[] = {
	{ 3001, NULL, false },	      /* <(command) */
	{ 3003, NULL, false },	      /* $'\t' */
	{ 3010, NULL, false },	      /* [[ ]] */
	{ 3012, NULL, true },	      /* [ a \< b ] */
	{ 3014, NULL, false },	      /* [ a == b ] */
	{ 3018, NULL, false },	      /* $((i++)) */
	{ 3019, NULL, false },	      /* $((2**3)) */
	{ 3020, NULL, false },	      /* &>file */
	{ 3028, "RANDOM", false },    /* not UID */
	{ 3028, "HOSTNAME", false },  /* not SECONDS */
	{ 3036, NULL, false },	      /* echo -e */
	{ 3037, NULL, false },	      /* echo -n, which alone dash takes */
	{ 3039, NULL, false },	      /* let */
	{ 3040, "pipefail", false },  /* set -o pipefail */
	{ 3043, NULL, true },	      /* local */
	{ 3045, "read -n", false },   /* a key */
	{ 3045, "read -p", true },    /* a prompt */
	{ 3045, "read -s", false },   /* no echo */
	{ 3045, "read -t", false },   /* a time */
	{ 3045, "type -p", false },   /* the path */
	{ 3045, "ulimit", true },     /* ulimit -n */
	{ 3045, "export -n", false }, /* no longer */
	{ 3046, NULL, false },	      /* source */
	{ 3047, NULL, false },	      /* trap ... ERR */
	{ 3048, NULL, false },	      /* trap ... SIGTERM */
	{ 3057, NULL, false },	      /* ${x:1:2} */
	{ 3060, NULL, false },	      /* ${x/a/b} */
};

static bool base_does_it(const struct check_script *s, const struct comment *c)
{
	const char *shell = lint_run_base_shell(s->run);
	const char *name = s->run->shell_is.name;
	if (!shell || !name || !lint_word_in(str_of(name), "sh ash"))
		return false;
	bool busybox = strcmp(shell, "busybox") == 0;
	bool dash = strcmp(shell, "dash") == 0;
	for (size_t i = 0; i < ARRAY_LEN(done_anyhow); i++) {
		const struct done_anyhow *d = &done_anyhow[i];
		if (d->code == c->code && (busybox || (dash && d->by_dash)) &&
		    (!d->word || lint_word_contains(c->message, d->word)))
			return true;
	}
	return false;
}

static int place(const struct check_script *s, const struct comment *c,
		 struct err *err)
{
	struct span at;
	struct str id, message = c->message;
	char text[16];
	if (base_does_it(s, c) ||
	    !lint_shellcheck_script_place(s, &c->at, &at) ||
	    lint_shellcheck_is_noise(s->run, c->code, at))
		return 0;
	snprintf(text, sizeof text, "SC%04u", (unsigned)c->code);
	if (arena_str(lint_job_file(s->job)->arena, str_of(text), &id, err) < 0)
		return -1;
	if (str_ends(message, STR(".")) && !str_ends(message, STR("..")))
		message.n--;
	return lint_add(s->job, &rule_shellcheck, id.p, c->severity, at,
			message, err);
}

/* To every script that is the file. */
static int hand_out(const struct check_uses *u, const struct comment *c,
		    struct err *err)
{
	for (size_t i = u->first[c->file]; i < u->n; i = u->next[i])
		if (place(&u->scripts[i], c, err) < 0)
			return -1;
	return 0;
}

/* All are looked at before the first is added. */
int lint_shellcheck_answer_add(const struct check_answer *answer,
			       struct err *err)
{
	scoped(json_free) json_t *doc = NULL;
	struct limits lim = limits_default;
	json_t *comments = NULL;
	struct comment c;
	lim.manifest_max = answer->text.n;
	if (json_parse(answer->text, &lim, &lim.manifest_max, &doc, err) < 0 ||
	    json_get_array(doc, "comments", &comments, err) <= 0)
		return no_answer(err);
	size_t n = json_array_size(comments);
	for (size_t i = 0; i < n; i++)
		if (!read_comment(answer, json_array_get(comments, i), &c, err))
			return no_answer(err);
	for (size_t i = 0; i < n; i++)
		if (read_comment(answer, json_array_get(comments, i), &c,
				 err) &&
		    !is_dropped(c.code) && hand_out(answer->uses, &c, err) < 0)
			return -1;
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Start scripts that do not start, or keep signals from what they start.
 *
 * The context has the script, so what the kernel will say to it is known now:
 * a line end of Windows behind the interpreter ("/bin/sh\r" is no file), no #!
 * at all, no permission to be executed. The build is green in all three cases
 * and the container ends at once.
 *
 * A shell that waits for its last command is process 1 and hands on no signal:
 * `docker stop` waits ten seconds and kills. exec in front of that command
 * puts the program in the shell's place. */
#include "dockerfile/access.h"
#include "lint/facts/image_path.h"
#include "lint/facts/words.h"
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"
#include "lint/rules/start/entrypoint.h"

static bool is_text(struct str s)
{
	return s.n && !memchr(s.p, 0, s.n) && s.p[0] != 0x7f;
}

/* A RUN may have changed line ends or modes of it: of the file by its name, or
 * of many by a pattern. */
static bool is_mended(const struct lint_file *f, struct str name,
		      const char *programs)
{
	struct str base = lint_place_base(name);
	for (size_t i = 0; i < f->n_runs; i++)
		for (size_t k = 0; k < f->runs[i].n_commands; k++) {
			const struct lint_command *c =
				f->runs[i].commands[k].unwrapped;
			if (!lint_cmd_is(c, programs))
				continue;
			for (size_t j = 0; j < c->n_args; j++) {
				struct str a = c->args[j].text;
				if (str_ends(a, base) || !c->args[j].known ||
				    str_find(a, '*') < a.n ||
				    lint_word_in(a, "-R --recursive"))
					return true;
			}
		}
	return lint_file_says(f, "find") || lint_file_says(f, "xargs");
}

static int has_line_ends(const struct lint_file *f,
			 const struct start_script *s, struct lint_out *out,
			 struct err *err)
{
	size_t end = str_find(s->text, '\n');
	if (!str_starts(s->text, STR("#!")) || end == s->text.n ||
	    s->text.p[end - 1] != '\r' ||
	    is_mended(f, s->name, "dos2unix sed tr perl awk fromdos"))
		return 0;
	struct finding found = lint_finding_at(out, s->at);
	found.severity = SEV_ERROR;
	if (lint_report(out, &found, err,
			"%s has the line ends of Windows, so the kernel looks "
			"for an interpreter whose name ends with a carriage "
			"return and the container does not start; save it with "
			"LF alone",
			str_quoted(lint_place_base(s->name)).text) < 0)
		return -1;
	return 1;
}

static int has_no_interpreter(const struct start_script *s,
			      struct lint_out *out, struct err *err)
{
	if (!s->direct || str_starts(s->text, STR("#!")) ||
	    !lint_word_ends(s->name, ".sh .bash .py .pl .rb .js"))
		return 0;
	struct finding found = lint_finding_at(out, s->at);
	found.severity = SEV_ERROR;
	if (lint_report(out, &found, err,
			"%s has no #! line, and without a shell in front of it "
			"the kernel refuses to run it (exec format error); "
			"begin it with a line such as #!/bin/sh",
			str_quoted(lint_place_base(s->name)).text) < 0)
		return -1;
	return 1;
}

/* COPY keeps the mode of the context. */
static int is_not_executable(const struct lint_file *f,
			     const struct start_script *s, bool by_shell,
			     struct lint_out *out, struct err *err)
{
	if (by_shell || !s->mode || (s->mode & 0111) ||
	    dockerfile_flag(s->in, "chmod") ||
	    is_mended(f, s->name, "chmod install setfacl"))
		return 0;
	struct finding found = lint_finding_at(out, s->at);
	found.severity = SEV_ERROR;
	if (lint_report(out, &found, err,
			"%s is not executable (mode %04o), so the container "
			"does not start; give the %s --chmod=0755",
			str_quoted(lint_place_base(s->name)).text, s->mode,
			s->in->kind == DF_ADD ? "ADD" : "COPY") < 0)
		return -1;
	return 1;
}

/* The last command of the script; NULL where it is a loop, a list with && or
 * anything else whose end nobody here can tell. */
static const struct sh_node *last_command(const struct sh_script *sh)
{
	const struct sh_node *n = sh->root ? sh->root->child : NULL;
	while (n && n->next)
		n = n->next;
	return n && n->kind == SH_SIMPLE && n->op != SH_OP_BACKGROUND ? n
								      : NULL;
}

/* "$@" or a program; not what a shell does by itself, which ends at once. */
static int waits(const struct lint_file *f, const struct sh_script *sh,
		 const struct sh_node *n, struct str *name, struct err *err)
{
	static const char own[] =
		"exit return wait trap true false : . source eval export set "
		"unset cd echo printf shift test [ kill rm cp mv mkdir chmod "
		"chown ln touch cat ls sleep su sudo"; /* PARE7008 */
	if (n->n_words == 0)
		return 0;
	struct str text = span_str(sh->text, n->words[0].at);
	if (lint_word_in(text, "exec wait"))
		return 0;
	if (lint_word_in(text, "\"$@\" $@ $* \"${@}\"")) {
		*name = STR("$@");
		return 1;
	}
	if (lint_start_command(f, sh, n, name, err) < 0)
		return -1;
	return name->n && !lint_word_in(*name, own);
}

/* A script that says exec or trap somewhere knows what it does. */
static int keeps_signals(const struct lint_file *f,
			 const struct start_script *s, struct lint_out *out,
			 struct err *err)
{
	struct sh_script sh;
	struct str line = s->text, rest, name = { 0 };
	str_cut(s->text, '\n', &line, &rest);
	if (!str_starts(line, STR("#!")) || !lint_word_contains(line, "sh") ||
	    lint_has_word(s->text, STR("exec")) ||
	    lint_has_word(s->text, STR("trap")) || lint_starts_init(f) ||
	    lint_has_word(s->text, STR("supervisord")))
		return 0;
	if (shell_parse(s->text, SH_BASH, f->arena, &sh, err) < 0)
		return -1;
	const struct sh_node *last = sh.readable ? last_command(&sh) : NULL;
	int r = last ? waits(f, &sh, last, &name, err) : 0;
	if (r <= 0)
		return r;
	return lint_find(out, s->at, err,
			 "%s ends with %s and no exec, so the shell stays "
			 "process 1 and does not pass SIGTERM on: docker stop "
			 "waits ten seconds, then kills; write exec in front "
			 "of that command",
			 str_quoted(lint_place_base(s->name)).text,
			 str_quoted(name).text);
}

/* *named: the instruction says what is started. */
static int check_one(const struct lint_file *f, enum df_kind kind, bool *named,
		     struct lint_out *out, struct err *err)
{
	struct start_script s;
	int r = lint_start_file(f, kind, &s, err);
	*named = s.name.n > 0;
	if (r <= 0 || !is_text(s.text))
		return r < 0 ? -1 : 0;
	/* `sh start.sh` reads it; a shell form executes it like the kernel. */
	bool by_shell = !s.direct && s.start->form == DF_FORM_JSON;
	r = by_shell ? 0 : has_line_ends(f, &s, out, err);
	if (r == 0)
		r = has_no_interpreter(&s, out, err);
	if (r == 0)
		r = is_not_executable(f, &s, by_shell, out, err);
	return r < 0 || keeps_signals(f, &s, out, err) < 0 ? -1 : 0;
}

static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	bool named;
	if (check_one(f, DF_ENTRYPOINT, &named, out, err) < 0)
		return -1;
	/* Else CMD is its arguments. An ENTRYPOINT that is an init alone
	 * starts what CMD names. */
	return named ? 0 : check_one(f, DF_CMD, &named, out, err);
}

const struct lint_rule rule_broken_start_script = {
	.id = "PARE7010",
	.severity = SEV_WARN,
	.summary = "start script that fails to start or does not pass signals "
		   "on",
	.check_file = check,
};

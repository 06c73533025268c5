/* SPDX-License-Identifier: Apache-2.0 */
/* lint/facts/command.h - the commands of a RUN, and questions about one.
 *
 * A command is read once, at four depths. For
 *
 *	RUN sudo -u app exec apt-get -o Dpkg::Use-Pty=0 install -y curl
 *
 * the command itself is `sudo` with all the rest as its arguments; `called` is
 * the same, because hadolint looks through command, exec, builtin, busybox and
 * time alone; `unwrapped` is `apt-get -o Dpkg::Use-Pty=0 install -y curl`: what
 * the wrappers of the catalogue hand on (sudo, env, timeout, xargs, ...), with
 * all its options; `inner` is `apt-get install -y curl`: the same from behind
 * the last option that takes a word and stands in front of the verb. Rules
 * choose the depth they mean and never unwrap by themselves. */
#pragma once
#include "base/arena.h"
#include "base/span.h"

struct catalog_tool;
struct lint_out;
struct lint_run;
struct sh_node;

/* Of a script of very many commands, what is compared with those behind it is
 * with so many. */
enum { LINT_LOOK_AHEAD = 256 };

/* One word of a command: its text without quotes and escapes, and with values
 * that the file or the script tells (lint/facts/script_values.h); other
 * expansions stay as they are written ("$x", "${x%y}", "$(date)"). A word of
 * the script that an expansion splits is several, all at one place. */
struct lint_arg {
	struct str text;
	bool known;	/* nothing in it is still to be expanded */
	bool expanded;	/* some of it is the value of a variable */
	bool quoted;	/* some of it stood in quotes */
	struct span at; /* in the file */
};

/* One simple command of a script (sh.commands), or the one of an exec form. */
struct lint_command {
	struct lint_arg name;  /* text empty: only assignments, redirects */
	struct str base;       /* name behind its last slash */
	struct lint_arg *args; /* behind the name */
	size_t n_args;
	const struct sh_node *node; /* NULL: exec form */
	const struct lint_run *run;
	uint32_t index; /* in run->commands */
	struct span at; /* of the whole command in the file, at any depth */
	/* Itself where nothing is wrapped. called is NULL when the name is
	 * missing or hangs on an expansion; the others are never NULL. */
	const struct lint_command *called, *unwrapped, *inner;
};

/* One of the characters stands outside expansions; one whose text is known
 * has no expansions, whatever it looks like. */
bool lint_arg_has(const struct lint_arg *arg, const char *characters);

/* Its name is known and is one of these (blanks between). */
bool lint_cmd_is(const struct lint_command *c, const char *names);
/* The same, and the first argument that is no option is one of the verbs. */
bool lint_cmd_verb(const struct lint_command *c, const char *names,
		   const char *verbs);
/* The tool of the catalogue whose program it is; NULL. */
const struct catalog_tool *lint_cmd_tool(const struct lint_command *c);
/* It is one of the tool's programs and does one of the verbs, where "-" is no
 * argument at all: `yarn` installs. No tool or no verbs: false. */
bool lint_cmd_does(const struct lint_command *c,
		   const struct catalog_tool *tool, const char *verbs);
/* It adds packages to the system, or takes some away. */
bool lint_cmd_installs(const struct lint_command *c);
bool lint_cmd_uninstalls(const struct lint_command *c);
/* It takes away all that nothing needs any more. */
bool lint_cmd_sweeps(const struct lint_command *c);
/* The name under which it installs (apk add --virtual NAME); empty: none. */
struct str lint_cmd_group(const struct lint_command *c);
/* An option is there: "-y", "--yes"; a letter also in a bundle ("-qy"), a
 * long one also with =value. Arguments behind "--" do not count. */
bool lint_cmd_has(const struct lint_command *c, const char *option);
/* How many options are of the list, as hadolint counts them: letters, each of
 * those behind one hyphen, or names behind two hyphens and in front of =. */
size_t lint_cmd_count_options(const struct lint_command *c, const char *names);
/* The value of an option: "-o x", "-ox", "--output x", "--output=x"; the
 * names have blanks between them. Empty: it is not there. A letter may also
 * stand in a bundle, when what takes the value is its last. */
struct str lint_cmd_option(const struct lint_command *c, const char *names);
/* The argument as text, or {0} past the end. */
struct str lint_cmd_arg(const struct lint_command *c, size_t i);
/* The first argument from the i-th on that is no option, nor the value of one
 * as its tool has it; n_args. */
size_t lint_cmd_next_operand(const struct lint_command *c, size_t i);
/* The first argument, wherever it stands, that is one of the words; n_args. */
size_t lint_cmd_find_arg(const struct lint_command *c, const char *words);
bool lint_cmd_has_arg(const struct lint_command *c, const char *words);

/* From the name to the argument i, or the name alone when i is n_args. */
struct span lint_cmd_span(const struct lint_command *c, size_t i);
/* "apt-get install": the name and the argument i. */
struct quoted lint_cmd_words(const struct lint_command *c, size_t i);

/* b is run after a in the same script, whatever branches are taken: false for
 * the arms of a case, and for what stands inside a. */
bool lint_cmd_after(const struct lint_command *a, const struct lint_command *b);
/* One of the called commands that are run after c is such a one. */
bool lint_cmd_followed(const struct lint_command *c,
		       bool (*is_such)(const struct lint_command *c));
/* The command takes the directory, or all that is in it, away: rm, or find
 * with -delete. Words with expansions may. */
bool lint_cmd_removes(const struct lint_command *c, const char *directory);

/* Something may answer its questions: it stands behind a pipe (`yes |`), or
 * its input is redirected. */
bool lint_cmd_is_fed(const struct lint_command *c);

/* Calls check for each called command of the run. */
must_check int lint_cmd_each(const struct lint_run *run,
			     int (*check)(const struct lint_command *c,
					  struct lint_out *out,
					  struct err *err),
			     struct lint_out *out, struct err *err);
/* The same for each unwrapped command whose name is known. */
must_check int lint_cmd_each_unwrapped(
	const struct lint_run *run,
	int (*check)(const struct lint_command *c, struct lint_out *out,
		     struct err *err),
	struct lint_out *out, struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* rules/cmd.h - a command of a RUN as hadolint's rules compare it.
 *
 * Its name is looked for behind command, exec, builtin and busybox; nothing
 * else is looked through, so `sudo apt-get` is a sudo. A word is an argument
 * wherever it stands; letters behind one hyphen are options each; what stands
 * behind two hyphens and in front of = is an option. */
#pragma once
#include "lint/rule.h"

struct cmd {
	const struct lint_file *file;
	const struct lint_command *c;
	struct str name; /* without directories */
	struct span at;	 /* of the name */
	const struct lint_arg *args;
	size_t n;
};

/* false: there is no name, or it hangs on an expansion. */
bool cmd_read(const struct lint_file *f, const struct lint_command *c,
	      struct cmd *out);
/* One of the names; lists have single blanks between their words. */
bool cmd_is(const struct cmd *c, const char *names);
/* An argument is one of the words; the first one's index, or c->n. */
size_t cmd_find(const struct cmd *c, const char *words);
bool cmd_has(const struct cmd *c, const char *words);
/* How many options are of the list: letters, or names of two hyphens. */
size_t cmd_options(const struct cmd *c, const char *names);
/* From the name to the argument i, or the name alone when i is c->n. */
struct span cmd_span(const struct cmd *c, size_t i);
/* "apt-get install": the name and the argument i. */
struct quoted cmd_words(const struct cmd *c, size_t i);

/* Calls check for each command of the run. */
must_check int cmd_each(const struct lint_file *f, const struct lint_run *run,
			int (*check)(const struct cmd *c, struct lint_out *out,
				     struct err *err),
			struct lint_out *out, struct err *err);

/* One of the commands that are run after c in its script is such a one. */
bool cmd_followed(const struct cmd *c, bool (*is_such)(const struct cmd *c));

/* Defines check_run of a rule that looks at each command on its own. */
#define CHECK_COMMANDS(check)                                                  \
	static int check_run(const struct lint_file *f,                        \
			     const struct lint_run *run, struct lint_out *out, \
			     struct err *err)                                  \
	{                                                                      \
		return cmd_each(f, run, check, out, err);                      \
	}

/* The command takes the directory, or all that is in it, away: rm, or find
 * with -delete. Words with expansions may. */
bool cmd_removes(const struct cmd *c, const char *directory);
/* A cache or tmpfs mount of the run lies where the text is in its target. */
bool cmd_mount_has(const struct lint_run *run, const char *text);

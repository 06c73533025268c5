/* SPDX-License-Identifier: Apache-2.0 */
/*	#!/bin/sh
 *	nginx &			nobody passes SIGTERM on to it
 *	exec app		the program becomes PID 1, and reaps nothing
 *
 * A shell as PID 1 does not pass signals to what it started in the background,
 * and the program that replaces it does not expect children. An init or a trap
 * in the script is the author's own answer. */
#include "lint/rule.h"
#include "lint/rules/start/entrypoint.h"

/* A list's member that ends in &: its first simple command. */
static const struct sh_node *in_background(const struct sh_node *n)
{
	for (; n; n = n->next) {
		const struct sh_node *first = n;
		if (n->op == SH_OP_BACKGROUND) {
			while (first && first->kind != SH_SIMPLE)
				first = first->child;
			return first ? first : n;
		}
		first = in_background(n->child);
		if (first)
			return first;
	}
	return NULL;
}

/* A script with a trap passes signals on by itself. */
static int has_trap(const struct lint_file *f, const struct sh_script *sh,
		    struct err *err)
{
	for (size_t i = 0; i < sh->n_commands; i++) {
		struct str name;
		if (lint_start_command(f, sh, sh->commands[i], &name, err) < 0)
			return -1;
		if (str_eqz(name, "trap") || str_eqz(name, "tini") ||
		    str_eqz(name, "dumb-init"))
			return 1;
	}
	return 0;
}

static int tell(const struct lint_file *f, const struct start_shell *s,
		const struct sh_node *job, struct lint_out *out,
		struct err *err)
{
	struct str name;
	if (lint_start_command(f, &s->sh, job, &name, err) < 0)
		return -1;
	if (name.n == 0)
		name = STR("a program");
	return lint_find(out, s->at, err,
			 "%.*s%s%.*s in the background, where no signal "
			 "reaches it and nothing reaps it when it exits; "
			 "start the container with an init: pare-init, tini "
			 "or dumb-init",
			 STR_ARG(s->name),
			 s->name.n ? " starts " : "this starts ",
			 STR_ARG(name));
}

static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	struct start_shell shells[START_SHELLS_MAX];
	size_t n;
	if (lint_starts_init(f))
		return 0;
	if (lint_start_shells(f, shells, &n, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		const struct sh_node *job =
			in_background(shells[i].sh.root->child);
		int trap = job ? has_trap(f, &shells[i].sh, err) : 1;
		if (trap < 0)
			return -1;
		if (!trap)
			return tell(f, &shells[i], job, out, err);
	}
	return 0;
}

const struct lint_rule rule_several_processes_without_init = {
	.id = "PARE7006",
	.severity = SEV_WARN,
	.summary = "several processes without an init",
	.check_file = check,
};

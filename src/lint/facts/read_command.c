/* SPDX-License-Identifier: Apache-2.0 */
/* Commands of a RUN as their words stand in the file. */
#include "dockerfile/access.h"
#include "lint/facts/script_values.h"
#include "lint/internal.h"

/* The name behind the last slash. */
static struct str base_name(struct str path)
{
	for (size_t i = path.n; i-- > 0;)
		if (path.p[i] == '/')
			return str_from(path, i + 1);
	return path;
}

/* Quotes and escapes go, values that are known are put in. A word may become
 * none, so the name is the first that is left: $SUDO apt-get, with SUDO="". */
static int read_node(const struct script_values *values,
		     const struct sh_node *node, struct lint_command *c,
		     struct err *err)
{
	struct lint_arg *words = NULL;
	size_t n = 0, cap = 0;
	c->node = node;
	c->at = dockerfile_run_span(&values->run->run, node->at);
	for (size_t i = 0; i < node->n_words; i++)
		if (lint_script_words(values, c->index, &node->words[i], &words,
				      &n, &cap, err) < 0)
			return -1;
	if (n == 0)
		return 0;
	c->name = words[0];
	c->args = words + 1;
	c->n_args = n - 1;
	c->base = base_name(c->name.text);
	return 0;
}

static int read_exec(const struct lint_run *run, struct arena *a,
		     struct lint_command *c, struct err *err)
{
	size_t n;
	const struct df_word *words = dockerfile_command(run->in, &n);
	if (n == 0)
		return 0;
	c->at = span_of(words[0].at.at, span_end(words[n - 1].at));
	c->args = arena_array(a, n, sizeof *c->args, err);
	if (!c->args)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct lint_arg arg = { .text = words[i].text,
					.known = true,
					.quoted = true,
					.at = words[i].at };
		if (i == 0)
			c->name = arg;
		else
			c->args[c->n_args++] = arg;
	}
	c->base = base_name(c->name.text);
	return 0;
}

/* Those that switch options of the shell, for who asks which are on. */
static int keep_sets(struct lint_run *run, struct arena *a, struct err *err)
{
	size_t n = 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].called;
		n += c && c->node && lint_cmd_is(c, "set shopt");
	}
	run->sets = arena_array(a, n, sizeof *run->sets, err);
	if (!run->sets)
		return -1;
	for (size_t i = 0; run->n_sets < n; i++) {
		const struct lint_command *c = run->commands[i].called;
		if (c && c->node && lint_cmd_is(c, "set shopt"))
			run->sets[run->n_sets++] = (uint32_t)i;
	}
	return 0;
}

/* A script that the parser could not read has no commands, and rules about
 * commands are silent. */
int lint_read_commands(struct lint_run *run, struct arena *a, struct err *err)
{
	const struct sh_script *s = &run->run.sh;
	bool exec = run->run.form == DF_RUN_EXEC && !run->in->bad &&
		    run->in->n_words;
	size_t n = exec ? 1 : s->readable ? s->n_commands : 0;
	struct script_values values;
	run->commands = arena_array(a, n, sizeof *run->commands, err);
	if (!run->commands ||
	    (!exec && lint_script_values(run, a, &values, err) < 0))
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct lint_command *c = &run->commands[i];
		c->run = run;
		c->index = (uint32_t)i;
		if ((exec ? read_exec(run, a, c, err)
			  : read_node(&values, s->commands[i], c, err)) < 0 ||
		    lint_unwrap(c, a, err) < 0 ||
		    (!exec && lint_script_assign(&values, c->index, err) < 0))
			return -1;
	}
	run->cwds = arena_alloc(a, sizeof *run->cwds, err);
	if (!run->cwds)
		return -1;
	run->n_commands = n;
	return keep_sets(run, a, err);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Only what the command says: a debug build that a Makefile asks for is not
 * seen. gdb anywhere in the file means that it is wanted. */
#include <stdio.h>

#include "catalog/catalog.h"
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"
#include "lint/facts/words.h"

/* One of the words is an argument; "-c=Debug" also as "-c Debug". */
static bool has_arg(const struct lint_command *c, const char *words)
{
	struct str word, name, value;
	while (lint_word_next(&words, &word))
		for (size_t i = 0; i < c->n_args; i++) {
			struct str a = c->args[i].text;
			if (str_eq(a, word) ||
			    (str_cut(word, '=', &name, &value) &&
			     str_eq(a, name) &&
			     str_eq(lint_cmd_arg(c, i + 1), value)))
				return true;
		}
	return false;
}

static bool has_option(const struct lint_command *c, const char *options)
{
	struct str word;
	char option[32];
	while (lint_word_next(&options, &word)) {
		snprintf(option, sizeof option, "%.*s", STR_ARG(word));
		if (lint_cmd_has(c, option))
			return true;
	}
	return false;
}

/* What to do about the debug build that c is; NULL: it is none. */
static const char *remedy(const struct lint_file *f,
			  const struct lint_command *c)
{
	const struct catalog_tool *tool = lint_cmd_tool(c);
	const struct catalog_debug *d = tool ? tool->debug : NULL;
	if (!d || (d->programs && !lint_cmd_is(c, d->programs)) ||
	    (d->verbs && !lint_cmd_does(c, tool, d->verbs)) ||
	    (d->given && !has_arg(c, d->given)) ||
	    (d->unless && has_option(c, d->unless)) ||
	    /* Somebody takes the program out of there: COPY, cp, or the
	     * start. */
	    (d->output && !lint_file_mentions(f, d->output)) ||
	    (d->undone_by && lint_file_says(f, d->undone_by)))
		return NULL;
	return d->remedy;
}

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	if (run->stage == DF_NO_STAGE || !f->needs[run->stage])
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		const char *text = remedy(f, c);
		if (!text)
			continue;
		if (lint_file_says(f, "gdb") || lint_file_says(f, "gdbserver"))
			return 0;
		if (lint_find(out, run->commands[i].at, err, "%s", text) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_debug_build = {
	.id = "PARE4007",
	.severity = SEV_WARN,
	.summary = "debug build",
	.check_run = check,
};

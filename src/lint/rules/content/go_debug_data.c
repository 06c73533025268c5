/* SPDX-License-Identifier: Apache-2.0 */
/* A Go program carries its symbols (-s leaves them out) and DWARF (-w). Panics
 * keep their traces without either, as those come from the runtime's own
 * tables. Any sign that somebody thought of it ends the rule: flags in a
 * variable, GOFLAGS, strip, upx, a build for debugging. */
#include "catalog/catalog.h"
#include "lint/rule.h"
#include "lint/rules/content/build_tools.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"
#include "lint/facts/words.h"

static const struct catalog_symbols *symbols(void)
{
	return catalog_go.symbols;
}

/* One of the flags is among the text, or what is there is not known. */
static bool strips(struct str text)
{
	struct str flag;
	for (const char *list = symbols()->stripping_flags;
	     lint_word_next(&list, &flag);)
		if (lint_has_word(text, flag))
			return true;
	return str_find(text, '$') < text.n;
}

static bool begins(struct str arg, const char *options)
{
	struct str option;
	while (lint_word_next(&options, &option))
		if (str_starts(arg, option))
			return true;
	return false;
}

/* -s or -w among the linker's flags, wherever they are given: in the command,
 * in GOFLAGS, in a variable; or the program is stripped afterwards. */
static bool is_stripped(const struct lint_file *f, const struct lint_command *c)
{
	for (size_t i = 0; i < c->n_args; i++)
		if (begins(c->args[i].text, symbols()->linker_options) &&
		    (strips(c->args[i].text) || strips(lint_cmd_arg(c, i + 1))))
			return true;
	return lint_file_says(f, symbols()->variables) ||
	       lint_file_says(f, "strip") || lint_file_says(f, "upx");
}

/* Makes a program to keep: it has a name, or goes to the place of programs;
 * `go build ./...` only checks. */
static bool makes_program(const struct lint_command *c)
{
	if (lint_cmd_does(c, &catalog_go, symbols()->install))
		return true;
	if (!lint_cmd_does(c, &catalog_go, symbols()->build))
		return false;
	struct str to = lint_cmd_option(c, "-o");
	if (to.n)
		return !str_starts(to, STR("/dev/"));
	for (size_t i = 0; i < c->n_args; i++)
		if (str_ends(c->args[i].text, STR("...")))
			return false;
	return true;
}

static bool is_for_debugging(const struct lint_command *c)
{
	for (size_t i = 0; i < c->n_args; i++)
		if (begins(c->args[i].text, symbols()->debugging))
			return true;
	return false;
}

/* Where the program goes. 1; 0: that is not known; -1. */
static int output_of(const struct lint_file *f, const struct lint_command *c,
		     struct str *out, struct err *err)
{
	struct str to = lint_cmd_option(c, "-o");
	if (lint_cmd_does(c, &catalog_go, symbols()->install)) {
		*out = str_of(symbols()->into);
		return !lint_file_says(f, symbols()->into_variable);
	}
	return lint_place_arg(f, c, to.n ? to : STR("."), out, err) < 0 ? -1
									: 1;
}

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	if (run->stage == DF_NO_STAGE || !f->needs[run->stage])
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		if (!makes_program(c) || is_for_debugging(c) ||
		    is_stripped(f, c))
			continue;
		struct str program;
		int known = output_of(f, c, &program, err);
		if (known < 0)
			return -1;
		if (!known || !lint_place_ships(f, run, program))
			continue;
		struct finding found =
			lint_finding_at(out, run->commands[i].at);
		lint_finding_weigh(out, &found, "go-symbols");
		if (lint_report(out, &found, err,
				"a third of this Go program is symbols and "
				"debug data, which it does not need to run; "
				"add -ldflags=\"-s -w\"") < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_go_debug_data = {
	.id = "PARE4006",
	.severity = SEV_INFO,
	.summary = "Go program built with its debug data",
	.check_run = check,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* A Go program carries its symbols (-s leaves them out) and DWARF (-w). Panics
 * keep their traces without either, as those come from the runtime's own
 * tables. Any sign that somebody thought of it ends the rule: flags in a
 * variable, GOFLAGS, strip, upx, a build for debugging. */
#include "lint/rule.h"
#include "lint/rules/content/build_tools.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"

/* -s or -w among the linker's flags, wherever they are given: in the command,
 * in GOFLAGS, in a variable; or the program is stripped afterwards. */
static bool is_stripped(const struct lint_file *f, const struct lint_command *c)
{
	for (size_t i = 0; i < c->n_args; i++) {
		struct str a = c->args[i].text;
		if (str_starts(a, STR("-ldflags")) ||
		    str_starts(a, STR("--ldflags"))) {
			struct str value = lint_cmd_arg(c, i + 1);
			if (lint_has_word(a, STR("s")) ||
			    lint_has_word(a, STR("w")) ||
			    lint_has_word(value, STR("s")) ||
			    lint_has_word(value, STR("w")) ||
			    str_find(a, '$') < a.n ||
			    str_find(value, '$') < value.n)
				return true;
		}
	}
	return lint_file_says(f, "GOFLAGS") || lint_file_says(f, "strip") ||
	       lint_file_says(f, "upx");
}

/* Makes a program to keep: it has a name, or goes to the place of programs;
 * `go build ./...` only checks. */
static bool makes_program(const struct lint_command *c)
{
	if (lint_cmd_verb(c, "go", "install"))
		return true;
	if (!lint_cmd_verb(c, "go", "build"))
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
		if (str_starts(c->args[i].text, STR("-gcflags")) ||
		    str_starts(c->args[i].text, STR("-buildmode")) ||
		    str_eqz(c->args[i].text, "-race"))
			return true;
	return false;
}

/* Where the program goes. */
static int output_of(const struct lint_file *f, const struct lint_command *c,
		     struct str *out, struct err *err)
{
	struct str to = lint_cmd_option(c, "-o");
	if (lint_cmd_verb(c, "go", "install")) {
		*out = STR("/go/bin");
		return 0;
	}
	return lint_place_arg(f, c, to.n ? to : STR("."), out, err);
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
		if (output_of(f, c, &program, err) < 0)
			return -1;
		if (!lint_place_ships(f, run, program))
			continue;
		struct finding found =
			lint_finding_at(out, run->commands[i].at);
		lint_finding_weigh(out, &found, "go-symbols");
		if (lint_report(out, &found, err,
				"the program keeps symbols and debug data, "
				"about a third of it; add "
				"-ldflags=\"-s -w\"") < 0)
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

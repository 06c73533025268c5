/* SPDX-License-Identifier: Apache-2.0 */
/* Only what the command says: a debug build that a Makefile asks for is not
 * seen. gdb anywhere in the file means that it is wanted. */
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"

/* Somebody takes the program out of target/debug: COPY, cp, or the start. */
static bool uses_debug_target(const struct lint_file *f)
{
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		struct str t = f->df->instrs[i]->line.text;
		for (size_t k = 0; k + 12 <= t.n; k++)
			if (str_starts(str_from(t, k), STR("target/debug")))
				return true;
	}
	return false;
}

static bool has_arg(const struct lint_command *c, const char *text)
{
	for (size_t i = 0; i < c->n_args; i++)
		if (str_eqz(c->args[i].text, text))
			return true;
	return false;
}

static const char *how(const struct lint_file *f, const struct lint_command *c)
{
	if (lint_cmd_verb(c, "cargo", "build") && uses_debug_target(f) &&
	    !lint_cmd_has(c, "--release") && !lint_cmd_has(c, "-r") &&
	    !lint_cmd_has(c, "--profile"))
		return "cargo builds without optimisation and with debug data; "
		       "add --release and take the program from target/release";
	if (lint_cmd_is(c, "cmake") && has_arg(c, "-DCMAKE_BUILD_TYPE=Debug"))
		return "cmake builds with debug data; use "
		       "-DCMAKE_BUILD_TYPE=Release";
	if (lint_cmd_verb(c, "dotnet", "publish") &&
	    str_eqz(lint_cmd_option(c, "-c --configuration"), "Debug"))
		return "dotnet publishes a debug build; use -c Release";
	if (lint_cmd_is(c, "gcc g++ cc c++ clang clang++") &&
	    (has_arg(c, "-g") || has_arg(c, "-ggdb") || has_arg(c, "-g3")) &&
	    !has_arg(c, "-s") && !has_arg(c, "-c") &&
	    !lint_file_says(f, "strip"))
		return "the program keeps debug data; leave -g out, or strip "
		       "it";
	return NULL;
}

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	if (run->stage == DF_NO_STAGE || !f->needs[run->stage])
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		const char *text = how(f, c);
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

/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/facts/image_path.h"
#include "lint/rules/layer/layer_writes.h"

static bool copies_all(const struct df_instr *in)
{
	size_t n;
	const struct df_word *w = df_copy_sources(in, &n);
	return n == 1 && !df_flag(in, "from") &&
	       (str_eqz(w->text, ".") || str_eqz(w->text, "./") ||
		str_eqz(w->text, "*"));
}

/* It fetches what a manifest of the sources lists, and nothing by name. */
static const char *manifest_of(const struct lint_command *c)
{
	static const struct {
		const char *tools, *verbs, *manifest;
	} rows[] = {
		{ "npm", "ci", "package.json and its lock file" },
		{ "yarn", "install", "package.json and yarn.lock" },
		{ "pnpm", "install i", "package.json and pnpm-lock.yaml" },
		{ "bun", "install i", "package.json and its lock file" },
		{ "bundle bundler", "install", "Gemfile and Gemfile.lock" },
		{ "composer composer.phar", "install",
		  "composer.json and composer.lock" },
		{ "go", "mod", "go.mod and go.sum" },
		{ "pipenv", "install sync", "Pipfile and Pipfile.lock" },
	};
	if (lint_cmd_verb(c, "npm", "install i")) {
		size_t named = 0;
		for (size_t i = 0; i < c->n_args; i++)
			named += c->args[i].text.n &&
				 c->args[i].text.p[0] != '-';
		return named == 1 && !lint_cmd_has(c, "-g")
			       ? "package.json and its lock file"
			       : NULL;
	}
	if (lint_cmd_is(c, "yarn") && c->n_args == 0)
		return "package.json and yarn.lock";
	if (lint_cmd_verb(c, "pip pip3", "install") ||
	    (lint_cmd_is(c, "python python3") &&
	     str_eqz(lint_cmd_arg(c, 1), "pip")))
		return lint_cmd_option(c, "-r --requirement").n
			       ? "the requirements file"
			       : NULL;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (lint_cmd_verb(c, rows[i].tools, rows[i].verbs) &&
		    !lint_cmd_has(c, "-g"))
			return rows[i].manifest;
	return NULL;
}

static const char *installs_in(const struct lint_run *run)
{
	for (size_t i = 0; run && i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		const char *m = manifest_of(c);
		if (m)
			return m;
	}
	return NULL;
}

static int check(const struct lint_file *f, const struct df_stage *s,
		 struct lint_out *out, struct err *err)
{
	const struct df_instr *copy = NULL;
	if (!f->needs[s->index])
		return 0;
	for (uint32_t i = s->first; i < s->end; i++) {
		const struct df_instr *in = f->df->instrs[i];
		const struct lint_run *run =
			in->kind == DF_RUN ? lint_run_of(f, in) : NULL;
		const char *manifest = installs_in(run);
		if (in->kind == DF_COPY && !copy && copies_all(in))
			copy = in;
		if (!manifest)
			continue;
		/* Installed before the copy: that is the order meant. */
		if (!copy)
			return 0;
		return lint_find(out, copy->at, err,
				 "every change of a source file runs line %u "
				 "again; copy %s before it, the rest behind it",
				 line_of(f, in->at.at), manifest);
	}
	return 0;
}

const struct lint_rule rule_sources_before_dependencies = {
	.id = "PARE3003",
	.severity = SEV_INFO,
	.summary = "all sources copied before dependencies are installed",
	.check_stage = check,
};

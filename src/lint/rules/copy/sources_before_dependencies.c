/* SPDX-License-Identifier: Apache-2.0 */
/*	COPY . .
 *	RUN npm ci			run again after every change of a source
 *
 *	COPY package*.json ./
 *	RUN npm ci			from the build cache
 *	COPY . .
 *
 * The first install of a stage decides: one in front of the copy shows that the
 * author knows the order. */
#include "catalog/catalog.h"
#include "dockerfile/access.h"
#include "lint/rule.h"
#include "lint/facts/image_path.h"
#include "lint/rules/layer/layer_writes.h"

static bool copies_all(const struct df_instr *in)
{
	size_t n;
	const struct df_word *w = dockerfile_copy_sources(in, &n);
	return n == 1 && !dockerfile_flag(in, "from") &&
	       (str_eqz(w->text, ".") || str_eqz(w->text, "./") ||
		str_eqz(w->text, "*"));
}

/* The verb is the only word that is no option.
 *
 * "yarn" and "npm install" read a manifest; "npm install express" does not need
 * one. */
static bool names_nothing(const struct lint_command *c)
{
	size_t named = 0;
	for (size_t i = 0; i < c->n_args; i++)
		named += c->args[i].text.n && c->args[i].text.p[0] != '-';
	return named == 1;
}

/* It fetches what a manifest of the sources lists, and nothing by name. */
static const char *manifest_of(const struct lint_command *c)
{
	const struct catalog_tool *tool = lint_cmd_tool(c);
	bool module = lint_cmd_is(c, "python python3") &&
		      str_eqz(lint_cmd_arg(c, 1), catalog_pip.name);
	const struct catalog_project *p = module ? catalog_pip.project
					  : tool ? tool->project
						 : NULL;
	if (!p || !p->manifest)
		return NULL;
	if (p->given)
		return (module || lint_cmd_does(c, tool, p->verbs)) &&
				       lint_cmd_option(c, p->given).n
			       ? p->manifest
			       : NULL;
	return !lint_cmd_has(c, "-g") && (lint_cmd_does(c, tool, p->verbs) ||
					  (lint_cmd_does(c, tool, p->alone) &&
					   names_nothing(c)))
		       ? p->manifest
		       : NULL;
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
				 "every change of a source file makes line "
				 "%u install everything again; copy %s alone "
				 "before it, and the rest behind it",
				 lint_line_of(f, in->at.at), manifest);
	}
	return 0;
}

const struct lint_rule rule_sources_before_dependencies = {
	.id = "PARE3003",
	.severity = SEV_INFO,
	.summary = "all sources copied before dependencies are installed",
	.check_stage = check,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* npm install, composer install and their like bring what only development
 * needs unless told otherwise. Each reason to be silent is a question of its
 * own, the cheap ones first: named packages ("npm install express") are wanted;
 * a file that prunes, or says so otherwise (dev_says), has thought of it; what
 * does not ship, or is removed in the same RUN, costs nothing; NODE_ENV decides
 * for npm; a package.json without devDependencies, where the context can be
 * read, has none. */
#include "catalog/catalog.h"
#include "lint/rule.h"
#include "lint/rules/content/build_tools.h"
#include "lint/rules/cache/cache.h"
#include "lint/facts/image_path.h"
#include "lint/rules/copy/context_source.h"
#include "lint/facts/words.h"
#include "lint/rules/start/entrypoint.h"

static bool has_option(const struct lint_command *c, const char *options)
{
	struct str word;
	while (lint_word_next(&options, &word))
		for (size_t i = 0; i < c->n_args; i++)
			if (str_eq(c->args[i].text, word))
				return true;
	return false;
}

/* Packages by name are what somebody wants: the first operand alone is the
 * verb. */
static bool names_packages(const struct lint_command *c)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n_args; i++)
		n += c->args[i].text.n && c->args[i].text.p[0] != '-';
	return n > 1;
}

/* node_modules are the same whichever of the tools made them. */
static bool prunes(const struct lint_file *f)
{
	for (size_t i = 0; catalog_tools[i]; i++) {
		const struct catalog_project *p = catalog_tools[i]->project;
		if (p && p->dev_prunes && lint_file_says(f, p->dev_prunes))
			return true;
	}
	return false;
}

static bool said(const struct lint_file *f, const struct catalog_project *r)
{
	struct str word;
	char name[64];
	for (const char *list = r->dev_says; lint_word_next(&list, &word);) {
		if (word.n >= sizeof name)
			continue;
		memcpy(name, word.p, word.n);
		name[word.n] = 0;
		if (lint_file_says(f, name))
			return true;
	}
	return r->node && prunes(f);
}

/* NODE_ENV is production at the RUN, or may be. */
static int is_production(const struct lint_file *f, const struct lint_run *run,
			 struct err *err)
{
	struct str value;
	if (lint_has_word(run->in->line.text, STR("NODE_ENV=production")))
		return 1;
	if (lint_place_text(f, run->outer, STR("${NODE_ENV}"), &value, err) < 0)
		return -1;
	if (str_eqz(value, "${NODE_ENV}"))
		return run->stage != DF_NO_STAGE &&
		       dockerfile_scope_find(f->graph->stages[run->stage].vars,
					     STR("NODE_ENV"));
	return str_eqz(value, "production");
}

/* The manifest is there and names no development dependencies. */
static int has_none(const struct lint_file *f, const struct catalog_project *r,
		    struct err *err)
{
	struct str text;
	if (!r->node)
		return 0;
	int n = lint_context_source_read(f, STR("package.json"), 64 << 10,
					 &text, err);
	return n <= 0 ? n : !lint_has_word(text, STR("devDependencies"));
}

/* What it installs is no part of the result, or there is nothing that only
 * development needs. */
static int is_kept_out(const struct lint_file *f, const struct lint_command *c,
		       const struct catalog_project *r, struct err *err)
{
	struct str place;
	bool ships = lint_run_ships(f, c->run);
	int production = r->node ? is_production(f, c->run, err) : 0;
	if (production)
		return production;
	if (!ships && r->node) {
		if (lint_place_arg(f, c, STR("node_modules"), &place, err) < 0)
			return -1;
		ships = lint_place_ships(f, c->run, place);
	}
	return ships ? has_none(f, r, err) : 1;
}

/* The image runs or tests what is being developed. */
static bool is_for_development(const struct lint_file *f)
{
	return lint_file_starts(f,
				"dev test nodemon watch storybook jest vitest "
				"pytest rspec ng vite");
}

/* What it installed goes again in the same RUN. */
static bool is_removed(const struct lint_run *run, uint32_t from)
{
	for (size_t i = from; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		for (size_t k = 0; lint_cmd_is(c, "rm mv") && k < c->n_args;
		     k++) {
			struct str base = lint_place_base(c->args[k].text);
			if (str_eqz(base, "node_modules") ||
			    str_eqz(base, "vendor"))
				return true;
		}
	}
	return false;
}

/* The project whose development dependencies the command installs; NULL. */
static const struct catalog_project *installs(const struct lint_file *f,
					      const struct lint_command *c)
{
	const struct catalog_tool *tool = lint_cmd_tool(c);
	const struct catalog_project *p = tool ? tool->project : NULL;
	if (!p || !lint_cmd_does(c, tool, p->dev_verbs) ||
	    has_option(c, p->dev_options) != p->dev_wants ||
	    names_packages(c) || lint_cmd_has(c, "-g") || said(f, p) ||
	    is_removed(c->run, c->index))
		return NULL;
	return p;
}

static int look(const struct lint_file *f, const struct lint_run *run,
		struct lint_out *out, struct err *err)
{
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		const struct catalog_project *p = installs(f, c);
		if (!p)
			continue;
		int skip = is_kept_out(f, c, p, err);
		if (skip)
			return skip < 0 ? -1 : 0;
		struct finding found =
			lint_finding_at(out, run->commands[i].at);
		if (p->node)
			lint_finding_weigh(out, &found, "npm-dev");
		return lint_report(out, &found, err,
				   "%.*s also installs what only development "
				   "needs, and it ships with the image; use "
				   "%s in this stage",
				   STR_ARG(c->base), p->dev_remedy);
	}
	return 0;
}

static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	if (f->n_runs == 0 || is_for_development(f))
		return 0;
	for (size_t i = 0; i < f->n_runs; i++)
		if (f->runs[i].outer == f->runs[i].in &&
		    look(f, &f->runs[i], out, err) < 0)
			return -1;
	return 0;
}

const struct lint_rule rule_development_dependencies = {
	.id = "PARE4001",
	.severity = SEV_WARN,
	.summary = "development dependencies in the image",
	.check_file = check,
};

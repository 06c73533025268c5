/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "lint/rule.h"
#include "lint/rules/content/build_tools.h"
#include "lint/facts/image_path.h"

static const struct lint_command *first(const struct lint_run *run,
					const char *verbs)
{
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].inner;
		if (lint_cmd_verb(c, catalog_apt.programs, verbs))
			return &run->commands[i];
	}
	return NULL;
}

/* A later RUN of the stage that installs without an update of its own. */
static const struct lint_run *relies_on(const struct lint_file *f,
					const struct lint_run *update)
{
	for (const struct lint_run *run = update + 1;
	     run < f->runs + f->n_runs && run->stage == update->stage; run++) {
		if (run->outer == update->outer)
			continue;
		if (first(run, catalog_apt.verbs.refresh))
			return NULL;
		if (first(run, catalog_apt.verbs.pin))
			return run;
	}
	return NULL;
}

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	const struct lint_command *c = first(run, catalog_apt.verbs.refresh);
	if (!c || first(run, catalog_apt.verbs.fetch) ||
	    lint_run_mounted(run, catalog_cache_find("apt-lists")->mounts))
		return 0;
	const struct lint_run *user = relies_on(f, run);
	if (!user)
		return 0;
	return lint_find(out, c->at, err,
			 "this layer and its package lists stay in the build "
			 "cache, so the install of line %u may ask for "
			 "versions that are gone; put both in one RUN",
			 dockerfile_position(f->df, user->outer->at.at).line);
}

const struct lint_rule rule_update_without_install = {
	.id = "PARE4004",
	.severity = SEV_WARN,
	.summary = "apt update in a different RUN than the install",
	.check_run = check,
};

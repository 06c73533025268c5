/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"
#include "lint/facts/words.h"

static bool is_cleaning(const struct lint_command *c)
{
	if (lint_cmd_is(c, "yarn yarnpkg"))
		return lint_cmd_has_arg(c, "cache") &&
		       lint_cmd_has_arg(c, "clean");
	for (size_t i = 0; lint_cmd_is(c, "rm") && i < c->n_args; i++)
		if (word_contains(c->args[i].text, ".cache") ||
		    word_contains(c->args[i].text, ".yarn"))
			return true;
	return false;
}

static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	struct packages p;
	if (!lint_run_ships(f, run) || lint_run_mount_has(run, ".cache/yarn") ||
	    lint_run_mount_has(run, ".yarn") ||
	    lint_run_mounted(run, "/usr/local/share/.cache/yarn"))
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].called;
		if (!c || !packages_read(c, &p) || p.manager != PKG_YARN ||
		    !packages_verb(&p, "install"))
			continue;
		if (!lint_cmd_followed(c, is_cleaning))
			return lint_find_bytes(
				out, packages_span(&p), "yarn-cache", err,
				"%s leaves its cache in the image: yarn cache "
				"clean in the same RUN takes it out",
				packages_words(&p).text);
	}
	return 0;
}

const struct lint_rule rule_yarn_cache_kept = {
	.id = "DL3060",
	.severity = SEV_INFO,
	.on_onbuild = true,
	.summary = "yarn leaves its cache in the image",
	.check_run = check_run,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/cache/cache_dl.h"

#include "lint/facts/words.h"

/* Any rm that speaks of such a directory counts, as in hadolint. */
static bool is_cleaning(const struct lint_command *c)
{
	if (lint_cmd_is(c, catalog_yarn.programs))
		return lint_cmd_has_arg(c, catalog_yarn.caches->clean_verbs) &&
		       lint_cmd_has_arg(c, "clean");
	for (size_t i = 0; lint_cmd_is(c, "rm") && i < c->n_args; i++)
		if (lint_word_contains(c->args[i].text, ".cache") ||
		    lint_word_contains(c->args[i].text, ".yarn"))
			return true;
	return false;
}

static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	const struct catalog_cache *k = catalog_yarn.caches;
	struct packages p;
	if (!lint_run_ships(f, run) || lint_cache_dl_mounted(k, run) ||
	    !lint_cache_dl_left(&catalog_yarn, k, run, is_cleaning, &p))
		return 0;
	return lint_find_bytes(out, lint_packages_span(&p), k->key, err,
			       "%s leaves every package a second time, in "
			       "yarn's cache; end this RUN with yarn cache "
			       "clean",
			       lint_packages_words(&p).text);
}

const struct lint_rule rule_yarn_cache_kept = {
	.id = "DL3060",
	.severity = SEV_INFO,
	.on_onbuild = true,
	.summary = "yarn leaves its cache in the image",
	.check_run = check_run,
};

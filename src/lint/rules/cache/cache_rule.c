/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/apt_cost.h"
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"

/* "npm ci", "mvn": the command as people speak of it. */
static struct str verb_of(const struct lint_command *c)
{
	for (size_t i = 0; i < c->n_args; i++) {
		struct str a = c->args[i].text;
		if (a.n && a.p[0] != '-')
			return a;
	}
	return (struct str){ 0 };
}

bool lint_run_measured(const struct lint_file *f, const struct lint_run *run,
		       const char *name, uint64_t *bytes)
{
	const struct lint_measured *m = lint_measured_at(f, run->outer->at.at);
	for (size_t i = 0; m && i < m->n_kinds; i++)
		if (strcmp(m->kinds[i].name, name) == 0) {
			*bytes = m->kinds[i].bytes;
			return true;
		}
	return false;
}

/* hadolint's rule finds a command of the RUN that fills the cache, and one
 * finding is enough. */
static bool is_left_to_dl(const struct catalog_cache *k,
			  const struct lint_run *run)
{
	for (size_t i = 0; k->left_to_dl && i < run->n_commands; i++) {
		const struct lint_command *c = &run->commands[i];
		if (lint_cmd_verb(c, k->programs, k->left_to_dl) &&
		    !(k->options && lint_cmd_has(c, k->options)))
			return true;
	}
	return false;
}

static const struct catalog_cache *apt_archives(void)
{
	return catalog_cache_find("apt-archives");
}

int lint_cache_rule(const struct lint_file *f, const struct lint_run *run,
		    const char *name, struct lint_out *out, struct err *err)
{
	const struct catalog_cache *k = catalog_cache_find(name);
	struct lint_command by;
	if (!lint_run_ships(f, run) || is_left_to_dl(k, run))
		return 0;
	int left = lint_cache_left(f, k, run, &by, err);
	uint64_t bytes = 0;
	struct lint_weight weight;
	if (left <= 0)
		return left;
	/* Who has the layer need not guess. */
	bool measured = lint_run_measured(f, run, name, &bytes);
	if (measured && bytes == 0)
		return 0;
	struct finding found = lint_finding_at(out, by.at);
	if (measured) {
		lint_finding_bytes(&found, bytes, BYTES_MEASURED);
		found.shared = k->name;
	} else if (k == apt_archives() &&
		   lint_apt_cost_archives(f, run, &weight)) {
		lint_finding_packages(&found, weight);
	} else {
		lint_finding_weigh(out, &found, k->key);
	}
	/* "yarn" alone installs, so its messages name no verb. */
	bool has_verb = k->verbs && !catalog_listed(k->verbs, STR("-"));
	struct str verb = has_verb ? verb_of(&by) : (struct str){ 0 },
		   dir = lint_cache_dir(k);
	return lint_report(out, &found, err,
			   "%.*s%s%.*s leaves its cache %.*s in the image, "
			   "where no program needs it; %s",
			   STR_ARG(by.base), verb.n ? " " : "", STR_ARG(verb),
			   STR_ARG(dir), k->remedy);
}

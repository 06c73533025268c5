/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"
#include "lint/facts/apt_cost.h"
#include "lint/rules/cache/cache.h"

/* A line of a file below /etc/apt/apt.conf.d, however it is written there:
 * APT::Install-Recommends "false"; */
static bool is_off_in_file(const struct lint_file *f)
{
	return lint_file_says(f, "APT::Install-Recommends \"false\"") ||
	       lint_file_says(f, "APT::Install-Recommends \\\"false\\\"") ||
	       lint_file_says(f, "APT::Install-Recommends \"0\"") ||
	       lint_file_says(f, "APT::Install-Recommends \\\"0\\\"") ||
	       lint_file_says(f, "APT::Install-Recommends 0") ||
	       lint_file_says(f, "APT::Install-Recommends false");
}

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	struct packages p;
	if (!lint_packages_of(&catalog_apt, c, &p) ||
	    !lint_cmd_is(c, "apt-get") ||
	    !lint_packages_verb(&p, p.tool->verbs.pin) ||
	    !lint_apt_recommends(c) || is_off_in_file(c->run->file))
		return 0;
	const struct lint_file *f = c->run->file;
	struct finding found = lint_finding_at(out, lint_packages_span(&p));
	struct lint_weight weight;
	if (lint_run_ships(f, c->run) &&
	    lint_apt_cost_recommended(f, c, &weight))
		lint_finding_packages(&found, weight);
	return lint_report(out, &found, err,
			   "%s also brings packages that are only "
			   "recommended, which the program may never use; "
			   "add --no-install-recommends",
			   lint_packages_words(&p).text);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_apt_recommended_packages = {
	.id = "DL3015",
	.severity = SEV_INFO,
	.on_onbuild = true,
	.summary = "apt-get install with recommended packages",
	.check_run = check_run,
};

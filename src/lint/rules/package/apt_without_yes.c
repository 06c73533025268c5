/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"
#include "lint/facts/words.h"
#include "lint/rules/cache/cache.h"

/* By a setting, as an option or in a file of apt.conf.d; or by a pipe. */
static bool is_answered(const struct lint_command *c)
{
	return lint_cmd_is_fed(c) ||
	       lint_file_says(c->run->file, "APT::Get::Assume-Yes");
}

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	struct packages p;
	if (!lint_packages_of(&catalog_apt, c, &p) ||
	    !lint_cmd_is(c, "apt-get") ||
	    !lint_packages_verb(&p, p.tool->verbs.confirm))
		return 0;
	if (lint_cmd_count_options(c, "y yes assume-yes qq") ||
	    lint_cmd_count_options(c, "q") >= 2 ||
	    lint_cmd_count_options(c, "quiet") >= 2 ||
	    lint_cmd_has_arg(c, "-q=2") || is_answered(c))
		return 0;
	return lint_find(out, lint_packages_span(&p), err,
			 "%s asks before it does anything, and in a build "
			 "nobody answers, so it fails; add -y",
			 lint_packages_words(&p).text);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_apt_without_yes = {
	.id = "DL3014",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "apt-get asks a question that no one answers",
	.check_run = check_run,
};

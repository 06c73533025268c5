/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"
#include "lint/facts/words.h"
#include "lint/rules/cache/cache.h"

/* -o APT::Install-Recommends=false, in its spellings. */
static bool is_off(const struct lint_arg *arg)
{
	struct str head, tail, s = arg->text;
	if (str_starts(s, STR("-o")))
		s = str_from(s, 2);
	if (str_starts(s, STR("--option=")))
		s = str_from(s, 9);
	return str_cut(s, '=', &head, &tail) &&
	       lint_word_in_nocase(head, "APT::Install-Recommends") &&
	       lint_word_in_nocase(tail, "false 0 no off");
}

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
	    lint_cmd_count_options(c, "no-install-recommends"))
		return 0;
	for (size_t i = 0; i < c->n_args; i++)
		if (is_off(&c->args[i]))
			return 0;
	if (is_off_in_file(c->run->file))
		return 0;
	return lint_find_bytes(out, lint_packages_span(&p), "apt-recommends",
			       err,
			       "%s brings recommended packages, too: "
			       "--no-install-recommends leaves them out",
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

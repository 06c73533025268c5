/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"

static bool is_cleaning(const struct lint_command *c)
{
	return lint_cmd_removes(c, "/var/lib/apt/lists") ||
	       (lint_cmd_is(c, "apt apt-get") &&
		lint_cmd_has_arg(c, "distclean dist-clean"));
}

static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	struct packages p;
	if (!lint_run_ships(f, run) ||
	    lint_run_mounted(run, "/var/lib/apt/lists") ||
	    lint_run_mount_has(run, "/var/lib/apt/lists"))
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].called;
		if (!c || !packages_read(c, &p) || p.manager != PKG_APT ||
		    !packages_verb(&p, "update"))
			continue;
		if (!lint_cmd_followed(c, is_cleaning))
			return lint_find_bytes(
				out, packages_span(&p), "apt-lists", err,
				"%s leaves its lists in /var/lib/apt/lists: "
				"remove them in the same RUN",
				packages_words(&p).text);
	}
	return 0;
}

const struct lint_rule rule_apt_lists_kept = {
	.id = "DL3009",
	.severity = SEV_INFO,
	.on_onbuild = true,
	.summary = "package lists of apt stay in the image",
	.check_run = check_run,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"

static bool is_cleaning(const struct lint_command *c)
{
	return (lint_cmd_is(c, "zypper") && lint_cmd_has_arg(c, "clean cc")) ||
	       lint_cmd_removes(c, "/var/cache/zypp");
}

static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	(void)f;
	struct packages p;
	if (lint_run_mount_has(run, "/var/cache/zypp") ||
	    lint_run_mounted(run, "/var/cache/zypp"))
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].called;
		if (!c || !packages_read(c, &p) || p.manager != PKG_ZYPPER ||
		    !lint_cmd_has_arg(c, "install in"))
			continue;
		if (!lint_cmd_followed(c, is_cleaning))
			return lint_find_bytes(
				out, packages_span(&p), "zypper-cache", err,
				"%s leaves its cache in /var/cache/zypp: "
				"zypper clean in the "
				"same RUN takes it out",
				packages_words(&p).text);
	}
	return 0;
}

const struct lint_rule rule_zypper_cache_kept = {
	.id = "DL3036",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "zypper leaves its cache in the image",
	.check_run = check_run,
};

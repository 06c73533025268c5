/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"

static bool is_cleaning(const struct lint_command *c)
{
	return (lint_cmd_is(c, "yum dnf") && lint_cmd_has_arg(c, "clean")) ||
	       lint_cmd_removes(c, "/var/cache/yum") ||
	       lint_cmd_removes(c, "/var/cache/dnf");
}

static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	(void)f;
	struct packages p;
	if (lint_run_mount_has(run, "/var/cache/yum") ||
	    lint_run_mount_has(run, "/var/cache/dnf") ||
	    lint_run_mounted(run, "/var/cache/yum"))
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].called;
		if (!c || !packages_read(c, &p) || p.manager != PKG_YUM ||
		    !lint_cmd_has_arg(c, "install"))
			continue;
		if (!lint_cmd_followed(c, is_cleaning))
			return lint_find_bytes(
				out, packages_span(&p), "yum-cache", err,
				"%s leaves its cache in /var/cache/yum: yum "
				"clean all in the "
				"same RUN takes it out",
				packages_words(&p).text);
	}
	return 0;
}

const struct lint_rule rule_yum_cache_kept = {
	.id = "DL3032",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "yum leaves its cache in the image",
	.check_run = check_run,
};

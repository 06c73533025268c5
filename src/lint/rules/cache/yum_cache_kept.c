/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"

static bool is_cleaning(const struct cmd *c)
{
	return (cmd_is(c, "yum dnf") && cmd_has(c, "clean")) ||
	       cmd_removes(c, "/var/cache/yum") ||
	       cmd_removes(c, "/var/cache/dnf");
}

static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	struct cmd c;
	struct packages p;
	if (cmd_mount_has(run, "/var/cache/yum") ||
	    cmd_mount_has(run, "/var/cache/dnf") ||
	    lint_run_mounted(run, "/var/cache/yum"))
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		if (!cmd_read(f, &run->commands[i], &c) ||
		    !packages_read(&c, &p) || p.manager != PKG_YUM ||
		    !cmd_has(&c, "install"))
			continue;
		if (!cmd_followed(&c, is_cleaning))
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

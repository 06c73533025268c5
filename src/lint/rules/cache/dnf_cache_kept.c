/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"

/* Each of them has a cache of its own to clean. */
static bool is_cleaning_dnf(const struct lint_command *c)
{
	return (lint_cmd_is(c, "dnf dnf5 yum") &&
		lint_cmd_has_arg(c, "clean")) ||
	       lint_cmd_removes(c, "/var/cache/dnf") ||
	       lint_cmd_removes(c, "/var/cache/libdnf5") ||
	       lint_cmd_removes(c, "/var/cache/yum");
}

static bool is_cleaning_microdnf(const struct lint_command *c)
{
	return (lint_cmd_is(c, "microdnf") && lint_cmd_has_arg(c, "clean")) ||
	       lint_cmd_removes(c, "/var/cache/yum") ||
	       lint_cmd_removes(c, "/var/cache/libdnf5") ||
	       lint_cmd_removes(c, "/var/cache/dnf");
}

static bool is_mounted(const struct lint_run *run)
{
	return lint_run_mount_has(run, "/var/cache/libdnf5") ||
	       lint_run_mount_has(run, ".cache/libdnf5") ||
	       lint_run_mount_has(run, "/var/cache/dnf") ||
	       lint_run_mount_has(run, "/var/cache/yum") ||
	       lint_run_mounted(run, "/var/cache/dnf");
}

static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	(void)f;
	struct packages p;
	if (is_mounted(run))
		return 0;
	for (size_t i = 0; i < run->n_commands; i++) {
		const struct lint_command *c = run->commands[i].called;
		if (!c || !packages_read(c, &p) || p.manager != PKG_DNF ||
		    !lint_cmd_has_arg(c,
				      "install in upgrade up upgrade-minimal "
				      "up-min reinstall rei"))
			continue;
		if (!lint_cmd_followed(c, lint_cmd_is(c, "microdnf")
						  ? is_cleaning_microdnf
						  : is_cleaning_dnf))
			return lint_find_bytes(
				out, packages_span(&p), "dnf-cache", err,
				"%s leaves its cache in /var/cache: %s clean "
				"all in the same RUN takes it out",
				packages_words(&p).text,
				str_quoted(c->base).text);
	}
	return 0;
}

const struct lint_rule rule_dnf_cache_kept = {
	.id = "DL3040",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "dnf leaves its cache in the image",
	.check_run = check_run,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/package/packages.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	struct packages p;
	if (!packages_read(c, &p) || p.manager != PKG_APK ||
	    !packages_verb(&p, "add") ||
	    lint_cmd_count_options(c, "no-cache") ||
	    lint_run_mounted(c->run, "/var/cache/apk") ||
	    lint_run_mount_has(c->run, "/var/cache/apk"))
		return 0;
	return lint_find_bytes(out, packages_span(&p), "apk-cache", err,
			       "%s leaves its index in /var/cache/apk: "
			       "--no-cache does not",
			       packages_words(&p).text);
}

CHECK_COMMANDS(check_command)

const struct lint_rule rule_apk_add_without_no_cache = {
	.id = "DL3019",
	.severity = SEV_INFO,
	.on_onbuild = true,
	.summary = "apk add keeps its index in the image",
	.check_run = check_run,
};

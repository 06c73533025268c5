/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/cache/cache_dl.h"

static int check_command(const struct lint_command *c, struct lint_out *out,
			 struct err *err)
{
	const struct catalog_cache *k = catalog_cache_find("apk-add");
	struct packages p;
	if (!lint_packages_of(&catalog_apk, c, &p) ||
	    !lint_packages_verb(&p, k->verbs) || lint_cache_dl_is_off(k, c) ||
	    lint_cache_dl_mounted(k, c->run))
		return 0;
	return lint_find_bytes(out, lint_packages_span(&p), k->key, err,
			       "%s leaves the package index in %s, where no "
			       "program reads it; write apk add --no-cache",
			       lint_packages_words(&p).text, k->mounts);
}

CHECK_UNWRAPPED(check_command)

const struct lint_rule rule_apk_add_without_no_cache = {
	.id = "DL3019",
	.severity = SEV_INFO,
	.on_onbuild = true,
	.summary = "apk add keeps its index in the image",
	.check_run = check_run,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/cache/cache_dl.h"

static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	const struct catalog_cache *k = catalog_cache_find("apt-lists");
	struct packages p;
	if (!lint_run_ships(f, run) || lint_cache_dl_mounted(k, run) ||
	    !lint_cache_dl_left(&catalog_apt, k, run, NULL, &p))
		return 0;
	return lint_find_bytes(out, lint_packages_span(&p), k->key, err,
			       "%s leaves the package lists in %s, where no "
			       "program reads them; end this RUN with rm -rf "
			       "%s/*",
			       lint_packages_words(&p).text, k->mounts,
			       k->mounts);
}

const struct lint_rule rule_apt_lists_kept = {
	.id = "DL3009",
	.severity = SEV_INFO,
	.on_onbuild = true,
	.summary = "package lists of apt stay in the image",
	.check_run = check_run,
};

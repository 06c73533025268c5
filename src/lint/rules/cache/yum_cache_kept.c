/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rules/cache/cache_dl.h"

static int check_run(const struct lint_file *f, const struct lint_run *run,
		     struct lint_out *out, struct err *err)
{
	const struct catalog_cache *k = catalog_yum.caches;
	struct str dir = lint_cache_dir(k);
	struct packages p;
	(void)f;
	if (lint_cache_dl_mounted(k, run) ||
	    !lint_cache_dl_left(&catalog_yum, k, run, NULL, &p))
		return 0;
	return lint_find_bytes(out, lint_packages_span(&p), k->key, err,
			       "%s leaves its cache in %.*s, where no "
			       "program reads it; end this RUN with yum "
			       "clean all",
			       lint_packages_words(&p).text, STR_ARG(dir));
}

const struct lint_rule rule_yum_cache_kept = {
	.id = "DL3032",
	.severity = SEV_WARN,
	.on_onbuild = true,
	.summary = "yum leaves its cache in the image",
	.check_run = check_run,
};

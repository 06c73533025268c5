/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "lint/rule.h"
#include "lint/rules/content/build_tools.h"

static bool is_compiler(struct str package)
{
	for (size_t i = 0; catalog_tools[i]; i++)
		if (catalog_listed(catalog_tools[i]->packages, package))
			return true;
	return false;
}

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	return lint_packages_left(f, run, is_compiler,
				  lint_package_is_for_building,
				  ": build tools ship with the image, but the "
				  "program runs without them; build in a "
				  "stage of its own, or remove them at the "
				  "end of this RUN",
				  out, err);
}

const struct lint_rule rule_build_tools_kept = {
	.id = "PARE4002",
	.severity = SEV_WARN,
	.summary = "compilers and build tools left in the image",
	.check_run = check,
};

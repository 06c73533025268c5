/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/rule.h"
#include "lint/rules/content/build_tools.h"

static int check(const struct lint_file *f, const struct lint_run *run,
		 struct lint_out *out, struct err *err)
{
	return lint_packages_left(
		f, run, lint_package_is_for_building, NULL,
		": headers ship with the image, but only compilers need them; "
		"build in a stage of its own, or remove them at the end of "
		"this RUN and keep the libraries",
		out, err);
}

const struct lint_rule rule_header_packages_kept = {
	.id = "PARE4003",
	.severity = SEV_WARN,
	.summary = "header packages left in the image",
	.check_run = check,
};

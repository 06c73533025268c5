/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/package/rpm.h - what hadolint asks of yum and of dnf alike. */
#pragma once
#include "lint/rules/package/packages.h"

/* An install without -y (DL3030, DL3038). */
must_check int lint_rpm_check_yes(const struct lint_command *c,
				  const struct catalog_tool *tool,
				  struct lint_out *out, struct err *err);
/* An install of packages, or of a module, in any version (DL3033, DL3041). */
must_check int lint_rpm_check_pins(const struct lint_command *c,
				   const struct catalog_tool *tool,
				   struct lint_out *out, struct err *err);

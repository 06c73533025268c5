/* SPDX-License-Identifier: Apache-2.0 */
/* work/lint_locks.h - options of a command line against what is locked. */
#pragma once
#include "work/lint_options.h"

/* ERR_USAGE where an option loosens a key that the configuration locks. */
must_check int work_lint_check_options(const struct work_lint_options *opt,
				       const struct lint_config *config,
				       struct arena *a, struct err *err);

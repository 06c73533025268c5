/* SPDX-License-Identifier: Apache-2.0 */
/* cli/lint_option.h - the options of `pare lint`. */
#pragma once
#include "cli/lint_setup.h"

enum { LINT_OPTIONS = 18 };
extern const struct option lint_option_table[LINT_OPTIONS];

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/internal.h"

const struct lint_rule rule_syntax = {
	.id = "PARE-SYNTAX",
	.severity = SEV_ERROR,
	.summary = "the file cannot be read here",
};

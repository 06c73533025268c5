/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/internal.h"

const struct lint_rule rule_unused_suppression = {
	.id = "PARE0001",
	.severity = SEV_INFO,
	.fix = FIX_SAFE,
	.summary = "suppression that suppresses nothing",
};

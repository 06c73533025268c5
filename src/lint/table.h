/* SPDX-License-Identifier: Apache-2.0 */
/* lint/table.h - the one place that knows every rule. */
#pragma once
#include "lint/rule.h"

extern const struct lint_table lint_all_rules;
/* By id or alias, in any case; NULL. */
const struct lint_rule *lint_rule_find(const struct lint_table *t,
				       struct str name);

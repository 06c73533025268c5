/* SPDX-License-Identifier: Apache-2.0 */
/* The one place that knows every rule. */
#include "dockerfile/chars.h"
#include "lint/internal.h"
#include "lint/rule.h"

#define RULE(name) extern const struct lint_rule rule_##name;
#include "lint/rules/dl.list"
#include "lint/rules/pare.list"
#undef RULE

#define RULE(name) &rule_##name,
const struct lint_rule *const lint_rules[] = {
#include "lint/rules/dl.list"
	&rule_syntax,
	&rule_unused_suppression,
#include "lint/rules/pare.list"
};
const size_t n_lint_rules = ARRAY_LEN(lint_rules);

const struct lint_rule *lint_rule_find(struct str name)
{
	for (size_t i = 0; i < n_lint_rules; i++) {
		const struct lint_rule *r = lint_rules[i];
		if (str_eq_nocase(name, str_of(r->id)) ||
		    (r->alias && str_eq_nocase(name, str_of(r->alias))))
			return r;
	}
	return NULL;
}

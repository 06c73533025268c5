/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/table.h"

#include "base/chars.h"
#include "lint/internal.h"

#define RULE(name) extern const struct lint_rule rule_##name;
#include "lint/rules/dl.list"
#include "lint/rules/pare.list"
#undef RULE

#define RULE(name) &rule_##name,
static const struct lint_rule *const rules[] = {
#include "lint/rules/dl.list"
	&rule_syntax,
	&rule_unused_suppression,
	&rule_template,
#include "lint/rules/pare.list"
};
const struct lint_table lint_all_rules = { rules, ARRAY_LEN(rules) };

const struct lint_rule *lint_rule_find(const struct lint_table *t,
				       struct str name)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct lint_rule *r = t->v[i];
		if (str_eq_nocase(name, str_of(r->id)) ||
		    (r->alias && str_eq_nocase(name, str_of(r->alias))))
			return r;
	}
	return NULL;
}

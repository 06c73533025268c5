/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/pages.h"

#include "lint/table.h"

struct str lint_page(struct str name)
{
	const struct lint_rule *rule = lint_rule_find(&lint_all_rules, name);
	for (const struct lint_page *p = lint_all_pages; rule && p->id; p++)
		if (strcmp(p->id, rule->id) == 0)
			return str_of(p->text);
	return (struct str){ 0 };
}

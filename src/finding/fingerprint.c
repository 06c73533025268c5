/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/fingerprint.h"

#include <stdlib.h>
#include <string.h>

/* What is counted together, sorted so that equal ones are neighbours. */
struct order {
	const char *id, *hex;
	size_t index;
};

static int by_rule_and_hash(const void *a, const void *b)
{
	const struct order *x = a, *y = b;
	int d = strcmp(x->id, y->id);
	if (d == 0)
		d = strcmp(x->hex, y->hex);
	return d ? d : (x->index > y->index) - (x->index < y->index);
}

int finding_number(const struct finding_list *list, struct arena *a,
		   struct finding_fingerprint *v, struct err *err)
{
	struct order *o = arena_array(a, list->n, sizeof *o, err);
	if (!o)
		return -1;
	for (size_t i = 0; i < list->n; i++)
		o[i] = (struct order){ list->findings[i].id, v[i].hex, i };
	if (list->n)
		qsort(o, list->n, sizeof *o, by_rule_and_hash);
	for (size_t i = 0; i < list->n; i++) {
		bool same = i > 0 && strcmp(o[i].id, o[i - 1].id) == 0 &&
			    strcmp(o[i].hex, o[i - 1].hex) == 0;
		v[o[i].index].nth = same ? v[o[i - 1].index].nth + 1 : 1;
	}
	return 0;
}

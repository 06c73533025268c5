/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "analyze/internal.h"
#include "base/vec.h"

void analysis_done(struct analysis *a)
{
	free(a->findings);
	arena_done(&a->texts);
	*a = (struct analysis){ 0 };
}

double analysis_efficiency(const struct tree_totals *t)
{
	return t->stored ? (double)t->live / (double)t->stored : 1.0;
}

int analysis_add(struct analysis *a, const struct finding *f, struct err *err)
{
	if (vec_room((void **)&a->findings, a->n_findings, &a->cap_findings,
		     sizeof *a->findings, err) < 0)
		return -1;
	a->findings[a->n_findings++] = *f;
	return 0;
}

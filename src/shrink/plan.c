/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/plan.h"

#include <stdlib.h>

void shrink_plan_done(struct plan *p)
{
	for (uint32_t i = 0; i < p->n_layers; i++)
		shrink_draft_done(&p->layers[i].draft);
	free(p->layers);
	free(p->keeps_layer);
	free(p->more);
	*p = (struct plan){ 0 };
}

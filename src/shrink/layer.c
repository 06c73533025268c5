/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/layer.h"

#include <stdlib.h>

void shrink_draft_done(struct shrink_draft *d)
{
	layer_index_done(&d->index);
	free(d->inodes);
	d->inodes = NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/layer.h"

#include <stdlib.h>

void layer_draft_done(struct layer_draft *d)
{
	layer_index_done(&d->index);
	free(d->inodes);
	d->inodes = NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "work/images.h"

#include <stdlib.h>

void work_images_done(struct work_images *i)
{
	for (size_t k = 0; k < i->n; k++)
		tree_loaded_image_done(&i->v[k]);
	free(i->v);
	source_close(&i->source);
	*i = (struct work_images){ 0 };
}

int work_images_read(struct work_session *s, const char *name,
		     struct work_images *out, struct err *err)
{
	*out = (struct work_images){ 0 };
	if (work_open_images(s, name, &out->source, &out->set, err) < 0)
		return -1;
	out->v = calloc(out->set->n + 1, sizeof *out->v);
	if (!out->v)
		return err_nomem(err, out->set->n * sizeof *out->v);
	for (; out->n < out->set->n; out->n++)
		if (work_look_at(s, out->set->images[out->n], &out->v[out->n],
				 err) < 0)
			return -1;
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The documents around the blobs, the look at what was written, and the commit:
 * in this order, each once. */
#include <assert.h>

#include "source/write/kind.h"

static int check_result(const struct dest *d, const struct dest_result *r,
			struct err *err)
{
	assert(r->n > 0 && !d->finished && !d->hash);
	if (!d->kind->takes_index && (r->n > 1 || r->index.n))
		return err_set(err, ERR_USAGE,
			       "%s holds one platform, not %zu; pick one with "
			       "--platform, or write an OCI layout",
			       d->kind->name, r->n);
	return 0;
}

int dest_finish(struct dest *d, const struct dest_image *images, size_t n,
		struct str index, struct str tag,
		const struct dest_around *around, struct err *err)
{
	struct dest_result r = { images, n, index, tag.n ? tag : d->ref.tag,
				 *around };
	if (check_result(d, &r, err) < 0 ||
	    arena_str(&d->arena, r.tag, &d->tag, err) < 0 ||
	    d->kind->finish(d, &r, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(d->ref.text));
	d->finished = true;
	return 0;
}

int dest_stage(struct dest *d, const struct source_options *opt,
	       struct source **out, struct err *err)
{
	struct ref ref = { .transport = d->kind->transport,
			   .text = d->ref.text,
			   .path = d->ref.path };
	assert(d->finished);
	return d->kind->stage(d, &ref, opt, out, err);
}

int dest_commit(struct dest *d, struct err *err)
{
	assert(d->finished);
	if (d->kind->commit(d, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(d->ref.text));
	return 0;
}

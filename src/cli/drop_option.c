/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/drop_option.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"
#include "report/report.h"

void drop_option_done(struct drop_option *d)
{
	for (size_t i = 0; i < d->n; i++)
		dropping_done(&d->v[i]);
	free(d->v);
	free(d->trees);
	atomic_file_done(&d->out);
	*d = (struct drop_option)DROP_OPTION_INIT;
}

static int open_list(struct drop_option *d, const char *file, struct err *err)
{
	if (atomic_file_open(file, &d->out, err) < 0)
		return err_ctx(err, "--removed %s", file);
	d->file = file;
	return 0;
}

int drop_option_open(const struct option_list *rules, const char *removed,
		     struct drop_option *d, struct err *err)
{
	for (size_t i = 0; i < rules->n; i++)
		if (drop_select(str_of(rules->values[i]), &d->rules, err) < 0)
			return err_ctx(err, "--drop");
	return removed ? open_list(d, removed, err) : 0;
}

int drop_option_find(void *self, const struct loaded_image *li, uint32_t n_base,
		     const uint32_t **nodes, uint32_t *n, struct err *err)
{
	struct drop_option *d = self;
	uint32_t at = (uint32_t)d->n;
	if (vec_room((void **)&d->v, at, &d->cap, sizeof *d->v, err) < 0 ||
	    vec_room((void **)&d->trees, at, &d->cap_trees, sizeof *d->trees,
		     err) < 0 ||
	    drop_find(li, d->rules, n_base, &d->v[at], err) < 0)
		return -1;
	d->trees[at] = li->tree;
	d->n++;
	*nodes = d->v[at].nodes;
	*n = d->v[at].n;
	return 0;
}

int drop_option_save(struct drop_option *d, struct err *err)
{
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_MAX_LOG);
	if (!d->file)
		return 0;
	for (size_t i = 0; i < d->n; i++)
		if (report_removed_list(d->trees[i], &d->v[i], &out, err) < 0)
			return -1;
	if (atomic_file_put(&d->out, buf_str(&out), err) < 0)
		return err_ctx(err, "--removed %s", d->file);
	return 0;
}

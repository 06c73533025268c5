/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/drop_option.h"

#include "report/report.h"

void cli_drop_option_done(struct drop_option *d)
{
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

int cli_drop_option_open(const struct option_list *rules, const char *removed,
			 struct drop_option *d, struct err *err)
{
	for (size_t i = 0; i < rules->n; i++)
		if (analyze_select_drop(str_of(rules->values[i]), &d->rules,
					err) < 0)
			return err_ctx(err, "--drop");
	return removed ? open_list(d, removed, err) : 0;
}

int cli_drop_option_save(struct drop_option *d, const struct work_optimized *o,
			 struct err *err)
{
	scoped(buf_done) struct buf out = BUF_INIT((size_t)1 << REPORT_MAX_LOG);
	if (!d->file)
		return 0;
	for (size_t i = 0; i < o->result.n; i++)
		if (report_removed_list(o->result.images[i].loaded.tree,
					&o->dropped[i], &out, err) < 0)
			return -1;
	if (atomic_file_put(&d->out, buf_str(&out), err) < 0)
		return err_ctx(err, "--removed %s", d->file);
	return 0;
}

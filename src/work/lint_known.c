/* SPDX-License-Identifier: Apache-2.0 */
#include "work/lint_known.h"

#include <fcntl.h>

#include "base/slurp.h"

void work_lint_known_done(struct lint_known *k)
{
	lint_baseline_done(&k->baseline);
}

static int find_name(struct lint_known *k, struct lint_files *f,
		     struct err *err)
{
	const struct lint_setup *u = work_lint_files_setup(f);
	k->name = f->opt->baseline;
	if (k->name || !u)
		return 0;
	struct str path = u->config.baseline, kept;
	scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
	if (!path.n)
		return 0;
	if ((path.p[0] != '/' && buf_addf(&b, err, "%s/", u->dir) < 0) ||
	    buf_str_add(&b, path, err) < 0 ||
	    arena_str(&f->arena, buf_str(&b), &kept, err) < 0)
		return -1;
	k->name = kept.p;
	return 0;
}

/* Rules that did not run leave their entries unmet: then nothing is said. */
static void tell_stale(const struct lint_known *k,
		       const struct work_lint_options *opt)
{
	const struct baseline_entry *e;
	size_t at = 0, n = 0;
	if (opt->select.n || opt->ignore.n || opt->has_show)
		return;
	while ((e = lint_baseline_stale(&k->baseline, &at)))
		n++;
	if (n)
		work_note(&opt->events, WORK_NOTE,
			  "%s: %zu of its findings %s gone; "
			  "update it with --write-baseline",
			  k->name, n, n == 1 ? "is" : "are");
}

int work_lint_known_hide(struct lint_known *k, struct lint_files *f,
			 struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(BASELINE_SIZE_MAX);
	if (find_name(k, f, err) < 0)
		return -1;
	if (!k->name)
		return 0;
	if (slurp_file(AT_FDCWD, k->name, 0, &text, err) < 0)
		return -1;
	if (lint_baseline_read(buf_str(&text), &k->baseline, err) < 0)
		return err_ctx(err, "%s", k->name);
	if (lint_baseline_apply(&k->baseline, f->results, f->n_results,
				&k->n_hidden, err) < 0)
		return -1;
	tell_stale(k, f->opt);
	return 0;
}

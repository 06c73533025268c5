/* SPDX-License-Identifier: Apache-2.0 */
#include "work/lint.h"

#include <stdlib.h>

#include "base/checked.h"
#include "lint/shellcheck/shellcheck.h"
#include "store/cache.h"
#include "work/lint_files.h"
#include "work/lint_image.h"
#include "work/lint_known.h"

struct work_lint {
	struct work_lint_options opt;
	struct lint_files files;
	struct lint_known known;
	struct work_lint_image *image, *base; /* NULL: not asked for */
	bool has_shellcheck;
};

int work_lint_open(const struct work_lint_options *opt, struct work_lint **out,
		   struct err *err)
{
	scoped(work_lint_close) struct work_lint *w = calloc(1, sizeof *w);
	if (!w)
		return err_nomem(err, sizeof *w);
	w->opt = *opt;
	if (work_lint_files_open(&w->opt, &w->files, err) < 0)
		return -1;
	const struct lint_targets *t = &w->files.targets;
	for (size_t i = 0; i < t->n_notes; i++)
		work_note(&opt->events, WORK_NOTE,
			  "%s; what it builds is not looked for",
			  t->notes[i].text);
	*out = take(&w);
	return 0;
}

void work_lint_close(struct work_lint **w)
{
	if (!*w)
		return;
	work_lint_files_close(&(*w)->files);
	work_lint_image_close(&(*w)->image);
	work_lint_image_close(&(*w)->base);
	work_lint_known_done(&(*w)->known);
	free(*w);
	*w = NULL;
}

const struct lint_config *work_lint_config(const struct work_lint *w,
					   const char **path)
{
	const struct lint_setup *u = work_lint_files_setup(&w->files);
	*path = u ? u->path : NULL;
	return u ? &u->config : NULL;
}

int work_lint_refuse_place(const struct work_lint *w, const struct place *at,
			   struct err *err)
{
	return work_lint_files_refuse_place(&w->files, at, err);
}

int work_lint_images(struct work_lint *w, struct work_session *s,
		     struct err *err)
{
	const struct work_lint_options *opt = &w->opt;
	if (opt->base_image &&
	    (work_lint_image_open(s, opt->base_image, &w->base, err) < 0 ||
	     work_lint_base_read(w->base, s, &s->arena, &w->files.base, err) <
		     0))
		return err_ctx(err, "--base-image");
	if (!opt->image)
		return 0;
	if (work_lint_image_open(s, opt->image, &w->image, err) < 0)
		return err_ctx(err, "--image");
	w->files.measurer = work_lint_image_measurer(w->image);
	w->files.built = work_lint_image_seen(w->image);
	return 0;
}

/* --- rules and shellcheck ------------------------------------------------- */

/* The options go before the first file's configuration. */
static bool wants_shellcheck(const struct work_lint *w)
{
	const struct lint_setup *u = work_lint_files_setup(&w->files);
	if (w->opt.shellcheck == WORK_SHELLCHECK_UNSAID)
		return !u || !u->config.has_shellcheck || u->config.shellcheck;
	return w->opt.shellcheck == WORK_SHELLCHECK_RUN;
}

/* Of the batch that is open. What keeps it from running is said once: then it
 * is not asked again. */
static int run_shellcheck(struct work_lint *w,
			  const struct shellcheck_options *o, struct err *err)
{
	if (!w->has_shellcheck)
		return 0;
	int ran = lint_shellcheck_run(w->files.jobs, w->files.n, o, err);
	w->has_shellcheck = ran > 0;
	if (ran >= 0)
		return 0;
	if (err->code == ERR_CANCELLED || err->code == ERR_NOMEM)
		return -1;
	work_note(&w->opt.events, WORK_NOTE, "%s", err->text);
	err_clear(err);
	return 0;
}

int work_lint_run(struct work_lint *w, struct err *err)
{
	const struct work_lint_options *opt = &w->opt;
	struct shellcheck_options o = {
		.program = opt->shellcheck_program,
		.threads = opt->threads ? opt->threads : pool_cpus(),
	};
	struct err none = { 0 };
	scoped(store_close) struct cache *cache = NULL;
	int more;
	w->has_shellcheck = wants_shellcheck(w);
	/* Without a cache it is asked about everything. */
	if (w->has_shellcheck && !opt->no_cache &&
	    store_open(NULL, 0, &cache, &none) == 0)
		o.cache = cache;
	while ((more = work_lint_files_look(&w->files, o.threads, err)) > 0)
		if (run_shellcheck(w, &o, err) < 0 ||
		    work_lint_files_finish(&w->files, err) < 0)
			return -1;
	return more;
}

/* --- results -------------------------------------------------------------- */

int work_lint_hide_known(struct work_lint *w, struct err *err)
{
	return work_lint_known_hide(&w->known, &w->files, err);
}

struct work_lint_results work_lint_results(const struct work_lint *w)
{
	return (struct work_lint_results){
		.v = w->files.results,
		.n = w->files.n_results,
		.empty = w->files.targets.empty,
		.n_empty = w->files.targets.n_empty,
		.baseline = w->known.name,
		.n_known = w->known.n_hidden,
		.by_bytes = w->opt.by_bytes,
	};
}

int work_lint_sort(struct work_lint *w, struct err *err)
{
	return w->opt.by_bytes ? work_lint_files_by_bytes(&w->files, err) : 0;
}

static uint64_t bytes_in_all(const struct lint_files *f)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < f->n_results; i++)
		if (ckd_add(&sum, sum, finding_list_cost(&f->results[i])))
			return UINT64_MAX;
	return sum;
}

bool work_lint_fails(const struct work_lint *w)
{
	const struct lint_files *f = &w->files;
	uint64_t sum = bytes_in_all(f);
	for (size_t i = 0; i < f->n_results; i++)
		if (f->setups_of[i]->has_fail_bytes && sum &&
		    sum >= f->setups_of[i]->fail_bytes)
			return true;
	for (size_t i = 0; i < f->n_results; i++) {
		const struct finding_list *r = &f->results[i];
		const struct lint_setup *u = f->setups_of[i];
		if (r->must_fail && u->fail != FAIL_NEVER)
			return true;
		for (size_t k = 0; k < r->n && u->fail == FAIL_LEVEL; k++)
			if (r->findings[k].severity <= u->fail_level)
				return true;
	}
	return false;
}

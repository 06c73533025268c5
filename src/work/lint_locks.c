/* SPDX-License-Identifier: Apache-2.0 */
#include "work/lint_locks.h"

#include "lint/table.h"

static int names(const struct work_names *l, struct arena *a, struct str **out,
		 size_t *n, struct err *err)
{
	*out = arena_array(a, l->n, sizeof **out, err);
	if (!*out)
		return -1;
	for (size_t i = 0; i < l->n; i++)
		(*out)[i] = str_of(l->v[i]);
	*n = l->n;
	return 0;
}

static void set_levels(const struct work_lint_options *opt,
		       struct lint_config *c)
{
	c->choice.show = opt->show;
	c->fail = opt->fail;
	c->fail_level = opt->fail_level;
	c->has_fail_bytes = opt->has_fail_bytes;
	c->fail_bytes = opt->fail_bytes;
	c->choice.min_bytes = opt->min_bytes;
	c->line_of[KEY_SEVERITY] = opt->has_show;
	c->line_of[KEY_FAIL_ON] = opt->fail != FAIL_UNSAID;
	c->line_of[KEY_MIN_BYTES] = opt->has_min_bytes;
}

/* The command line as a configuration, which then may say what one may. */
int work_lint_check_options(const struct work_lint_options *opt,
			    const struct lint_config *config, struct arena *a,
			    struct err *err)
{
	struct lint_config c = { 0 };
	struct str *select, *ignore;
	if (!lint_config_has_locks(config))
		return 0;
	if (names(&opt->select, a, &select, &c.choice.n_select, err) < 0 ||
	    names(&opt->ignore, a, &ignore, &c.choice.n_ignore, err) < 0 ||
	    names(&opt->exclude, a, &c.exclude, &c.n_exclude, err) < 0)
		return -1;
	c.choice.select = select;
	c.choice.ignore = ignore;
	set_levels(opt, &c);
	c.shellcheck = opt->shellcheck != WORK_SHELLCHECK_NEVER;
	if (opt->baseline)
		c.baseline = str_of(opt->baseline);
	c.line_of[KEY_SELECT] = opt->select.n > 0;
	c.line_of[KEY_IGNORE] = opt->ignore.n > 0;
	c.line_of[KEY_EXCLUDE] = opt->exclude.n > 0;
	c.line_of[KEY_SHELLCHECK] = opt->shellcheck != WORK_SHELLCHECK_UNSAID;
	c.line_of[KEY_BASELINE] = opt->baseline != NULL;
	c.line_of[KEY_TARGET] = opt->target != NULL;
	c.line_of[KEY_CONTEXT] = opt->context != NULL;
	c.line_of[KEY_ARGS] = opt->n_args > 0;
	return lint_config_check_locks(&c, config, &lint_all_rules, true, err);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/promise.h"

#include "cli/rewrite.h"
#include "cli/shell_word.h"

/* Nothing where the command would fail, too. */
static int gain_of(const struct analysis *a, bool any, uint64_t *out,
		   struct err *err)
{
	scoped(plan_done) struct plan plan = { 0 };
	const struct optimize_options opt = {
		.min_gain_bytes = any ? 0 : MIN_GAIN_BYTES,
		.min_gain_pct = any ? 0 : MIN_GAIN_PCT,
		.fold_max = PLAN_TINY,
	};
	const struct plan_options how = optimize_plan_options(&opt, a->n_base);
	uint64_t before = a->totals.stored, after = before;
	if (plan_make(a->loaded, &how, &plan, err) == 0)
		after = plan.after.stored;
	else if (err->code == ERR_NOMEM || err->code == ERR_CANCELLED)
		return -1;
	else
		err_clear(err);
	*out = before > after ? before - after : 0;
	return 0;
}

static int add_option(struct buf *line, const char *name, const char *value,
		      struct err *err)
{
	if (!value)
		return 0;
	if (buf_addf(line, err, " %s ", name) < 0)
		return -1;
	return shell_word_add(line, str_of(value), err);
}

/* "-" is standard input; what else begins so would be read as options. */
static bool needs_dashes(const char *operand)
{
	return operand[0] == '-' && operand[1] != '\0';
}

int promise_make(const struct invocation *inv, const char *base,
		 struct analysis *a, struct buf *line, struct err *err)
{
	bool any = false;
	if (a->totals.dead == a->totals.dead_base)
		return 0;
	if (gain_of(a, any, &a->gain, err) < 0)
		return -1;
	if (a->gain == 0) {
		any = true;
		if (gain_of(a, any, &a->gain, err) < 0)
			return -1;
	}
	if (buf_str_add(line, STR("pare optimize"), err) < 0 ||
	    add_option(line, "--base", base, err) < 0 ||
	    add_option(line, "--min-gain", any ? "0" : NULL, err) < 0 ||
	    add_option(line, "--platform", inv->common.platform, err) < 0 ||
	    buf_str_add(line,
			needs_dashes(inv->args[0]) ? STR(" -- ") : STR(" "),
			err) < 0 ||
	    shell_word_add(line, str_of(inv->args[0]), err) < 0)
		return -1;
	a->gain_by = buf_str(line);
	return 0;
}

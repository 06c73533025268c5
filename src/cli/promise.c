/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/promise.h"

#include "cli/shell_word.h"

static int add_option(struct buf *line, const char *name, const char *value,
		      struct err *err)
{
	if (!value)
		return 0;
	if (buf_addf(line, err, " %s ", name) < 0)
		return -1;
	return cli_shell_word_add(line, str_of(value), err);
}

/* "-" is standard input; what else begins so would be read as options. */
static bool needs_dashes(const char *operand)
{
	return operand[0] == '-' && operand[1] != '\0';
}

int cli_promise_make(const struct invocation *inv, const char *base,
		     const struct work_gain *gain, struct analysis *a,
		     struct buf *line, struct err *err)
{
	if (a->totals.dead == a->totals.dead_base)
		return 0;
	a->gain = gain->bytes;
	if (buf_str_add(line, STR("pare optimize"), err) < 0 ||
	    add_option(line, "--base", base, err) < 0 ||
	    add_option(line, "--min-gain", gain->any ? "0" : NULL, err) < 0 ||
	    add_option(line, "--platform", inv->common.platform, err) < 0 ||
	    buf_str_add(line,
			needs_dashes(inv->args[0]) ? STR(" -- ") : STR(" "),
			err) < 0 ||
	    cli_shell_word_add(line, str_of(inv->args[0]), err) < 0)
		return -1;
	a->gain_by = buf_str(line);
	return 0;
}

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

static int make(const struct invocation *inv, const char *base,
		const struct win *w, struct buf *line, struct err *err)
{
	*line = (struct buf)BUF_INIT(1 << 20);
	if (buf_str_add(line, STR("pare optimize"), err) < 0 ||
	    add_option(line, "--drop", w->drop, err) < 0 ||
	    add_option(line, "--base", w->base_none ? "none" : base, err) < 0 ||
	    add_option(line, "--min-gain", w->any ? "0" : NULL, err) < 0 ||
	    add_option(line, "--platform", inv->common.platform, err) < 0 ||
	    buf_str_add(line,
			needs_dashes(inv->args[0]) ? STR(" -- ") : STR(" "),
			err) < 0)
		return -1;
	return cli_shell_word_add(line, str_of(inv->args[0]), err);
}

void cli_promises_done(struct promises *p)
{
	for (size_t i = 0; i < ARRAY_LEN(p->lines); i++)
		buf_done(&p->lines[i]);
}

int cli_promises_make(const struct invocation *inv, const char *base,
		      struct analysis *a, struct promises *p, struct err *err)
{
	for (uint32_t i = 0; i < a->n_wins; i++) {
		if (make(inv, base, &a->wins[i], &p->lines[i], err) < 0)
			return -1;
		a->wins[i].command = buf_str(&p->lines[i]);
	}
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* A script is read whole or not at all. Of half a script nobody could say which
 * commands are run, so every rule is silent about one that is not readable, and
 * a wrong finding costs more than a missing one. Commands in $() and in
 * backquotes are recorded with the others, all in the order of the text. */
#include "shell/shell.h"

#include <stdlib.h>

#include "shell/internal.h"

/* qsort is not stable, and need not be: no two commands begin at one place. */
static int by_place(const void *a, const void *b)
{
	const struct sh_node *x = *(struct sh_node *const *)a;
	const struct sh_node *y = *(struct sh_node *const *)b;
	return (x->at.at > y->at.at) - (x->at.at < y->at.at);
}

int shell_parse(struct str text, enum sh_dialect dialect, struct arena *a,
		struct sh_script *out, struct err *err)
{
	*out = (struct sh_script){ .text = text, .dialect = dialect };
	struct sh_parser p = { .s = out,
			       .text = text,
			       .end = text.n,
			       .a = a,
			       .err = err,
			       .bash = dialect == SH_BASH };
	if (text.n > UINT32_MAX / 2)
		return err_set(err, ERR_LIMIT, "a script of %zu bytes", text.n);
	size_t nul = str_find(text, 0);
	if (nul < text.n) {
		/* No shell takes one. */
		out->bad = (struct span){ (uint32_t)nul, 1 };
		out->why = "a NUL byte";
		return 0;
	}
	out->root = shell_read_list(&p, 0);
	/* Without memory there is no answer; with a script that cannot be read
	 * there is one: that it cannot. */
	if (err->code)
		return -1;
	out->readable = out->root && !p.failed;
	if (!out->readable) {
		out->root = NULL;
		out->n_commands = 0;
	} else if (out->n_commands) {
		qsort(out->commands, out->n_commands, sizeof *out->commands,
		      by_place);
	}
	return 0;
}

/* In double quotes a backslash escapes $ ` " \ and a line end only; elsewhere
 * anything (XCU 2.2.1, 2.2.3): "a\b" keeps both, a\b is ab. */

static bool add_literal(struct str s, const struct sh_part *part, bool single,
			struct buf *out, struct err *err)
{
	for (size_t i = 0; i < s.n; i++) {
		char then = i + 1 < s.n ? s.p[i + 1] : 0;
		bool escape =
			!single && s.p[i] == '\\' &&
			(!part->quoted || (then && strchr("$`\"\\\n", then)));
		if (escape && ++i == s.n)
			return buf_byte(out, '\\', err) == 0;
		if (escape && s.p[i] == '\n')
			continue;
		if (buf_byte(out, s.p[i], err) < 0)
			return false;
	}
	return true;
}

/* Quote removal (XCU 2.6.7). What has an expansion has no text that is known
 * here, not even in part: x$y is neither x nor a prefix to rely on. */
bool shell_word_text(const struct sh_script *s, const struct sh_word *w,
		     struct buf *out)
{
	struct err err = { 0 };
	size_t before = out->n;
	bool ok = true;
	for (size_t i = 0; i < w->n_parts && ok; i++) {
		const struct sh_part *part = &w->parts[i];
		bool single = part->inside.at != part->at.at;
		ok = part->kind == SH_LITERAL &&
		     add_literal(span_str(s->text, part->inside), part, single,
				 out, &err);
	}
	if (!ok)
		out->n = before;
	return ok;
}

bool shell_word_is(const struct sh_script *s, const struct sh_word *w,
		   const char *text)
{
	size_t n = strlen(text);
	scoped(buf_done) struct buf b = BUF_INIT(n + 1);
	return shell_word_text(s, w, &b) && str_eqz(buf_str(&b), text);
}

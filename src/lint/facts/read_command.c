/* SPDX-License-Identifier: Apache-2.0 */
/* Commands of a RUN as their words stand in the file. */
#include "dockerfile/access.h"
#include "lint/internal.h"

/* The name behind the last slash. */
static struct str base_name(struct str path)
{
	for (size_t i = path.n; i-- > 0;)
		if (path.p[i] == '/')
			return str_from(path, i + 1);
	return path;
}

/* Quotes and escapes go, expansions stay as they are written. */
static int word_text(const struct sh_script *s, struct sh_word *w,
		     struct lint_arg *arg, struct buf *b, struct err *err)
{
	buf_reset(b);
	for (size_t i = 0; i < w->n_parts; i++) {
		struct sh_part *part = &w->parts[i];
		struct sh_word one = { .at = part->at,
				       .parts = part,
				       .n_parts = 1 };
		if (shell_word_text(s, &one, b))
			continue;
		arg->known = false;
		if (buf_str_add(b, span_str(s->text, part->at), err) < 0)
			return -1;
	}
	return 0;
}

static int read_word(const struct lint_run *run, struct sh_word *w,
		     struct arena *a, struct lint_arg *arg, struct err *err)
{
	const struct sh_script *s = &run->run.sh;
	scoped(buf_done) struct buf b = BUF_INIT(DF_SIZE_MAX);
	*arg = (struct lint_arg){ .known = true,
				  .quoted = w->n_parts == 0,
				  .at = dockerfile_run_span(&run->run, w->at) };
	for (size_t i = 0; i < w->n_parts; i++)
		arg->quoted |= w->parts[i].quoted ||
			       (w->parts[i].kind == SH_LITERAL &&
				w->parts[i].inside.at != w->parts[i].at.at);
	/* Most words stand in the script as they are. */
	if (w->n_parts == 1 && w->parts[0].kind == SH_LITERAL &&
	    !memchr(s->text.p + w->at.at, '\\', w->at.n)) {
		arg->text = span_str(s->text, w->parts[0].inside);
		return 0;
	}
	if (word_text(s, w, arg, &b, err) < 0)
		return -1;
	return arena_str(a, buf_str(&b), &arg->text, err);
}

static int read_node(const struct lint_run *run, const struct sh_node *node,
		     struct arena *a, struct lint_command *c, struct err *err)
{
	c->node = node;
	c->at = dockerfile_run_span(&run->run, node->at);
	if (node->n_words == 0)
		return 0;
	c->args = arena_array(a, node->n_words, sizeof *c->args, err);
	if (!c->args || read_word(run, &node->words[0], a, &c->name, err) < 0)
		return -1;
	c->base = base_name(c->name.text);
	for (size_t i = 1; i < node->n_words; i++)
		if (read_word(run, &node->words[i], a, &c->args[c->n_args++],
			      err) < 0)
			return -1;
	return 0;
}

static int read_exec(const struct lint_run *run, struct arena *a,
		     struct lint_command *c, struct err *err)
{
	size_t n;
	const struct df_word *words = dockerfile_command(run->in, &n);
	if (n == 0)
		return 0;
	c->at = span_of(words[0].at.at, span_end(words[n - 1].at));
	c->args = arena_array(a, n, sizeof *c->args, err);
	if (!c->args)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct lint_arg arg = { .text = words[i].text,
					.known = true,
					.quoted = true,
					.at = words[i].at };
		if (i == 0)
			c->name = arg;
		else
			c->args[c->n_args++] = arg;
	}
	c->base = base_name(c->name.text);
	return 0;
}

int lint_read_commands(struct lint_run *run, struct arena *a, struct err *err)
{
	const struct sh_script *s = &run->run.sh;
	bool exec = run->run.form == DF_RUN_EXEC && !run->in->bad &&
		    run->in->n_words;
	size_t n = exec ? 1 : s->readable ? s->n_commands : 0;
	run->commands = arena_array(a, n, sizeof *run->commands, err);
	if (!run->commands)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct lint_command *c = &run->commands[i];
		c->run = run;
		c->index = (uint32_t)i;
		if ((exec ? read_exec(run, a, c, err)
			  : read_node(run, s->commands[i], a, c, err)) < 0 ||
		    lint_unwrap(c, a, err) < 0)
			return -1;
	}
	run->n_commands = n;
	return 0;
}

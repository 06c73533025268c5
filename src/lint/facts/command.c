/* SPDX-License-Identifier: Apache-2.0 */
/* Commands of a RUN, and questions about one. */
#include "dockerfile/access.h"
#include "base/chars.h"
#include "lint/internal.h"
#include "lint/facts/option_words.h"

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
		if (sh_word_text(s, &one, b))
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
				  .at = df_run_span(&run->run, w->at) };
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
	c->at = df_run_span(&run->run, node->at);
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
	const struct df_word *words = df_command(run->in, &n);
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
			  : read_node(run, s->commands[i], a, c, err)) < 0)
			return -1;
	}
	run->n_commands = n;
	return 0;
}

static bool is_listed(struct str word, const char *list)
{
	struct str rest = str_of(list), head;
	for (bool more = word.n > 0; more;) {
		more = str_cut(rest, ' ', &head, &rest);
		if (str_eq(word, more ? head : rest))
			return true;
	}
	return false;
}

bool lint_cmd_is(const struct lint_command *c, const char *names)
{
	return c->name.known && is_listed(c->base, names);
}

static bool is_option(const struct lint_arg *arg)
{
	return arg->text.n > 1 && arg->text.p[0] == '-';
}

bool lint_cmd_verb(const struct lint_command *c, const char *names,
		   const char *verbs)
{
	if (!lint_cmd_is(c, names))
		return false;
	for (size_t i = 0; i < c->n_args; i++) {
		if (!is_option(&c->args[i]))
			return c->args[i].known &&
			       is_listed(c->args[i].text, verbs);
		i += lint_option_takes_word(c->base, c->args[i].text);
	}
	return false;
}

/* "-y" in "-qy": a bundle is letters behind one hyphen. */
static bool bundle_has(struct str arg, char letter)
{
	if (arg.n < 2 || arg.p[0] != '-' || arg.p[1] == '-')
		return false;
	for (size_t i = 1; i < arg.n; i++)
		if (!is_alpha(arg.p[i]))
			return false;
	return memchr(arg.p + 1, letter, arg.n - 1);
}

bool lint_cmd_has(const struct lint_command *c, const char *option)
{
	struct str want = str_of(option);
	bool letter = want.n == 2 && want.p[0] == '-' && want.p[1] != '-';
	for (size_t i = 0; i < c->n_args; i++) {
		struct str arg = c->args[i].text, head, tail;
		if (str_eqz(arg, "--"))
			return false;
		if (str_eq(arg, want) || (letter && bundle_has(arg, want.p[1])))
			return true;
		if (!letter && str_cut(arg, '=', &head, &tail) &&
		    str_eq(head, want))
			return true;
	}
	return false;
}

struct str lint_cmd_arg(const struct lint_command *c, size_t i)
{
	return i < c->n_args ? c->args[i].text : (struct str){ 0 };
}

static bool is_below(struct str path, struct str dir)
{
	while (dir.n > 1 && dir.p[dir.n - 1] == '/')
		dir.n--;
	if (dir.n == 0 || !str_starts(path, dir))
		return false;
	return dir.n == 1 || path.n == dir.n || path.p[dir.n] == '/';
}

bool lint_run_mounted(const struct lint_run *run, const char *path)
{
	for (size_t i = 0; i < run->n_mounts; i++) {
		const struct df_mount *m = &run->mounts[i];
		if ((m->type == DF_MOUNT_CACHE || m->type == DF_MOUNT_TMPFS) &&
		    is_below(str_of(path), m->target))
			return true;
	}
	return false;
}

/* The child of an if or a case that a stands in, when b stands in another one
 * of the same: only one of them is run. A condition comes before its body. */
static bool are_branches(const struct sh_node *a, const struct sh_node *b)
{
	for (const struct sh_node *x = a; x && x->parent; x = x->parent) {
		const struct sh_node *p = x->parent, *y = b;
		if (p->kind != SH_CASE && p->kind != SH_IF)
			continue;
		while (y && y->parent != p)
			y = y->parent;
		if (!y || y == x)
			continue;
		if (p->kind == SH_CASE)
			return true;
		size_t at = 0;
		for (const struct sh_node *n = p->child; n && n != x;
		     n = n->next)
			at++;
		return at % 2 == 1;
	}
	return false;
}

bool lint_cmd_after(const struct lint_command *a, const struct lint_command *b)
{
	if (a->run != b->run || b->index <= a->index)
		return false;
	if (!a->node || !b->node)
		return true;
	/* What a substitution within a runs is run before a. */
	if (span_end(b->node->at) <= span_end(a->node->at))
		return false;
	return !are_branches(a->node, b->node);
}

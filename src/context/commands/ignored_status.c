/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/ignored_status.h"

/* "set -e", "set -euxo pipefail", anywhere in the script, be it switched off
 * again later or never reached: what is in force where is not worked out, and
 * "set" means that a status counts. letter 0: there is none for it. */
static bool sets_option(const struct sh_script *s, char letter,
			const char *name)
{
	struct str text = s->text;
	if (memmem(text.p, text.n, name, strlen(name)))
		return true;
	for (size_t i = 0; letter && i + 5 < text.n; i++) {
		if (memcmp(text.p + i, "set -", 5) != 0)
			continue;
		for (size_t k = i + 5; k < text.n && text.p[k] != ' ' &&
				       text.p[k] != '\n' && text.p[k] != ';';
		     k++)
			if (text.p[k] == letter)
				return true;
	}
	return false;
}

/* "x || true", "x || echo failed": what stands behind || for no other purpose
 * than to succeed. */
static bool succeeds(const struct sh_script *s, const struct sh_node *n)
{
	static const char *const names[] = { "true", ":", "echo", "printf" };
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (n->kind == SH_SIMPLE && n->n_words &&
		    shell_word_is(s, &n->words[0], names[i]))
			return true;
	return false;
}

/* What runs instead when the child of a list of && and || fails; NULL: nothing.
 * "a && b || c": c, for a as for b. */
static const struct sh_node *run_on_failure(const struct sh_node *n)
{
	while (n && n->op == SH_OP_AND)
		n = n->next;
	return n && n->op == SH_OP_OR ? n->next : NULL;
}

/* Children of an if are condition, body, condition, body, ..., and at the
 * end perhaps the body of the else: even ones are conditions, but for a last
 * one. */
static bool is_condition(const struct sh_node *p, const struct sh_node *n)
{
	size_t i = 0;
	for (const struct sh_node *c = p->child; c && c != n; c = c->next)
		i++;
	if (p->kind == SH_WHILE || p->kind == SH_UNTIL)
		return i == 0;
	return p->kind == SH_IF && i % 2 == 0 && n->next;
}

/* "[ -d x ] || exit 1": the words are looked for in all of the list, whatever
 * branch they are in. */
static bool may_exit(const struct sh_script *s, const struct sh_node *n)
{
	static const char *const words[] = { "exit", "return", "false" };
	struct str t = span_str(s->text, n->at);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (memmem(t.p, t.n, words[i], strlen(words[i])))
			return true;
	return false;
}

/* What becomes of a status in one step up, from n to its parent p. PASSED_UP:
 * it is the parent's status, too, so its parent decides. */
enum status_fate { PASSED_UP, IGNORED, HEEDED };

/* Worked example: [ -d .git ] && rm -r .git || true
 *
 *   the test fails: run_on_failure gives "true", which succeeds and is no
 *   exit, so the list is 0 either way and the status is IGNORED.
 *
 * With "|| cp a b" it would be HEEDED: whether the test holds then decides
 * what the image contains. */
static enum status_fate fate_of_status(const struct sh_script *s,
				       const struct sh_node *p,
				       const struct sh_node *n)
{
	const struct sh_node *other;
	switch (p->kind) {
	case SH_PIPELINE: /* the last command's status is the pipeline's */
		return n->next && !sets_option(s, 0, "pipefail") ? IGNORED
								 : PASSED_UP;
	case SH_AND_OR:
		other = run_on_failure(n);
		if ((other && !succeeds(s, other)) || may_exit(s, p))
			return HEEDED;
		return other ? IGNORED : PASSED_UP;
	case SH_LIST: /* as is the list's, unless each failure ends it */
		if (n->op == SH_OP_BACKGROUND)
			return IGNORED;
		return n->next && !sets_option(s, 'e', "errexit") ? IGNORED
								  : PASSED_UP;
	case SH_IF:
	case SH_WHILE:
	case SH_UNTIL:
		if (!is_condition(p, n))
			return PASSED_UP;
		return may_exit(s, p) ? HEEDED : IGNORED;
	default: /* who calls the function is not worked out */
		return p->kind == SH_FUNCTION ? HEEDED : PASSED_UP;
	}
}

bool context_status_is_ignored(const struct sh_script *s,
			       const struct sh_node *node)
{
	enum status_fate f = PASSED_UP;
	for (const struct sh_node *n = node; n->parent && f == PASSED_UP;
	     n = n->parent)
		f = fate_of_status(s, n->parent, n);
	return f == IGNORED; /* passed up to the top: it fails the RUN */
}

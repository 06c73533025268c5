/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/ignored_status.h"

/* "set -e", "set -euxo pipefail": the word is looked for, wherever it is. */
static bool sets(const struct sh_script *s, char letter, const char *name)
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

/* true, :, echo: what stands behind || for no other purpose. */
static bool succeeds(const struct sh_script *s, const struct sh_node *n)
{
	static const char *const names[] = { "true", ":", "echo", "printf" };
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (n->kind == SH_SIMPLE && n->n_words &&
		    sh_word_is(s, &n->words[0], names[i]))
			return true;
	return false;
}

/* What runs when the child of a list of && and || fails; NULL: nothing. */
static const struct sh_node *other_way(const struct sh_node *n)
{
	while (n && n->op == SH_OP_AND)
		n = n->next;
	return n && n->op == SH_OP_OR ? n->next : NULL;
}

/* Conditions stand in front of their bodies; the last child of an if may be
 * an else. */
static bool is_condition(const struct sh_node *p, const struct sh_node *n)
{
	size_t i = 0;
	for (const struct sh_node *c = p->child; c && c != n; c = c->next)
		i++;
	if (p->kind == SH_WHILE || p->kind == SH_UNTIL)
		return i == 0;
	return p->kind == SH_IF && i % 2 == 0 && n->next;
}

/* "[ -d x ] || exit 1" and the like. */
static bool may_exit(const struct sh_script *s, const struct sh_node *n)
{
	static const char *const words[] = { "exit", "return", "false" };
	struct str t = span_str(s->text, n->at);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (memmem(t.p, t.n, words[i], strlen(words[i])))
			return true;
	return false;
}

/* Of one step up, from n to its parent. */
enum verdict { ASK_ABOVE, IGNORED, HEEDED };

static enum verdict ask(const struct sh_script *s, const struct sh_node *p,
			const struct sh_node *n)
{
	const struct sh_node *other;
	switch (p->kind) {
	case SH_PIPELINE:
		return n->next && !sets(s, 0, "pipefail") ? IGNORED : ASK_ABOVE;
	case SH_AND_OR:
		other = other_way(n);
		if ((other && !succeeds(s, other)) || may_exit(s, p))
			return HEEDED;
		return other ? IGNORED : ASK_ABOVE;
	case SH_LIST:
		if (n->op == SH_OP_BACKGROUND)
			return IGNORED;
		return n->next && !sets(s, 'e', "errexit") ? IGNORED
							   : ASK_ABOVE;
	case SH_IF:
	case SH_WHILE:
	case SH_UNTIL:
		if (!is_condition(p, n))
			return ASK_ABOVE;
		return may_exit(s, p) ? HEEDED : IGNORED;
	default:
		return p->kind == SH_FUNCTION ? HEEDED : ASK_ABOVE;
	}
}

bool status_is_ignored(const struct sh_script *s, const struct sh_node *node)
{
	enum verdict v = ASK_ABOVE;
	for (const struct sh_node *n = node; n->parent && v == ASK_ABOVE;
	     n = n->parent)
		v = ask(s, n->parent, n);
	return v == IGNORED;
}

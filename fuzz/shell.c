/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a script of sh and of bash: spans lie within their parents. */
#include <stdlib.h>

#include "shell/shell.h"
#include "fuzz.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void check_word(struct str text, const struct sh_word *w)
{
	must(span_end(w->at) <= text.n);
	for (size_t i = 0; i < w->n_parts; i++) {
		const struct sh_part *p = &w->parts[i];
		must(p->at.at >= w->at.at &&
		     span_end(p->at) <= span_end(w->at));
		must(p->inside.at >= p->at.at &&
		     span_end(p->inside) <= span_end(p->at));
	}
}

static void check_node(struct str text, const struct sh_node *n)
{
	must(n->at.at <= text.n && span_end(n->at) <= text.n);
	for (size_t i = 0; i < n->n_words; i++)
		check_word(text, &n->words[i]);
	for (size_t i = 0; i < n->n_assigns; i++)
		check_word(text, &n->assigns[i]);
	for (size_t i = 0; i < n->n_redirects; i++) {
		check_word(text, &n->redirects[i].target);
		check_word(text, &n->redirects[i].body);
	}
	for (const struct sh_node *c = n->child; c; c = c->next) {
		must(c->parent == n);
		must(c->at.at >= n->at.at &&
		     span_end(c->at) <= span_end(n->at));
		check_node(text, c);
	}
}

static void try_dialect(struct str text, enum sh_dialect d)
{
	struct err err = { 0 };
	struct sh_script s;
	scoped(arena_done) struct arena a = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	must(shell_parse(text, d, &a, &s, &err) == 0);
	must(s.readable == !s.why);
	must(span_end(s.bad) <= text.n);
	if (s.readable)
		check_node(text, s.root);
	for (size_t i = 0; i < s.n_commands; i++) {
		must(i == 0 ||
		     s.commands[i - 1]->at.at <= s.commands[i]->at.at);
		check_node(text, s.commands[i]);
		for (size_t k = 0; k < s.commands[i]->n_words; k++)
			(void)shell_word_text(&s, &s.commands[i]->words[k], &b);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	try_dialect(text, SH_POSIX);
	try_dialect(text, SH_BASH);
	return 0;
}

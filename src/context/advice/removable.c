/* SPDX-License-Identifier: Apache-2.0 */
#include "context/advice/removable.h"

#include <stdlib.h>

#include "context/commands/commands.h"

/* What no COPY takes and has no reason goes when it is worth a line. */
enum { WORTH_BYTES = 1000, WORTH_FILES = 10 };

void chooser_done(struct chooser *c)
{
	free(c->kept);
	free(c->broad);
	free(c->bytes);
	free(c->chosen);
	free(c->sure);
	free(c->spread);
	free(c->nearby);
}

uint32_t chooser_row_root(const struct chooser *c, uint32_t i)
{
	while (c->q->rows[c->t->entries[i].parent] != REASON_ROW_NONE)
		i = c->t->entries[i].parent;
	return i;
}

/* A line of the user took it back: by its own name, or that of what has the
 * reason, or together with all that is beside it. The last says nothing of
 * caches and the like inside. */
static bool taken_back(const struct chooser *c, uint32_t i)
{
	const struct context_verdict *v = c->q->w->v;
	uint32_t pattern = v[i].pattern;
	if (pattern == CONTEXT_NONE || !c->q->ig->patterns[pattern].negated)
		return false;
	if (c->q->rows[i] == REASON_ROW_NONE)
		return true;
	for (uint32_t root = chooser_row_root(c, i);;
	     i = c->t->entries[i].parent) {
		if (v[i].pattern == pattern && v[i].named)
			return true;
		if (i == root)
			return false;
	}
}

int chooser_init(struct chooser *c)
{
	const struct context_view *w = c->q->w;
	size_t n = c->t->n;
	c->kept = calloc(n, sizeof *c->kept);
	c->broad = calloc(n, sizeof *c->broad);
	c->bytes = calloc(n, sizeof *c->bytes);
	c->chosen = calloc(n, sizeof *c->chosen);
	c->sure = calloc(context_n_reasons, sizeof *c->sure);
	c->spread = calloc(context_n_reasons, sizeof *c->spread);
	c->nearby = calloc(context_n_reasons, sizeof *c->nearby);
	if (!c->kept || !c->broad || !c->bytes || !c->chosen || !c->sure ||
	    !c->spread || !c->nearby)
		return err_nomem(c->err, n);
	for (size_t r = 0; r < context_n_reasons; r++)
		c->nearby[r].dir = CONTEXT_NONE;
	for (uint32_t i = (uint32_t)n; i-- > 1;) {
		uint32_t up = c->t->entries[i].parent;
		if (context_is_sent(c->t, w->v, i)) {
			c->kept[i] +=
				w->marks[i] & MARK_KEPT || taken_back(c, i);
			c->broad[i] +=
				w->marks[i] & MARK_BROAD || c->q->all_taken;
			c->bytes[i] += context_bytes(c->t, w->v, i);
		}
		c->kept[up] += c->kept[i];
		c->broad[up] += c->broad[i];
		c->bytes[up] += c->bytes[i];
	}
	return 0;
}

/* Wherever the whole context is taken, what the row means is made anew, or
 * comes from another stage. */
static bool is_made(const struct chooser *c, const struct reason_row *r)
{
	struct str name = str_of(r->name);
	for (size_t i = 0; i < c->q->n_scenes; i++) {
		const struct context_scene *s = &c->q->scenes[i];
		bool idle = r->made_else && words_run(s->words, r->made_else) &&
			    !words_mention(s->words, name);
		bool made =
			r->reason == REASON_DEPENDENCIES
				? words_run_first(s->words, r->made_by, name)
				: words_run(s->words, r->made_by);
		if (!idle && !made && !words_mention(s->brought, name))
			return false;
	}
	return c->q->n_scenes > 0;
}

/* Whether what the row means may go although COPY . takes it. */
static bool row_is_sure(struct chooser *c, uint16_t row)
{
	const struct reason_row *r = &context_reasons[row];
	bool yes = false;
	if (c->sure[row])
		return c->sure[row] == 2;
	switch (r->surety) {
	case SURE:
		yes = true;
		break;
	case IF_MADE:
		yes = is_made(c, r);
		break;
	case NO_GIT:
		yes = !words_ask_git(c->q->words);
		break;
	case NEVER:
		break;
	}
	c->sure[row] = yes ? 2 : 1;
	return yes;
}

bool chooser_may_go(struct chooser *c, uint32_t i)
{
	uint16_t row = c->q->rows[i];
	if (c->q->w->sent[i] == 0 || c->kept[i])
		return false;
	if (row == REASON_ROW_NONE)
		return c->broad[i] == 0 && (c->bytes[i] >= WORTH_BYTES ||
					    c->q->w->sent[i] >= WORTH_FILES);
	if (c->broad[i] == 0)
		return true;
	if (context_reasons[row].reason == REASON_DOCKER &&
	    c->t->entries[i].parent != CONTEXT_ROOT)
		return false; /* a template, say; it is small */
	bool asked_for =
		context_reasons[row].surety != IF_MADE &&
		words_mention(c->q->words,
			      context_name(c->t, chooser_row_root(c, i)));
	return row_is_sure(c, row) && !asked_for;
}

/* The entry may go when the row's name means it, whatever else it is. */
static bool may_go_by_name(struct chooser *c, const struct reason_row *row,
			   uint32_t i, bool mentioned)
{
	const struct context_entry *e = &c->t->entries[i];
	bool fits = row->type == 0 ||
		    (row->type == 'd') == (e->type == CONTEXT_DIR);
	uint16_t r = (uint16_t)(row - context_reasons);
	if (c->kept[i])
		return false;
	if (c->broad[i] == 0)
		return true;
	/* A log among test data is test data. */
	if (row->name[0] == '*' && c->q->rows[i] != r)
		return false;
	return fits && !mentioned && row_is_sure(c, r);
}

/* Every entry of such a name may go: in the directory, or anywhere. */
bool chooser_all_may_go(struct chooser *c, const struct reason_row *row,
			uint32_t dir)
{
	const struct context_entry *d = &c->t->entries[dir];
	bool one = str_find(str_of(row->name), '*') == strlen(row->name);
	bool asked = row->surety != IF_MADE;
	bool mentioned =
		asked && one && words_mention(c->q->words, str_of(row->name));
	uint32_t from = dir == CONTEXT_NONE ? 1 : d->first;
	uint32_t to = dir == CONTEXT_NONE ? (uint32_t)c->t->n : from + d->n;
	for (uint32_t i = from; i < to; i++) {
		struct str name = context_name(c->t, i);
		if (c->q->w->sent[i] == 0 || !reason_row_matches(row, name))
			continue;
		if (!one)
			mentioned = asked && words_mention(c->q->words, name);
		if (!may_go_by_name(c, row, i, mentioned))
			return false;
	}
	return true;
}

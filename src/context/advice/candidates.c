/* SPDX-License-Identifier: Apache-2.0 */
#include "context/advice/candidates.h"

#include <stdlib.h>

#include "context/commands/command_search.h"
#include "context/commands/git_use.h"

/* What no COPY copies is waste whatever it is called; below both of these it is
 * not worth a line in the user's file. */
enum { WORTH_BYTES = 1000, WORTH_FILES = 10 };

void context_candidates_done(struct candidates *c)
{
	free(c->n_named);
	free(c->n_broad);
	free(c->bytes);
	free(c->covered);
	free(c->safe);
	free(c->anywhere_line);
	free(c->directory_line);
}

uint32_t context_reason_root(const struct candidates *c, uint32_t i)
{
	while (c->q->rows[c->t->entries[i].parent] != REASON_ROW_NONE)
		i = c->t->entries[i].parent;
	return i;
}

/* An exception of the ignore file (!pattern) re-includes the entry, and means
 * it. With "*" and then "!src" everything in src is re-included, but nobody
 * thought of src/__pycache__: for an entry that has a reason, the pattern must
 * match it, or the part of its path up to the name with the reason, by itself.
 *
 *   !src, src/a.c           no reason: re-included
 *   !src, src/.cache/x      the pattern matches neither .cache nor x: not
 *   !src/.cache, the same   it matches .cache itself: re-included */
static bool is_reincluded(const struct candidates *c, uint32_t i)
{
	const struct context_verdict *v = c->q->w->v;
	uint32_t pattern = v[i].pattern;
	if (pattern == CONTEXT_NONE || !c->q->ig->patterns[pattern].negated)
		return false;
	if (c->q->rows[i] == REASON_ROW_NONE)
		return true;
	for (uint32_t root = context_reason_root(c, i);;
	     i = c->t->entries[i].parent) {
		if (v[i].pattern == pattern && v[i].matches_itself)
			return true;
		if (i == root)
			return false;
	}
}

/* One pass backwards: when a directory is reached, all below it has been summed
 * up in it. n_named > 0 then means that something in it is copied by its name.
 */
int context_candidates_init(struct candidates *c)
{
	const struct context_view *w = c->q->w;
	size_t n = c->t->n;
	c->n_named = calloc(n, sizeof *c->n_named);
	c->n_broad = calloc(n, sizeof *c->n_broad);
	c->bytes = calloc(n, sizeof *c->bytes);
	c->covered = calloc(n, sizeof *c->covered);
	c->safe = calloc(c->q->waste->n, sizeof *c->safe);
	c->anywhere_line = calloc(c->q->waste->n, sizeof *c->anywhere_line);
	c->directory_line = calloc(c->q->waste->n, sizeof *c->directory_line);
	if (!c->n_named || !c->n_broad || !c->bytes || !c->covered ||
	    !c->safe || !c->anywhere_line || !c->directory_line)
		return err_nomem(c->err, n);
	for (size_t r = 0; r < c->q->waste->n; r++)
		c->directory_line[r].dir = CONTEXT_NONE;
	for (uint32_t i = (uint32_t)n; i-- > 1;) {
		uint32_t up = c->t->entries[i].parent;
		if (context_is_sent(c->t, w->v, i)) {
			c->n_named[i] +=
				w->marks[i] & MARK_NAMED || is_reincluded(c, i);
			c->n_broad[i] +=
				w->marks[i] & MARK_BROAD || c->q->copies_all;
			c->bytes[i] += context_bytes(c->t, w->v, i);
		}
		c->n_named[up] += c->n_named[i];
		c->n_broad[up] += c->n_broad[i];
		c->bytes[up] += c->bytes[i];
	}
	return 0;
}

/* Every stage that copies the whole context has what the row matches from
 * elsewhere: a command makes it again (made_by), or makes what is used instead
 * (made_else) while none mentions the name, or a COPY --from brings it.
 *
 *   node_modules, COPY . . and RUN npm ci            made again: yes
 *   .venv, COPY . . and RUN pip install x            used instead: yes
 *   .venv, the same and CMD .venv/bin/x              mentioned: no
 *   node_modules, two stages COPY . ., one npm ci    not in the other: no
 *
 * Several tools may make the same (says_same): one of them is enough.
 * Dependencies have to be there before the first command that uses them: those
 * in front of it alone are searched. */
static bool is_made_in(const struct candidates *c, uint16_t row,
		       const struct context_broad_stage *s)
{
	const struct catalog_trace *r = c->q->waste->rows[row];
	struct str name = str_of(r->name), first = s->commands;
	for (size_t i = 0; i < c->q->waste->n; i++)
		if (c->q->waste->rows[i]->used_by)
			first = context_commands_before(
				first, c->q->waste->rows[i]->used_by);
	for (; row != REASON_ROW_NONE; row = c->q->waste->same[row]) {
		r = c->q->waste->rows[row];
		if (r->reason == REASON_DEPENDENCIES
			    ? context_commands_run_before(first, r->made_by,
							  name)
			    : context_commands_run(s->commands, r->made_by))
			return true;
		if (r->made_else &&
		    context_commands_run(s->commands, r->made_else) &&
		    !context_commands_mention(s->commands, name))
			return true;
	}
	return context_commands_mention(s->copied_from, name);
}

static bool is_regenerated(const struct candidates *c, uint16_t row)
{
	for (size_t i = 0; i < c->q->n_broad_stages; i++)
		if (!is_made_in(c, row, &c->q->broad_stages[i]))
			return false;
	return c->q->n_broad_stages > 0;
}

/* What the row matches may be left out although COPY . copies it. Worked out
 * once a row: the commands are long, and entries are many. */
static bool is_safe(struct candidates *c, uint16_t row)
{
	bool yes = false;
	if (c->safe[row])
		return c->safe[row] == 2;
	switch (c->q->waste->rows[row]->safe_when) {
	case SAFE_ALWAYS:
		yes = true;
		break;
	case SAFE_IF_MADE:
		yes = is_regenerated(c, row);
		break;
	case SAFE_WITHOUT_GIT:
		yes = !context_commands_ask_git(c->q->commands);
		break;
	case SAFE_NEVER:
		break;
	}
	c->safe[row] = yes ? 2 : 1;
	return yes;
}

bool context_may_leave_out(struct candidates *c, uint32_t i)
{
	uint16_t row = c->q->rows[i];
	if (c->q->w->sent[i] == 0 || c->n_named[i])
		return false;
	if (row == REASON_ROW_NONE)
		return c->n_broad[i] == 0 && (c->bytes[i] >= WORTH_BYTES ||
					      c->q->w->sent[i] >= WORTH_FILES);
	if (c->n_broad[i] == 0)
		return true;
	if (context_reason_of(c->q->waste, row) == REASON_DOCKER &&
	    c->t->entries[i].parent != CONTEXT_ROOT)
		return false; /* a Dockerfile in a directory may be a template
			       * that the program uses; it is small */
	bool asked_for = c->q->waste->rows[row]->safe_when != SAFE_IF_MADE &&
			 context_commands_mention(
				 c->q->commands,
				 context_name(c->t, context_reason_root(c, i)));
	return is_safe(c, row) && !asked_for;
}

/* The entry may be left out if a line with the row's name is written: the line
 * does not know what lies beside it, or what it is, as the row does. */
static bool may_go_by_name(struct candidates *c, uint16_t row, uint32_t i,
			   bool mentioned)
{
	const struct catalog_trace *r = c->q->waste->rows[row];
	const struct context_entry *e = &c->t->entries[i];
	bool fits =
		r->type == 0 || (r->type == 'd') == (e->type == CONTEXT_DIR);
	if (c->n_named[i])
		return false;
	if (c->n_broad[i] == 0)
		return true;
	/* A log among test data is test data. */
	if (r->name[0] == '*' && c->q->rows[i] != row)
		return false;
	return fits && !mentioned && is_safe(c, row);
}

/* One that may not spoils the line for all. A name that the commands mention is
 * not left out, unless it is made again: then they mention the new one. A row
 * with a star stands for many names, each of which is asked for. */
bool context_may_leave_out_all(struct candidates *c, uint16_t row, uint32_t dir)
{
	const struct catalog_trace *r = c->q->waste->rows[row];
	bool one = str_find(str_of(r->name), '*') == strlen(r->name);
	bool asked = r->safe_when != SAFE_IF_MADE;
	bool mentioned =
		asked && one &&
		context_commands_mention(c->q->commands, str_of(r->name));
	uint32_t from = 1, to = (uint32_t)c->t->n;
	if (dir != CONTEXT_NONE) {
		from = c->t->entries[dir].first;
		to = from + c->t->entries[dir].n;
	}
	for (uint32_t i = from; i < to; i++) {
		struct str name = context_name(c->t, i);
		if (c->q->w->sent[i] == 0 ||
		    !context_name_matches(r->name, name))
			continue;
		if (!one)
			mentioned = asked && context_commands_mention(
						     c->q->commands, name);
		if (!may_go_by_name(c, row, i, mentioned))
			return false;
	}
	return true;
}

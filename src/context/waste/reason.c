/* SPDX-License-Identifier: Apache-2.0 */
#include "context/waste/reason.h"

#include <stdlib.h>

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Two tools make the same thing (npm ci, yarn: node_modules). Their rows are
 * one to an entry, which either of them makes again. */
static bool says_same(const struct catalog_trace *a,
		      const struct catalog_trace *b)
{
	return same_text(a->name, b->name) && a->reason == b->reason &&
	       a->type == b->type && a->safe_when == b->safe_when &&
	       same_text(a->beside, b->beside) &&
	       same_text(a->inside, b->inside) && a->bytes_min == b->bytes_min;
}

/* The chain that a name's row is in. An entry is compared with the rows of two
 * chains, a few of 250:
 *
 *   first['n']: "node_modules", "nbproject", ...
 *   last['g']:  "*.log", "*.jpg", "*.png", ... */
static uint16_t *chain_of(struct context_waste_table *w, const char *name)
{
	return name[0] == '*' ? &w->last[(uint8_t)name[strlen(name) - 1]]
			      : &w->first[(uint8_t)name[0]];
}

/* Appends row i to its chain, or to those that say the same: chains keep the
 * order of the catalogue, as the first row that matches counts. */
static void add_row(struct context_waste_table *w, uint16_t i)
{
	uint16_t *end = chain_of(w, w->rows[i]->name);
	for (; *end != REASON_ROW_NONE; end = &w->next[*end]) {
		uint16_t *same = end;
		if (!says_same(w->rows[*end], w->rows[i]))
			continue;
		while (*same != REASON_ROW_NONE)
			same = &w->same[*same];
		*same = i;
		return;
	}
	*end = i;
}

/* The bytes 0xff make REASON_ROW_NONE, the end of a chain. */
int context_waste_table_init(struct context_waste_table *w, struct err *err)
{
	struct catalog_at at = { 0 };
	size_t n = 0;
	*w = (struct context_waste_table){ 0 };
	while (catalog_next_trace(&at))
		n++;
	w->rows = calloc(n + 1, sizeof *w->rows);
	w->same = calloc(n + 1, sizeof *w->same);
	w->next = calloc(n + 1, sizeof *w->next);
	if (!w->rows || !w->same || !w->next)
		return err_nomem(err, n * sizeof *w->rows);
	memset(w->same, 0xff, n * sizeof *w->same);
	memset(w->next, 0xff, n * sizeof *w->next);
	memset(w->first, 0xff, sizeof w->first);
	memset(w->last, 0xff, sizeof w->last);
	at = (struct catalog_at){ 0 };
	for (; w->n < n; w->n++) {
		w->rows[w->n] = catalog_next_trace(&at);
		add_row(w, (uint16_t)w->n);
	}
	return 0;
}

void context_waste_table_done(struct context_waste_table *w)
{
	free(w->rows);
	free(w->same);
	free(w->next);
	*w = (struct context_waste_table){ 0 };
}

/* The star stands for one byte or more: "*.env" is "prod.env", not ".env",
 * which has a row of its own. */
bool context_name_matches(const char *pattern, struct str name)
{
	struct str want = str_of(pattern);
	size_t star = str_find(want, '*');
	if (star == want.n)
		return str_eq(name, want);
	struct str head = { want.p, star }, tail = str_from(want, star + 1);
	return name.n > head.n + tail.n && str_starts(name, head) &&
	       str_ends(name, tail);
}

/* A name of the list, or one with the suffix of a "*.suffix", lies in the
 * directory. */
static bool contains(const struct context_tree *t, uint32_t dir,
		     const char *list)
{
	struct str rest = str_of(list), word;
	const struct context_entry *d = &t->entries[dir];
	while (rest.n) {
		if (!str_cut(rest, ' ', &word, &rest)) {
			word = rest;
			rest.n = 0;
		}
		if (word.p[0] != '*') {
			if (context_child(t, dir, word) != CONTEXT_NONE)
				return true;
			continue;
		}
		for (uint32_t i = d->first; i < d->first + d->n; i++)
			if (str_ends(context_name(t, i), str_from(word, 1)))
				return true;
	}
	return false;
}

/* .env.example and the like hold no secrets: they are documentation. */
static bool is_example(struct str name)
{
	static const char *const words[] = { "example", "sample",  "template",
					     "dist",	"default", "tmpl" };
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_contains(name, str_of(words[i])))
			return true;
	return false;
}

/* The row matches the entry: its name, type, size and surroundings. */
static bool row_matches(const struct context_tree *t, uint32_t i,
			const struct catalog_trace *row)
{
	const struct context_entry *e = &t->entries[i];
	bool dir = e->type == CONTEXT_DIR;
	if ((row->type == 'd' && !dir) || (row->type == 'f' && dir) ||
	    (!dir && e->size < row->bytes_min) ||
	    !context_name_matches(row->name, context_name(t, i)))
		return false;
	if (row->reason == REASON_SECRETS && is_example(context_name(t, i)))
		return false;
	if (row->beside && !contains(t, e->parent, row->beside))
		return false;
	return !row->inside || (dir && contains(t, i, row->inside));
}

static uint16_t find_in_chain(const struct context_waste_table *w,
			      const struct context_tree *t, uint32_t i,
			      uint16_t r)
{
	while (r != REASON_ROW_NONE && !row_matches(t, i, w->rows[r]))
		r = w->next[r];
	return r;
}

/* A row whose name does not start with a star goes before one that does:
 * npm-debug.log* before *.log, whichever file of the catalogue comes first. */
static uint16_t find_row(const struct context_waste_table *w,
			 const struct context_tree *t, uint32_t i)
{
	const struct context_entry *e = &t->entries[i];
	uint16_t r = find_in_chain(w, t, i, w->first[(uint8_t)e->name[0]]);
	if (r != REASON_ROW_NONE)
		return r;
	return find_in_chain(w, t, i, w->last[(uint8_t)e->name[e->name_n - 1]]);
}

/* An entry below one that has a reason has the same one: a log in node_modules
 * goes with it. Parents come first, so one pass does. */
void context_find_reasons(const struct context_waste_table *w,
			  const struct context_tree *t, uint16_t *rows)
{
	rows[CONTEXT_ROOT] = REASON_ROW_NONE;
	for (uint32_t i = 1; i < t->n; i++) {
		rows[i] = rows[t->entries[i].parent];
		if (rows[i] == REASON_ROW_NONE)
			rows[i] = find_row(w, t, i);
	}
}

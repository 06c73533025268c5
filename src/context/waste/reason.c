/* SPDX-License-Identifier: Apache-2.0 */
#include "context/waste/reason.h"

/* The rows, in chains by one byte of their names, so that an entry is compared
 * with a few of 240: by the first byte, or of names that start with a star by
 * the last one.
 *
 *   first['n']: "node_modules", "nbproject", ...
 *   last['g']:  "*.log", "*.jpg", "*.png", ...
 *
 * next links a chain in the order of the table: among rows that match, the
 * first counts, and one with a whole name goes before one with a star. */
struct finder {
	const struct context_tree *t;
	uint16_t first[256], last[256];
	uint16_t next[512];
};

bool context_reason_matches(const struct context_waste *row, struct str name)
{
	struct str want = str_of(row->name);
	size_t star = str_find(want, '*');
	if (star == want.n)
		return str_eq(name, want);
	struct str head = { want.p, star }, tail = str_from(want, star + 1);
	return name.n > head.n + tail.n && str_starts(name, head) &&
	       str_ends(name, tail);
}

static void finder_init(struct finder *f, const struct context_tree *t)
{
	f->t = t;
	memset(f->first, 0xff, sizeof f->first);
	memset(f->last, 0xff, sizeof f->last);
	for (size_t i = context_n_reasons; i-- > 0;) {
		const char *n = context_reasons[i].name;
		uint16_t *head = n[0] == '*'
					 ? &f->last[(uint8_t)n[strlen(n) - 1]]
					 : &f->first[(uint8_t)n[0]];
		f->next[i] = *head;
		*head = (uint16_t)i;
	}
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
		if (memmem(name.p, name.n, words[i], strlen(words[i])))
			return true;
	return false;
}

/* The row matches the entry: its name, type, size and surroundings. */
static bool row_matches(const struct context_tree *t, uint32_t i,
			const struct context_waste *row)
{
	const struct context_entry *e = &t->entries[i];
	bool dir = e->type == CONTEXT_DIR;
	if ((row->type == 'd' && !dir) || (row->type == 'f' && dir) ||
	    (!dir && e->size < row->bytes_min) ||
	    !context_reason_matches(row, context_name(t, i)))
		return false;
	if (row->reason == REASON_SECRETS && is_example(context_name(t, i)))
		return false;
	if (row->beside && !contains(t, e->parent, row->beside))
		return false;
	return !row->inside || (dir && contains(t, i, row->inside));
}

static uint16_t find(const struct finder *f, uint32_t i)
{
	const struct context_entry *e = &f->t->entries[i];
	uint16_t r = f->first[(uint8_t)e->name[0]];
	for (; r != REASON_ROW_NONE; r = f->next[r])
		if (row_matches(f->t, i, &context_reasons[r]))
			return r;
	r = f->last[(uint8_t)e->name[e->name_n - 1]];
	for (; r != REASON_ROW_NONE; r = f->next[r])
		if (row_matches(f->t, i, &context_reasons[r]))
			return r;
	return REASON_ROW_NONE;
}

/* An entry below one that has a reason has the same one: a log in node_modules
 * goes with it. Parents come first, so one pass does. */
void context_find_reasons(const struct context_tree *t, uint16_t *rows)
{
	struct finder f;
	finder_init(&f, t);
	rows[CONTEXT_ROOT] = REASON_ROW_NONE;
	for (uint32_t i = 1; i < t->n; i++) {
		rows[i] = rows[t->entries[i].parent];
		if (rows[i] == REASON_ROW_NONE)
			rows[i] = find(&f, i);
	}
}

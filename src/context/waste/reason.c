/* SPDX-License-Identifier: Apache-2.0 */
#include "context/waste/reason.h"

/* Rows by the first byte of a name, or the last one behind a *. */
struct finder {
	const struct context_tree *t;
	uint16_t first[256], last[256];
	uint16_t next[512];
};

bool reason_row_matches(const struct reason_row *row, struct str name)
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

/* A word of the list, "*.suffix" or a name, lies in the directory. */
static bool holds(const struct context_tree *t, uint32_t dir, const char *list)
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

/* .env.example and the like are there to be read. */
static bool is_example(struct str name)
{
	static const char *const words[] = { "example", "sample",  "template",
					     "dist",	"default", "tmpl" };
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (memmem(name.p, name.n, words[i], strlen(words[i])))
			return true;
	return false;
}

static bool fits(const struct context_tree *t, uint32_t i,
		 const struct reason_row *row)
{
	const struct context_entry *e = &t->entries[i];
	bool dir = e->type == CONTEXT_DIR;
	if ((row->type == 'd' && !dir) || (row->type == 'f' && dir) ||
	    (!dir && e->size < row->bytes_min) ||
	    !reason_row_matches(row, context_name(t, i)))
		return false;
	if (row->reason == REASON_SECRETS && is_example(context_name(t, i)))
		return false;
	if (row->beside && !holds(t, e->parent, row->beside))
		return false;
	return !row->inside || (dir && holds(t, i, row->inside));
}

static uint16_t find(const struct finder *f, uint32_t i)
{
	const struct context_entry *e = &f->t->entries[i];
	uint16_t r = f->first[(uint8_t)e->name[0]];
	for (; r != REASON_ROW_NONE; r = f->next[r])
		if (fits(f->t, i, &context_reasons[r]))
			return r;
	r = f->last[(uint8_t)e->name[e->name_n - 1]];
	for (; r != REASON_ROW_NONE; r = f->next[r])
		if (fits(f->t, i, &context_reasons[r]))
			return r;
	return REASON_ROW_NONE;
}

void context_reason_rows(const struct context_tree *t, uint16_t *rows)
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

/* SPDX-License-Identifier: Apache-2.0 */
/* Flags between the keyword and the arguments.
 *
 * Flags stand in front of everything else and end at the first word that does
 * not begin with "--":
 *
 *	COPY --from=a --chown="1 2" src dst
 *
 * Quotes group, as a flag's value may hold a blank, and the character of the
 * escape directive escapes. */
#include "base/chars.h"
#include "dockerfile/internal.h"

/* BuildKit looks at bytes here, so two that are parts of longer characters
 * count as space. */
static bool is_space_byte(char c)
{
	return is_blank(c) || c == '\n' || c == '\x85' || c == '\xa0';
}

/* A flag without quotes and escapes. */
struct decoded {
	char *p;
	uint32_t *from; /* logical offset of each byte */
	size_t n;
	bool quoted;
};

static void put(struct decoded *d, char c, size_t at)
{
	if (d->p) {
		d->p[d->n] = c;
		d->from[d->n] = (uint32_t)at;
	}
	d->n++;
}

/* Decodes the word at `at`; returns its end. Called twice: without d->p it
 * counts, then it fills in. Quotes hold blanks together, --mount="type=bind, x"
 * is one flag. */
static size_t decode(struct str line, size_t at, char escape, struct decoded *d)
{
	char quote = 0;
	for (; at < line.n; at++) {
		char c = line.p[at];
		if (!quote && is_space_byte(c))
			return at;
		if (!quote && (c == '\'' || c == '"')) {
			quote = c;
			d->quoted = true;
		} else if (quote && c == quote) {
			quote = 0;
		} else if (c == escape && at + 1 == line.n) {
			quote = 0;
		} else {
			at += c == escape;
			put(d, line.p[at], at);
		}
	}
	return at;
}

/* --mount="type=bind",ro: the text is type=bind,ro, and file[] says for each of
 * its bytes where it stood, quotes passed over. */
static int add_flag(struct reader *r, struct df_instr *in, size_t *cap,
		    size_t from, size_t to, const struct decoded *d)
{
	struct df_flag f = { .at = dockerfile_logical_span(&in->line, from,
							   to) };
	struct str text = { d->p, d->n };
	size_t eq = str_find(text, '=');
	uint32_t *file =
		arena_array(&r->df->arena, d->n + 1, sizeof *file, r->err);
	if (!file || arena_grow(&r->df->arena, &in->flags, in->n_flags, cap,
				sizeof f, r->err) < 0)
		return -1;
	f.has_value = eq < text.n;
	f.key = (struct str){ text.p + MIN(2u, eq), eq - MIN(2u, eq) };
	f.text = f.has_value ? str_from(text, eq + 1) : STR("");
	size_t name_end = f.has_value ? d->from[eq] : to;
	f.name = dockerfile_logical_span(&in->line, MIN(from + 2, name_end),
					 name_end);
	f.value = f.has_value
			  ? dockerfile_logical_span(&in->line, name_end + 1, to)
			  : (struct span){ span_end(f.at), 0 };
	for (size_t i = 0; i < f.text.n; i++)
		file[i] = dockerfile_logical_at(&in->line, d->from[eq + 1 + i]);
	file[f.text.n] = span_end(f.at);
	f.file = file;
	in->flags[in->n_flags++] = f;
	return 0;
}

/* Logical bytes [*at, to) with blanks skipped: 1 when a flag stands there. */
static bool at_flag(struct str line, size_t *at)
{
	while (*at < line.n && is_space_byte(line.p[*at]))
		++*at;
	return line.n - *at >= 2 && line.p[*at] == '-' &&
	       line.p[*at + 1] == '-';
}

/* Until a word that is none, or a bare --, which is dropped. Each byte of a
 * value keeps its place in the file, since decoding takes bytes out and a
 * finding wants to point at `ro` inside of --mount=type=bind,ro. */
int dockerfile_read_flags(struct reader *r, struct df_instr *in, size_t *at,
			  size_t to)
{
	struct str line = { in->line.text.p, to };
	size_t cap = 0;
	while (at_flag(line, at)) {
		struct decoded d = { 0 };
		size_t end = decode(line, *at, r->df->escape, &d);
		d.p = arena_bytes(&r->df->arena, d.n + 1, r->err);
		d.from = arena_array(&r->df->arena, d.n + 1, sizeof *d.from,
				     r->err);
		if (!d.p || !d.from)
			return -1;
		d.n = 0;
		decode(line, *at, r->df->escape, &d);
		size_t from = *at;
		*at = end;
		if (d.n == 2 && memcmp(d.p, "--", 2) == 0)
			return 0;
		if (d.n + d.quoted > 0 &&
		    add_flag(r, in, &cap, from, end, &d) < 0)
			return -1;
	}
	return 0;
}

struct span dockerfile_flag_span(const struct df_flag *f, size_t a, size_t b)
{
	if (a < b)
		return span_of(f->file[a], f->file[b - 1] + 1);
	return (struct span){ a ? f->file[a - 1] + 1 : f->value.at, 0 };
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Parser directives: "# name = value" before anything else.
 *
 *	# syntax=docker/dockerfile:1	a directive
 *	# escape=`			a directive: continuations end in `
 *	# check=skip=all		a directive
 *	# plain comment			ends the directives
 *	# escape=\			a comment, and no directive any more */
#include "base/chars.h"
#include "dockerfile/internal.h"

static const char *const names[] = { "syntax", "escape", "check" };

static bool ascii_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/* Positions of name and value in c, a whole comment: # NAME = VALUE with any
 * number of blanks around each (reDirective of BuildKit's parser). */
static bool match(struct str c, struct span *name, struct span *value)
{
	size_t at = 1, len;
	while (char_is_space(char_at(c, at, &len)))
		at += len;
	size_t from = at;
	while (at < c.n &&
	       (is_alpha(c.p[at]) || (at > from && is_digit(c.p[at]))))
		at++;
	*name = span_of((uint32_t)from, (uint32_t)at);
	while (at < c.n && ascii_space(c.p[at]))
		at++;
	if (name->n == 0 || at == c.n || c.p[at] != '=')
		return false;
	from = at + 1;
	size_t to = c.n;
	while (from < to && ascii_space(c.p[from]))
		from++;
	while (to > from && ascii_space(c.p[to - 1]))
		to--;
	/* Nothing but blanks: the last of them is the value. */
	if (from == to && from-- == at + 1)
		return false;
	*value = span_of((uint32_t)from, (uint32_t)to);
	return true;
}

static const char *known(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return names[i];
	return NULL;
}

/* escape changes how every line below is read, so it is heeded at once. */
static void apply(struct reader *r, const struct df_directive *d)
{
	struct str value = span_str(r->df->text, d->value);
	for (size_t i = 0; i < r->df->n_directives; i++)
		if (str_eq(r->df->directives[i].key, d->key)) {
			dockerfile_report(
				r, d->at,
				"a parser directive may stand only once");
			return;
		}
	if (!str_eqz(d->key, "escape") || r->shebang)
		return;
	if (value.n == 1 && (*value.p == '\\' || *value.p == '`'))
		r->df->escape = *value.p;
	else
		dockerfile_report(r, d->value,
				  "the escape character must be \\ or `");
}

/* The escape directive does not count below a #! line; the others do. */
int dockerfile_read_directive(struct reader *r, struct span c)
{
	struct dockerfile *df = r->df;
	struct str text = span_str(df->text, c);
	struct df_directive d = { .at = c };
	if (r->head && df->n_comments == 0 && df->n_directives == 0 &&
	    str_starts(text, STR("#!"))) {
		r->head = false;
		r->shebang = true;
		return 0;
	}
	const char *key = match(text, &d.name, &d.value)
				  ? known(span_str(text, d.name))
				  : NULL;
	if (!key) {
		r->head = r->shebang = false;
		return 0;
	}
	d.key = str_of(key);
	d.name.at += c.at;
	d.value.at += c.at;
	if (arena_grow(&df->arena, &df->directives, df->n_directives,
		       &r->cap_directives, sizeof d, r->err) < 0)
		return -1;
	apply(r, &d);
	df->directives[df->n_directives++] = d;
	return 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/text/template.h"

#include "base/chars.h"
#include "lint/text/internal.h"

/* Where the scan stands, line by line. */
struct scan {
	struct str text;
	struct arena *a;
	struct lint_template *out;
	size_t cap;
	bool decided; /* a spot that nothing else explains */
	bool shell;   /* the instruction's words are a program's */
	bool continued;
	struct str heredoc; /* its end mark; empty: none is open */
};

static struct str trim(struct str s)
{
	while (s.n && is_blank(s.p[0]))
		s = str_from(s, 1);
	while (s.n && (is_blank(s.p[s.n - 1]) || s.p[s.n - 1] == '\r'))
		s.n--;
	return s;
}

static bool is_shells(struct str line)
{
	static const char *const names[] = { "RUN", "CMD", "ENTRYPOINT",
					     "HEALTHCHECK", "ONBUILD" };
	size_t n = 0;
	while (n < line.n && is_alpha(line.p[n]))
		n++;
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq_nocase((struct str){ line.p, n }, str_of(names[i])))
			return true;
	return false;
}

/* <<EOF, <<-"EOF": the word behind the last one of the line. */
static struct str heredoc_of(struct str line)
{
	struct str found = { 0 };
	for (size_t i = 0; i + 2 < line.n; i++) {
		if (line.p[i] != '<' || line.p[i + 1] != '<')
			continue;
		size_t at = i + 2, n = 0;
		while (at < line.n && strchr("-'\"", line.p[at]))
			at++;
		while (at + n < line.n &&
		       (is_alpha(line.p[at + n]) || is_digit(line.p[at + n]) ||
			line.p[at + n] == '_'))
			n++;
		if (n)
			found = (struct str){ line.p + at, n };
	}
	return found;
}

/* {{.Names}} in quotes asks a program, in a label as well. */
static bool decides(const struct scan *s, size_t at, bool quoted)
{
	at += 2;
	while (at < s->text.n &&
	       (is_blank(s->text.p[at]) || s->text.p[at] == '-'))
		at++;
	bool field = at < s->text.n && s->text.p[at] == '.';
	if (s->heredoc.n)
		return false;
	return !quoted || (!s->shell && !field);
}

static int add_spot(struct scan *s, size_t at, size_t n, const char *kind,
		    bool statement, struct err *err)
{
	struct lint_template *t = s->out;
	if (arena_grow(s->a, &t->spots, t->n, &s->cap, sizeof *t->spots, err) <
	    0)
		return -1;
	t->spots[t->n++] = (struct span){ (uint32_t)at, (uint32_t)n };
	t->branches |= statement;
	/* "{{ }}" is many languages'; a statement tells which. */
	if (!t->kind || strcmp(t->kind, "a template") == 0)
		t->kind = kind;
	return 0;
}

/* Ends where the next line begins, which is not the next one of the text when
 * a spot goes over several. */
static int scan_line(struct scan *s, size_t from, size_t *next, struct err *err)
{
	struct str rest = str_from(s->text, from);
	struct str line = { rest.p, str_find(rest, '\n') };
	size_t end = from + line.n;
	bool single = false, twice = false; /* open quotes of the line */
	for (size_t i = from; i < end;) {
		const char *kind;
		bool statement;
		size_t n = strchr("{%<", s->text.p[i])
				   ? lint_template_spot_at(s->text, i, &kind,
							   &statement)
				   : 0;
		if (n == 0) {
			single ^= s->text.p[i] == '\'';
			twice ^= s->text.p[i] == '"';
			i++;
			continue;
		}
		if (decides(s, i, single || twice))
			s->decided = true;
		if (add_spot(s, i, n, kind, statement, err) < 0)
			return -1;
		i += n;
		if (i > end)
			end = i + str_find(str_from(s->text, i), '\n');
	}
	*next = end + 1;
	return 0;
}

/* What instruction the line is of. */
static void follow(struct scan *s, struct str line)
{
	if (s->heredoc.n) {
		if (str_eq(line, s->heredoc))
			s->heredoc = (struct str){ 0 };
		return;
	}
	if (!s->continued)
		s->shell = is_shells(line);
	s->continued = line.n && line.p[line.n - 1] == '\\';
}

static int scan_all(struct scan *s, struct err *err)
{
	size_t next;
	for (size_t from = 0; from < s->text.n; from = next) {
		struct str rest = str_from(s->text, from);
		struct str line =
			trim((struct str){ rest.p, str_find(rest, '\n') });
		next = from + str_find(rest, '\n') + 1;
		if (!s->heredoc.n && line.n && line.p[0] == '#')
			continue;
		bool was_open = s->heredoc.n;
		follow(s, line);
		if (scan_line(s, from, &next, err) < 0)
			return -1;
		if (!was_open && !s->continued)
			s->heredoc = heredoc_of(line);
	}
	return 0;
}

int lint_template_read(struct str text, struct arena *a,
		       struct lint_template *out, struct err *err)
{
	struct scan s = { .text = text, .a = a, .out = out };
	*out = (struct lint_template){ 0 };
	if (scan_all(&s, err) < 0)
		return -1;
	if (!s.decided) {
		*out = (struct lint_template){ 0 };
		return 0;
	}
	char *to = arena_bytes(a, text.n + 1, err);
	if (!to)
		return -1;
	memcpy(to, text.p, text.n);
	to[text.n] = 0;
	lint_template_mask(out, text, to);
	out->masked = (struct str){ to, text.n };
	return 0;
}

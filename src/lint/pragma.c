/* SPDX-License-Identifier: Apache-2.0 */
/* Comments that speak to linters: hadolint's, BuildKit's and our own. What is
 * not written exactly so is a comment. docs/lint.md describes them. */
#include <stdlib.h>

#include "dockerfile/chars.h"
#include "lint/internal.h"

enum { NAMES_MAX = 200 };

struct scan {
	struct str text; /* of the file */
	uint32_t at, end;
};

/* What a comment says before its place in the file is known. */
struct said {
	enum lint_pragma_kind kind;
	struct span names[NAMES_MAX];
	size_t n;
	struct span reason;
};

static bool at_blank(const struct scan *s)
{
	return s->at < s->end &&
	       (s->text.p[s->at] == ' ' || s->text.p[s->at] == '\t');
}

static bool blanks(struct scan *s)
{
	uint32_t from = s->at;
	while (at_blank(s))
		s->at++;
	return s->at > from;
}

static bool word(struct scan *s, const char *z)
{
	struct str rest = span_str(s->text, span_of(s->at, s->end));
	if (!str_starts(rest, str_of(z)))
		return false;
	s->at += (uint32_t)strlen(z);
	return true;
}

static bool is_name(char c)
{
	return is_alpha(c) || is_digit(c) || c == '-';
}

/* One name or more, commas between; blanks round a comma are fine. */
static bool names(struct scan *s, struct said *out)
{
	for (;;) {
		uint32_t from = s->at;
		while (s->at < s->end && is_name(s->text.p[s->at]))
			s->at++;
		if (s->at == from || out->n == NAMES_MAX)
			return false;
		out->names[out->n++] = span_of(from, s->at);
		struct scan ahead = *s;
		blanks(&ahead);
		if (!word(&ahead, ","))
			return true;
		blanks(&ahead);
		*s = ahead;
	}
}

static bool ends_or_comment(struct scan *s, struct said *out)
{
	blanks(s);
	if (word(s, "#")) {
		blanks(s);
		out->reason = span_of(s->at, s->end);
		return true;
	}
	return s->at == s->end;
}

static bool hadolint_shell(struct scan *s, struct said *out)
{
	uint32_t from = s->at;
	while (s->at < s->end && !at_blank(s))
		s->at++;
	out->kind = PRAGMA_HADOLINT_SHELL;
	out->names[out->n++] = span_of(from, s->at);
	return s->at > from && ends_or_comment(s, out);
}

/* hadolint [stage|global] ignore=NAMES, hadolint shell=NAME; "# reason". */
static bool hadolint(struct scan *s, struct said *out)
{
	if (!word(s, "hadolint") || !blanks(s))
		return false;
	out->kind = PRAGMA_HADOLINT;
	if (word(s, "stage "))
		out->kind = PRAGMA_HADOLINT_STAGE;
	else if (word(s, "global "))
		out->kind = PRAGMA_HADOLINT_GLOBAL;
	bool plain = out->kind == PRAGMA_HADOLINT;
	blanks(s);
	bool shell = plain && word(s, "shell");
	if (!shell && !word(s, "ignore"))
		return false;
	blanks(s);
	if (!word(s, "="))
		return false;
	blanks(s);
	return shell ? hadolint_shell(s, out)
		     : names(s, out) && ends_or_comment(s, out);
}

/* pare:ignore[-stage|-file] NAMES [reason]. */
static bool own(struct scan *s, struct said *out)
{
	if (!word(s, "pare:ignore"))
		return false;
	out->kind = PRAGMA_PARE;
	if (word(s, "-stage"))
		out->kind = PRAGMA_PARE_STAGE;
	else if (word(s, "-file"))
		out->kind = PRAGMA_PARE_FILE;
	if (!blanks(s) || !names(s, out))
		return false;
	if (s->at < s->end && !at_blank(s))
		return false;
	ends_or_comment(s, out);
	if (out->reason.n == 0)
		out->reason = span_of(s->at, s->end);
	return true;
}

/* --- where it holds ------------------------------------------------------- */

/* The first instruction behind the place; NULL at the end. */
static const struct df_instr *next_instr(const struct lint_file *f, uint32_t at)
{
	size_t from = 0, to = f->df->n_instrs;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (f->df->instrs[mid]->at.at < at)
			from = mid + 1;
		else
			to = mid;
	}
	return from < f->df->n_instrs ? f->df->instrs[from] : NULL;
}

/* From the FROM of the stage that the place is in, or that begins right
 * below it, to the next one. */
static struct span stage_at(const struct lint_file *f, uint32_t at)
{
	const struct df_instr *next = next_instr(f, at);
	uint32_t from = 0, to = (uint32_t)f->df->text.n;
	bool below = next && next->kind == DF_FROM;
	for (uint32_t i = 0; i < f->graph->n; i++) {
		const struct df_instr *in = f->graph->stages[i].from;
		if (!in)
			continue;
		if (in->at.at < at || (below && in == next)) {
			from = in->at.at;
		} else {
			to = in->at.at;
			break;
		}
	}
	return span_of(from, to);
}

/* The line behind a comment inside an instruction, more comments and blank
 * lines left out. */
static struct span next_line(const struct lint_file *f, uint32_t at)
{
	struct str text = f->df->text;
	uint32_t from = at;
	for (;;) {
		from += (uint32_t)str_find(str_from(text, from), '\n');
		if (from >= text.n)
			return span_of((uint32_t)text.n, (uint32_t)text.n);
		struct str rest = str_from(text, ++from);
		rest.n = str_find(rest, '\n');
		size_t lead = 0;
		while (lead < rest.n && is_blank(rest.p[lead]))
			lead++;
		if (lead < rest.n && rest.p[lead] != '#')
			return span_of(from, from + (uint32_t)rest.n);
	}
}

static struct span place(const struct lint_file *f, enum lint_pragma_kind kind,
			 struct span at, bool inside)
{
	uint32_t end = span_end(at);
	struct span s;
	switch (kind) {
	case PRAGMA_HADOLINT_STAGE:
		s = stage_at(f, end);
		return span_of(MAX(s.at, end), MAX(span_end(s), end));
	case PRAGMA_PARE_STAGE:
		return stage_at(f, end);
	case PRAGMA_HADOLINT_GLOBAL:
	case PRAGMA_PARE_FILE:
	case PRAGMA_CHECK_FILE:
		return span_of(0, (uint32_t)f->df->text.n);
	default:
		break;
	}
	if (inside)
		return next_line(f, end);
	const struct df_instr *in = next_instr(f, end);
	return in ? span_of(end, span_end(in->at)) : span_of(end, end);
}

/* --- keeping -------------------------------------------------------------- */

struct pragmas {
	struct lint_job *job;
	struct lint_pragma *v;
	size_t n, cap;
	struct err *err;
};

static int keep(struct pragmas *ps, const struct said *said, struct span at,
		bool inside)
{
	struct lint_file *f = &ps->job->file;
	struct str *rules =
		arena_array(f->arena, said->n, sizeof *rules, ps->err);
	struct span *spans =
		arena_array(f->arena, said->n, sizeof *spans, ps->err);
	if (!rules || !spans ||
	    lint_grow(f->arena, &ps->v, ps->n, &ps->cap, sizeof *ps->v,
		      ps->err) < 0)
		return -1;
	for (size_t i = 0; i < said->n; i++) {
		spans[i] = said->names[i];
		rules[i] = span_str(f->df->text, spans[i]);
	}
	ps->v[ps->n++] = (struct lint_pragma){
		.kind = said->kind,
		.at = at,
		.where = place(f, said->kind, at, inside),
		.rules = rules,
		.rule_at = spans,
		.n_rules = said->n,
		.reason = span_str(f->df->text, said->reason),
	};
	return 0;
}

/* at is from # to the end of the line. */
static int read_comment(struct pragmas *ps, struct span at, bool inside)
{
	struct str text = ps->job->df.text;
	struct scan s = { text, at.at + 1, span_end(at) };
	while (s.end > s.at && is_blank(text.p[s.end - 1]))
		s.end--;
	blanks(&s);
	struct scan again = s;
	struct said said = { .n = 0 };
	if (!hadolint(&s, &said)) {
		said = (struct said){ .n = 0 };
		s = again;
		if (!own(&s, &said))
			return 0;
	}
	return keep(ps, &said, at, inside);
}

/* Lines of a RUN's heredoc that the shell takes for comments. */
static int read_heredocs(struct pragmas *ps, const struct df_instr *in)
{
	struct str text = ps->job->df.text;
	const struct df_instr *run = in->inner ? in->inner : in;
	if (run->kind != DF_RUN)
		return 0;
	for (size_t i = 0; i < run->n_heredocs; i++) {
		struct span body = run->heredocs[i].body;
		for (uint32_t at = body.at; at < span_end(body);) {
			struct str l =
				span_str(text, span_of(at, span_end(body)));
			size_t n = str_find(l, '\n'), lead = 0;
			while (lead < n && is_blank(l.p[lead]))
				lead++;
			struct span c =
				span_of(at + (uint32_t)lead, at + (uint32_t)n);
			if (c.n && text.p[c.at] == '#' &&
			    read_comment(ps, c, true) < 0)
				return -1;
			at += (uint32_t)n + 1;
		}
	}
	return 0;
}

/* --- BuildKit's ----------------------------------------------------------- */

static struct str trim(struct str s)
{
	while (s.n && is_blank(s.p[0]))
		s = str_from(s, 1);
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* Names between commas, as spans of the file or of nothing. */
static void list_names(struct str file, struct str list, struct said *out)
{
	struct str head;
	for (bool more = true; more && out->n < NAMES_MAX;) {
		more = str_cut(list, ',', &head, &list);
		head = trim(more ? head : list);
		if (head.n)
			out->names[out->n++] =
				(struct span){ (uint32_t)(head.p - file.p),
					       (uint32_t)head.n };
	}
}

static bool is_true(struct str v)
{
	static const char *const yes[] = {
		"1", "t", "T", "TRUE", "true", "True"
	};
	for (size_t i = 0; i < ARRAY_LEN(yes); i++)
		if (str_eqz(v, yes[i]))
			return true;
	return false;
}

/* Rules that are off until somebody asks for them. */
static void switch_on(struct lint_job *job, struct str file,
		      const struct said *wanted)
{
	for (size_t i = 0; i < n_lint_rules; i++) {
		const char *own = lint_buildkit_name(lint_rules[i]);
		for (size_t k = 0; own && k < wanted->n; k++) {
			struct str name = span_str(file, wanted->names[k]);
			if (str_eqz(name, own) || str_eqz(name, "all"))
				job->states[i].on = true;
		}
	}
}

/* skip=A,B|all;error=BOOL;experimental=A|all. Returns false when BuildKit
 * would not take it. */
static bool read_check(struct pragmas *ps, struct str value, bool of_file,
		       struct said *skip)
{
	struct lint_job *job = ps->job;
	struct str part, key, v;
	for (bool more = true; more;) {
		more = str_cut(value, ';', &part, &value);
		if (!more)
			part = value;
		if (!str_cut(part, '=', &key, &v))
			return trim(part).n == 0;
		key = trim(key);
		v = trim(v);
		struct said wanted = { .n = 0 };
		if (str_eqz(key, "skip")) {
			list_names(job->df.text, v, skip);
		} else if (str_eqz(key, "experimental")) {
			list_names(job->df.text, v, &wanted);
			if (of_file && !job->in.choice->n_select)
				switch_on(job, job->df.text, &wanted);
		} else if (str_eqz(key, "error")) {
			job->fail_on_checks |= of_file && is_true(v);
		} else {
			return false;
		}
	}
	return true;
}

static int read_directives(struct pragmas *ps)
{
	const struct dockerfile *df = &ps->job->df;
	for (size_t i = 0; i < df->n_directives; i++) {
		const struct df_directive *d = &df->directives[i];
		struct said said = { .kind = PRAGMA_CHECK_FILE };
		if (!str_eqz(d->key, "check"))
			continue;
		struct str value = span_str(df->text, d->value);
		value.n = str_find(value, ' ');
		if (!read_check(ps, value, true, &said) &&
		    lint_tell(ps->job, &rule_syntax, d->value,
			      STR("an option of check is skip, error or "
				  "experimental"),
			      ps->err) < 0)
			return -1;
		if (said.n && keep(ps, &said, d->at, false) < 0)
			return -1;
	}
	return 0;
}

/* "check=..." as a comment right above an instruction. */
static int read_check_comment(struct pragmas *ps, const struct df_comment *c)
{
	struct str key, value;
	struct said said = { .kind = PRAGMA_CHECK };
	if (c->inside || !str_cut(c->text, '=', &key, &value) ||
	    !str_eq_nocase(trim(key), STR("check")) || c->text.p == NULL)
		return 0;
	if (!read_check(ps, value, false, &said) || !said.n)
		return 0;
	return keep(ps, &said, c->at, false);
}

static int by_place(const void *a, const void *b)
{
	const struct lint_pragma *x = a, *y = b;
	return (x->at.at > y->at.at) - (x->at.at < y->at.at);
}

int lint_read_pragmas(struct lint_job *job, struct err *err)
{
	struct pragmas ps = { .job = job, .err = err };
	const struct dockerfile *df = &job->df;
	if (read_directives(&ps) < 0)
		return -1;
	for (size_t i = 0; i < df->n_comments; i++)
		if (read_comment(&ps, df->comments[i].at,
				 df->comments[i].inside) < 0)
			return -1;
	for (size_t i = 0; i < df->n_instrs; i++) {
		const struct df_instr *in = df->instrs[i];
		for (uint32_t k = 0; k < in->n_comments; k++)
			if (read_check_comment(
				    &ps, &df->comments[in->first_comment + k]) <
			    0)
				return -1;
		if (read_heredocs(&ps, in) < 0)
			return -1;
	}
	if (ps.n)
		qsort(ps.v, ps.n, sizeof *ps.v, by_place);
	job->file.pragmas = ps.v;
	job->file.n_pragmas = ps.n;
	return 0;
}

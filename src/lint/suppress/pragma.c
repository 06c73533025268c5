/* SPDX-License-Identifier: Apache-2.0 */
/* Comments that speak to linters: hadolint's, BuildKit's and our own. What is
 * not written exactly so is a comment. docs/lint.md describes them.
 *
 *	# hadolint ignore=DL3008,DL3009		the next instruction
 *	# hadolint global ignore=DL3008		the file
 *	# check=skip=JSONArgsRecommended	BuildKit's, at the head
 *	# pare:ignore DL3008 pinned by apt	the next one, with a reason
 *	RUN apt-get install x  # pare:ignore DL3008	that line
 *
 * A near miss ("# hadolint: ignore=DL3008") stays a comment: to heed what the
 * other tool does not would hide findings in one and not in the other. */
#include <stdlib.h>

#include "base/chars.h"
#include "lint/internal.h"

struct scan {
	struct str text; /* of the file */
	uint32_t at, end;
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
	return is_alpha(c) || is_digit(c) || (c && strchr("-_.", c));
}

/* One name or more, commas between; blanks round a comma are fine.
 *
 * More than PRAGMA_NAMES_MAX make it no pragma at all, not one of the first
 * few. */
static bool names(struct scan *s, struct said *out)
{
	for (;;) {
		uint32_t from = s->at;
		while (s->at < s->end && is_name(s->text.p[s->at]))
			s->at++;
		if (s->at == from || out->n == PRAGMA_NAMES_MAX)
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

/* The end, or a reason behind #, a dash or two slashes. hadolint knows # alone;
 * whoever writes a reason behind a dash means no less. */
static bool ends_or_comment(struct scan *s, struct said *out)
{
	bool apart = blanks(s);
	if (word(s, "#") ||
	    (apart && (word(s, "--") || word(s, "- ") || word(s, "//") ||
		       word(s, "\xe2\x80\x93") || word(s, "\xe2\x80\x94")))) {
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

/* --- comments of a file ---------------------------------------------------- */

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
	return lint_pragma_keep(ps, &said, at, inside);
}

int lint_pragma_read_trailing(struct pragmas *ps, struct span at,
			      struct span line)
{
	struct scan s = { ps->job->df.text, at.at + 1, span_end(at) };
	struct said said = { .n = 0 };
	while (s.end > s.at && is_blank(s.text.p[s.end - 1]))
		s.end--;
	blanks(&s);
	if (!own(&s, &said))
		return 0;
	if (lint_pragma_keep(ps, &said, at, false) < 0)
		return -1;
	if (said.kind == PRAGMA_PARE)
		ps->v[ps->n - 1].where = line;
	return 0;
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

int lint_read_pragmas(struct lint_job *job, struct err *err)
{
	struct pragmas ps = { .job = job, .err = err };
	const struct dockerfile *df = &job->df;
	if (lint_pragma_read_directives(&ps) < 0)
		return -1;
	for (size_t i = 0; i < df->n_comments; i++)
		if (read_comment(&ps, df->comments[i].at,
				 df->comments[i].inside) < 0)
			return -1;
	for (size_t i = 0; i < df->n_instrs; i++) {
		const struct df_instr *in = df->instrs[i];
		if (lint_pragma_read_checks(&ps, in) < 0)
			return -1;
		if (read_heredocs(&ps, in) < 0)
			return -1;
	}
	lint_pragma_sort(&ps);
	return 0;
}

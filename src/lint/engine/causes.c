/* SPDX-License-Identifier: Apache-2.0 */
/* One cause, one finding.
 *
 *	COPY a /b # c      DL3021: three sources and no directory
 *	                   PARE8002: # does not start a comment here
 *
 * Who reads the first is led astray. So a rule lists the others whose findings
 * in the same instruction are its own cause told again (lint_rule.explains).
 * Where the builder refuses such an instruction, its error stays and takes the
 * cause into its sentence.
 *
 * This comes behind suppressions and the user's choice: a cause that is not
 * shown explains nothing. */
#include "lint/facts/words.h"
#include "lint/internal.h"

/* The instruction that the place is in; NULL. */
static const struct df_instr *instr_at(const struct dockerfile *df, uint32_t at)
{
	size_t from = 0, to = df->n_instrs;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		struct span s = df->instrs[mid]->at;
		if (at >= s.at && at < span_end(s))
			return df->instrs[mid];
		if (s.at < at)
			from = mid + 1;
		else
			to = mid;
	}
	return NULL;
}

/* id begins with a word of the list. */
static bool is_listed(const char *id, const char *list)
{
	struct str word;
	while (lint_word_next(&list, &word))
		if (str_starts(str_of(id), word))
			return true;
	return false;
}

/* The cause without what follows from it: of a refused instruction nothing
 * does. */
static struct str cause_alone(struct str message)
{
	for (size_t i = 0; i < message.n; i++) {
		struct str rest = str_from(message, i);
		if (*rest.p == ';' || str_starts(rest, STR(", so ")))
			return (struct str){ message.p, i };
	}
	return message;
}

static int join(struct lint_job *job, struct found *error,
		const struct found *cause, struct err *err)
{
	scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
	/* Some errors know by themselves. */
	if (lint_word_contains(error->f.message, "comment"))
		return 0;
	if (buf_addf(&b, err, "%.*s: %.*s",
		     STR_ARG(cause_alone(cause->f.message)),
		     STR_ARG(error->f.message)) < 0)
		return -1;
	return arena_str(&job->arena, buf_str(&b), &error->f.message, err);
}

/* Findings of an instruction are neighbours: [from, to). */
static int explain(struct lint_job *job, size_t from, size_t to,
		   struct found *cause, struct err *err)
{
	for (size_t i = from; i < to; i++) {
		struct found *f = &job->found[i];
		if (f->rule == &rule_syntax && !cause->covered) {
			cause->covered = true;
			if (join(job, f, cause, err) < 0)
				return -1;
		}
		f->covered |=
			f != cause && is_listed(f->f.id, cause->rule->explains);
	}
	return 0;
}

int lint_drop_explained(struct lint_job *job, struct err *err)
{
	size_t n = 0;
	for (size_t i = 0; i < job->n_found; i++) {
		struct found *cause = &job->found[i];
		const struct df_instr *in =
			cause->rule->explains
				? instr_at(&job->df, cause->f.at.at)
				: NULL;
		size_t from = i, to = i + 1;
		while (in && from > 0 &&
		       job->found[from - 1].f.at.at >= in->at.at)
			from--;
		while (in && to < job->n_found &&
		       job->found[to].f.at.at < span_end(in->at))
			to++;
		if (in && explain(job, from, to, cause, err) < 0)
			return -1;
	}
	for (size_t i = 0; i < job->n_found; i++)
		if (!job->found[i].covered)
			job->found[n++] = job->found[i];
	job->n_found = n;
	return 0;
}

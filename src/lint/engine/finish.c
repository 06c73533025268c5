/* SPDX-License-Identifier: Apache-2.0 */
/* From what the rules found to what is reported. The order of the steps counts:
 *
 *	suppress  before anything is left out: a comment that covers a finding
 *	          is used, even one that the user's choice would have hidden
 *	unused    comments that covered nothing become findings, which other
 *	          comments may cover in turn (`pare:ignore PARE0001`)
 *	settle    the user's severities, and what is shown at all
 *	sort      by place; findings of one place become neighbours
 *	explain   what has a cause that is told in the same instruction goes
 *	cover     of neighbours, the rule that yields to another one goes: only
 *	          now, since the other may have been suppressed or switched off
 *	count     of what is left, bytes that several tell of are the first's
 *
 * Example: `ONBUILD FROM b` is PARE-SYNTAX, which BuildKit would say, and
 * DL3043, which hadolint says, at one place. DL3043 alone is shown; with
 * `--ignore DL3043` PARE-SYNTAX is. */
#include <stdlib.h>

#include "base/chars.h"
#include "lint/facts/words.h"
#include "lint/internal.h"

/* Peers' codes are told as the peers tell them, whatever they cost. */
static bool is_own(const struct finding *f)
{
	return strncmp(f->id, "PARE", 4) == 0;
}

/* A finding without a figure is not known to be small. */
static bool is_small(const struct lint_job *job, const struct finding *f)
{
	return is_own(f) && f->bytes_source != BYTES_UNKNOWN &&
	       f->bytes < job->in.choice->min_bytes;
}

/* What is small as a rule need not be so here: it is told, but warns nobody. */
static enum severity weighed(const struct lint_job *job,
			     const struct finding *f)
{
	bool small = is_own(f) && f->bytes_source == BYTES_UNKNOWN &&
		     f->typical && f->typical < job->in.choice->min_bytes;
	return small && f->severity == SEV_WARN ? SEV_INFO : f->severity;
}

/* The user's severity, and whether it is reported at all. */
static bool settle(const struct lint_job *job, struct found *f)
{
	const struct lint_rule rule = lint_rule_of(f);
	const struct lint_state st = lint_choose(job->in.choice, &rule, f->f.id,
						 weighed(job, &f->f));
	bool on =
		f->order < job->in.rules->n ? job->states[f->order].on : st.on;
	on &= !f->f.sole || st.on;
	f->f.severity = st.severity;
	return on && f->f.severity <= job->in.choice->show;
}

static int compare(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	if (x->f.at.at != y->f.at.at)
		return x->f.at.at < y->f.at.at ? -1 : 1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	int id = strcmp(x->f.id, y->f.id);
	if (id || x->f.at.n == y->f.at.n)
		return id ? id : str_cmp(x->f.message, y->f.message);
	return x->f.at.n < y->f.at.n ? -1 : 1;
}

/* Another finding of the same place, reported by a rule that is yielded to,
 * stands within [from, to). */
static bool is_covered(const struct lint_job *job, const struct found *f,
		       size_t from, size_t to)
{
	for (size_t i = from; f->rule->yields_to && i < to; i++)
		if (job->found[i].f.at.n == f->f.at.n &&
		    lint_word_in(str_of(job->found[i].f.id),
				 f->rule->yields_to))
			return true;
	return false;
}

/* Words that the builder refuses do nothing, so what a rule says of them would
 * be the same fault told again: that EXPOSE 80:x names a port of the host, say.
 * *end is where such words end, of all findings so far; [from, to) are those
 * of the next place. */
static void cover_refused(struct lint_job *job, size_t from, size_t to,
			  uint32_t *end)
{
	for (size_t i = from; i < to; i++)
		if (job->found[i].rule == &rule_syntax &&
		    !job->found[i].covered)
			*end = MAX(*end, span_end(job->found[i].f.at));
	for (size_t i = from; i < to; i++)
		job->found[i].covered |= job->found[i].rule != &rule_syntax &&
					 job->found[i].f.at.at < *end;
}

/* A word or a flag as a whole: --platform=foo, of which foo is refused. */
static bool is_one_word(const struct lint_job *job, struct span at)
{
	for (uint32_t i = at.at; i < span_end(at); i++)
		if (is_blank(job->df.text.p[i]) || job->df.text.p[i] == '\n')
			return false;
	return at.n > 0;
}

/* The same of a finding that begins in front of the words that are refused. */
static void cover_around(struct lint_job *job, size_t i)
{
	struct found *f = &job->found[i];
	if (f->rule == &rule_syntax || f->covered || i + 1 == job->n_found ||
	    f[1].f.at.at >= span_end(f->f.at) || !is_one_word(job, f->f.at))
		return;
	for (size_t k = i + 1; k < job->n_found && !f->covered &&
			       job->found[k].f.at.at < span_end(f->f.at);
	     k++)
		f->covered = job->found[k].rule == &rule_syntax &&
			     !job->found[k].covered;
}

/* Findings are sorted: those of one place are neighbours. */
static void drop_covered(struct lint_job *job)
{
	size_t n = 0, to;
	uint32_t refused = 0;
	for (size_t from = 0; from < job->n_found; from = to) {
		for (to = from; to < job->n_found; to++)
			if (job->found[to].f.at.at != job->found[from].f.at.at)
				break;
		for (size_t i = from; i < to; i++)
			job->found[i].covered =
				is_covered(job, &job->found[i], from, to);
		cover_refused(job, from, to, &refused);
	}
	for (size_t i = 0; i < job->n_found; i++)
		cover_around(job, i);
	for (size_t i = 0; i < job->n_found; i++)
		if (!job->found[i].covered)
			job->found[n++] = job->found[i];
	job->n_found = n;
}

/* The job may own the id: shellcheck's are made as they come, the rules' live
 * as long as the program. */
static int keep_id(const struct found *f, struct arena *keep, const char **out,
		   struct err *err)
{
	struct str kept = str_of(f->f.id);
	if (kept.p != f->rule->id && arena_str(keep, kept, &kept, err) < 0)
		return -1;
	*out = kept.p;
	return 0;
}

static int keep_findings(const struct lint_job *job, struct arena *keep,
			 struct finding_list *out, struct err *err)
{
	out->findings =
		arena_array(keep, job->n_found, sizeof *out->findings, err);
	if (!out->findings)
		return -1;
	for (size_t i = 0; i < job->n_found; i++) {
		const struct found *f = &job->found[i];
		struct finding *to = &out->findings[out->n++];
		*to = f->f;
		to->from = dockerfile_position(&job->df, to->at.at);
		to->to = dockerfile_position(&job->df, span_end(to->at));
		if (keep_id(f, keep, &to->id, err) < 0 ||
		    arena_str(keep, f->f.message, &to->message, err) < 0)
			return -1;
		const struct lint_rule rule = lint_rule_of(f);
		out->must_fail |= job->fail_on_checks &&
				  lint_buildkit_name(&rule) != NULL;
	}
	return 0;
}

/* For who shows the source of a finding, or takes its fingerprint. */
static int keep_text(const struct lint_job *job, struct arena *keep,
		     struct finding_list *out, struct err *err)
{
	uint32_t n = job->df.n_lines;
	uint32_t *lines = arena_array(keep, n, sizeof *lines, err);
	if (!lines || arena_str(keep, job->in.text, &out->text, err) < 0)
		return -1;
	if (n)
		memcpy(lines, job->df.lines, n * sizeof *lines);
	out->lines = lines;
	out->n_lines = n;
	return 0;
}

int lint_finish(struct lint_job **job, struct arena *keep,
		struct finding_list *out, struct err *err)
{
	struct lint_job *j = *job;
	struct finding_list r = { .path = j->in.path };
	lint_drop_templated(j);
	if (lint_heed_pragmas(j, &r, err) < 0)
		return -1;
	size_t n = 0;
	for (size_t i = 0; i < j->n_found; i++) {
		if (!settle(j, &j->found[i]))
			continue;
		if (is_small(j, &j->found[i].f))
			r.n_small++;
		else
			j->found[n++] = j->found[i];
	}
	j->n_found = n;
	if (n)
		qsort(j->found, n, sizeof *j->found, compare);
	if (lint_drop_explained(j, err) < 0)
		return -1;
	drop_covered(j);
	if (lint_count_once(j, err) < 0)
		return -1;
	if (j->n_found && (keep_findings(j, keep, &r, err) < 0 ||
			   keep_text(j, keep, &r, err) < 0))
		return -1;
	*out = r;
	lint_close(job);
	return 0;
}

int lint_run_rules(const struct lint_input *in, struct arena *keep,
		   struct finding_list *out, struct err *err)
{
	scoped(lint_close) struct lint_job *job = NULL;
	if (lint_open(in, &job, err) < 0)
		return -1;
	return lint_finish(&job, keep, out, err);
}

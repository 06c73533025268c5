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

/* The rule as far as the finding is one of it: a finding that goes by one of
 * two names must not be covered by a comment that says the other. */
static struct lint_rule rule_of(const struct found *f)
{
	struct lint_rule r = *f->rule;
	if (f->f.sole) {
		r.id = f->f.id;
		r.alias = NULL;
	}
	return r;
}

/* BuildKit's names only, and those letter by letter. */
static bool check_names(struct str name, const struct lint_rule *rule)
{
	const char *own = lint_buildkit_name(rule);
	return own && (str_eqz(name, own) || str_eqz(name, "all"));
}

static bool is_check(const struct lint_pragma *p)
{
	return p->kind == PRAGMA_CHECK || p->kind == PRAGMA_CHECK_FILE;
}

static bool names(const struct lint_pragma *p, size_t k, const struct found *f,
		  const struct lint_rule *rule)
{
	return is_check(p) ? check_names(p->rules[k], rule)
			   : lint_name_means(p->rules[k], rule, f->f.id);
}

static bool **make_used(struct lint_job *job, struct err *err)
{
	size_t n = job->file.n_pragmas;
	bool **used = arena_array(&job->arena, n, sizeof *used, err);
	for (size_t i = 0; used && i < n; i++) {
		used[i] = arena_array(&job->arena, job->file.pragmas[i].n_rules,
				      sizeof **used, err);
		if (!used[i])
			return NULL;
	}
	return used;
}

/* Findings that go by one name, in the order of their places: one pragma names
 * all of them or none. */
struct alike {
	const struct found **v;
	size_t n;
	uint32_t *begins, *ends; /* n + 1: pragmas from this one on, up to it */
};

/* The first that does not stand in front of the place. */
static size_t bound(const struct alike *a, uint32_t at)
{
	size_t from = 0, to = a->n;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (a->v[mid]->f.at.at < at)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

/* Every pragma that covers one is used, not the first alone. */
static void heed(const struct lint_pragma *p, struct alike *a, bool *used)
{
	const struct lint_rule rule = rule_of(a->v[0]);
	bool file = p->kind == PRAGMA_HADOLINT_GLOBAL ||
		    p->kind == PRAGMA_CHECK_FILE || p->kind == PRAGMA_PARE_FILE;
	size_t from = file ? 0 : bound(a, p->where.at);
	size_t to = file ? a->n : bound(a, span_end(p->where));
	if (p->kind == PRAGMA_HADOLINT_SHELL || from >= to)
		return;
	for (size_t k = 0; k < p->n_rules; k++)
		if (names(p, k, a->v[0], &rule)) {
			used[k] = true;
			a->begins[from]++;
			a->ends[to]++;
		}
}

static int by_name(const struct found *a, const struct found *b)
{
	int d = strcmp(a->f.id, b->f.id);
	if (d)
		return d;
	if (a->rule != b->rule)
		return strcmp(a->rule->id, b->rule->id);
	return (int)a->f.sole - (int)b->f.sole;
}

static int by_name_and_place(const void *a, const void *b)
{
	const struct found *x = *(const struct found *const *)a;
	const struct found *y = *(const struct found *const *)b;
	int d = by_name(x, y);
	return d ? d : (x->f.at.at > y->f.at.at) - (x->f.at.at < y->f.at.at);
}

static void heed_all(const struct lint_job *job, struct alike *a,
		     bool *const *used, bool *out)
{
	uint32_t open = 0;
	memset(a->begins, 0, (a->n + 1) * sizeof *a->begins);
	memset(a->ends, 0, (a->n + 1) * sizeof *a->ends);
	for (size_t i = 0; i < job->file.n_pragmas; i++)
		heed(&job->file.pragmas[i], a, used[i]);
	for (size_t i = 0; i < a->n; i++) {
		open += a->begins[i] - a->ends[i];
		out[a->v[i] - job->found] = open > 0;
	}
}

/* Takes out what pragmas cover among the findings from `from` on.
 *
 * Not each finding asks each pragma, but each name: of those that have one, a
 * pragma covers a row of neighbours, and it is noted where rows begin and
 * end. */
static int suppress(struct lint_job *job, bool *const *used, size_t from,
		    struct finding_list *out, struct err *err)
{
	size_t n = job->n_found - from, kept = from;
	const struct found **v =
		arena_array(&job->arena, n, sizeof(void *), err);
	struct alike a = {
		.begins = arena_array(&job->arena, n + 1, sizeof *a.begins, err),
	};
	bool *gone = arena_array(&job->arena, job->n_found, sizeof *gone, err);
	if (!v || !a.begins || !gone)
		return -1;
	a.ends = arena_array(&job->arena, n + 1, sizeof *a.ends, err);
	if (!a.ends)
		return -1;
	for (size_t i = 0; i < n; i++)
		v[i] = &job->found[from + i];
	qsort(v, n, sizeof *v, by_name_and_place);
	for (size_t i = 0; i < n; i += a.n) {
		a.v = v + i;
		for (a.n = 1; i + a.n < n && by_name(v[i], v[i + a.n]) == 0;)
			a.n++;
		heed_all(job, &a, used, gone);
	}
	for (size_t i = from; i < job->n_found; i++)
		if (gone[i])
			out->n_suppressed++;
		else
			job->found[kept++] = job->found[i];
	job->n_found = kept;
	return 0;
}

static int heed_pragmas(struct lint_job *job, struct finding_list *out,
			struct err *err)
{
	if (job->in.choice->forbid_suppressions ||
	    job->file.settings->pragmas_off || job->file.n_pragmas == 0)
		return 0;
	bool **used = make_used(job, err);
	if (!used)
		return -1;
	if (suppress(job, used, 0, out, err) < 0)
		return -1;
	size_t before = job->n_found;
	if (lint_find_unused(job, used, err) < 0)
		return -1;
	return suppress(job, used, before, out, err);
}

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
	const struct lint_rule rule = rule_of(f);
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
		const struct lint_rule rule = rule_of(f);
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
	if (heed_pragmas(j, &r, err) < 0)
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

/* SPDX-License-Identifier: Apache-2.0 */
/* A template is named once, and what its spots would have been is not told. */
#include <stdio.h>

#include "lint/internal.h"

const struct lint_rule rule_template = {
	.id = "PARE0002",
	.severity = SEV_INFO,
	.summary = "Dockerfile template that is not filled in",
};

int lint_tell_template(struct lint_job *job, struct err *err)
{
	enum { SHOWN = 60 };
	const struct lint_template *t = &job->tmpl;
	char text[400], more[60] = "";
	struct span first = t->spots[0];
	struct str spot = { job->in.text.p + first.at, first.n };
	bool is_long = spot.n > SHOWN;
	if (is_long)
		spot.n = SHOWN;
	for (size_t i = 0; i < spot.n; i++)
		if (spot.p[i] == '\n' || spot.p[i] == '\r')
			spot.n = i;
	if (t->n > 1)
		snprintf(more, sizeof more, " and %zu more %s", t->n - 1,
			 t->n == 2 ? "place" : "places");
	int n = snprintf(text, sizeof text,
			 "this is %s: %.*s%s%s cannot be judged before it is "
			 "filled in; the rest is",
			 t->kind, STR_ARG(spot), spot.n < first.n ? " ..." : "",
			 more);
	return lint_tell(job, &rule_template, first,
			 (struct str){ text, MIN((size_t)n, sizeof text - 1) },
			 err);
}

/* May a spot of the instruction be a command of its own? It may clean up what
 * the others leave: {{ install }} that ends in rm -rf. One that was an argument
 * is blank in the masked text. */
static bool may_run_more(const struct lint_job *job, struct span at)
{
	const struct lint_template *t = &job->tmpl;
	struct span in = { 0, 0 };
	for (size_t i = 0; i < job->df.n_instrs; i++)
		if (job->df.instrs[i]->at.at <= at.at)
			in = job->df.instrs[i]->at;
	for (size_t k = 0; k < t->n; k++) {
		struct span spot = t->spots[k];
		if (spot.at < in.at || spot.at >= span_end(in))
			continue;
		if (strchr("$#", t->masked.p[spot.at]))
			return true;
	}
	return false;
}

void lint_drop_templated(struct lint_job *job)
{
	const struct lint_template *t = &job->tmpl;
	size_t n = 0;
	for (size_t i = 0; t->kind && i < job->n_found; i++) {
		const struct found *f = &job->found[i];
		bool unsure = (f->rule->whole && t->branches) ||
			      lint_template_touches(t, f->f.at) ||
			      (f->f.bytes_source != BYTES_UNKNOWN &&
			       may_run_more(job, f->f.at));
		if (f->rule == &rule_template || !unsure)
			job->found[n++] = *f;
	}
	if (t->kind)
		job->n_found = n;
}

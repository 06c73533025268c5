/* SPDX-License-Identifier: Apache-2.0 */
/* Suppressions that suppress nothing. */
#include <stdio.h>

#include "base/chars.h"
#include "lint/internal.h"

const struct lint_rule rule_unused_suppression = {
	.id = "PARE0001",
	.severity = SEV_INFO,
	.summary = "suppression that suppresses nothing",
};

/* A name for shellcheck's findings, or for some of them. */
static bool of_others(const struct lint_job *job, struct str name, bool *ran)
{
	if (name.n < 2 || !str_eq_nocase((struct str){ name.p, 2 }, STR("SC")))
		return false;
	*ran = false;
	for (size_t i = 0; i < job->n_ran; i++)
		*ran |= strcmp(job->ran[i], "SC") == 0;
	return true;
}

bool lint_was_looked_for(const struct lint_job *job, struct str name)
{
	bool ran;
	if (of_others(job, name, &ran))
		return ran && lint_job_wants(job, name);
	const struct lint_table *t = job->in.rules;
	for (size_t i = 0; i < t->n; i++)
		if (job->states[i].on &&
		    lint_name_means(name, t->v[i], t->v[i]->id))
			return true;
	return false;
}

static bool about_itself(struct str name)
{
	return str_eq_nocase(name, str_of(rule_unused_suppression.id));
}

static int tell(struct lint_job *job, const struct lint_pragma *p, size_t k,
		struct err *err)
{
	char text[200];
	struct quoted name = str_quoted(p->rules[k]);
	bool known = lint_name_known(job->in.rules, p->rules[k]);
	if (known && (!lint_was_looked_for(job, p->rules[k]) ||
		      about_itself(p->rules[k])))
		return 0;
	int n = snprintf(text, sizeof text,
			 known ? "%s finds nothing here that could be "
				 "suppressed"
			       : "no rule is called %s",
			 name.text);
	return lint_tell(job, &rule_unused_suppression, p->rule_at[k],
			 (struct str){ text, (size_t)n }, err);
}

int lint_find_unused(struct lint_job *job, bool *const *used, struct err *err)
{
	for (size_t i = 0; i < job->file.n_pragmas; i++) {
		const struct lint_pragma *p = &job->file.pragmas[i];
		bool policy = p->kind == PRAGMA_CHECK_FILE &&
			      str_eqz(p->rules[0], "all");
		if (p->kind == PRAGMA_HADOLINT_SHELL || policy)
			continue;
		for (size_t k = 0; k < p->n_rules; k++)
			if (!used[i][k] && tell(job, p, k, err) < 0)
				return -1;
	}
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* lint/lint.h - a Dockerfile in, findings out.
 *
 * Syntax errors are findings of the rule PARE-SYNTAX; the rest of the file is
 * looked at all the same. Findings come in the order of the file, those of
 * one place in the order of their rules. A check known under two names is one
 * finding. */
#pragma once
#include "lint/rule.h"

/* Which rules run, and as what. Lists are ids, aliases or "all", "PARE". */
struct lint_choice {
	const struct str *select, *ignore;
	size_t n_select, n_ignore;
	const struct lint_override {
		struct str rule;
		enum severity severity;
		bool off; /* hadolint's "ignore" */
	} * overrides;
	size_t n_overrides;
	enum severity show; /* nothing below it is reported */
	/* Of pare's own rules, nothing that is known to cost less: what is
	 * wasted there is no reason to change a file. What typically costs
	 * less is no warning, unless the user says that it is. */
	uint64_t min_bytes;
	bool forbid_suppressions;
};

/* Finds out what the file's instructions weigh: *out has an element for each,
 * in the file's arena, or stays NULL. Called once the facts are there, by the
 * thread that reads the file. */
struct lint_measurer {
	int (*measure)(const struct lint_measurer *m, const struct lint_file *f,
		       const struct lint_measured **out, struct err *err);
};

struct lint_input {
	struct str path;		/* must outlive the result */
	struct str text;		/* must outlive the job */
	const struct lint_table *rules; /* that may run */
	const struct lint_choice *choice;
	const struct lint_settings *settings;
	const struct df_arg *args; /* --build-arg */
	size_t n_args;
	const struct df_arg *contexts; /* named contexts, and their values */
	size_t n_contexts;
	struct str target;	      /* empty: the last stage */
	const char *context;	      /* directory; NULL: none */
	const struct lint_base *base; /* --base-image's facts; or NULL */
	const struct lint_measurer *measurer; /* of --image; or NULL */
	const struct lint_seen *built;	      /* the same image; or NULL */
};

/* -1: ERR_NOMEM or ERR_LIMIT; everything about the file is a finding. All of
 * *out lies in the arena, but for the path. */
must_check int lint_run_rules(const struct lint_input *in, struct arena *keep,
			      struct finding_list *out, struct err *err);

/* The same in two steps, for findings that come from elsewhere (shellcheck):
 * lint_open reads the file and runs the rules; lint_add adds a finding to
 * them; lint_finish applies the choice and the suppressions, sorts, copies
 * what is left to keep and closes the job, of which nothing is needed any
 * more. An open job holds no descriptor. */
struct lint_job;
must_check int lint_open(const struct lint_input *in, struct lint_job **out,
			 struct err *err);
const struct lint_file *lint_job_file(const struct lint_job *job);
/* Is the rule (SC2086) switched on for the file? */
bool lint_job_wants(const struct lint_job *job, struct str id);
/* id lives as long as the program or in lint_job_file(job)->arena; message is
 * copied. rule is a row that stands for all of its kind. */
must_check int lint_add(struct lint_job *job, const struct lint_rule *rule,
			const char *id, enum severity severity, struct span at,
			struct str message, struct err *err);
/* That findings named PREFIX... were looked for: pragmas about them that
 * suppress nothing are then unused. */
void lint_job_ran(struct lint_job *job, const char *prefix);
must_check int lint_finish(struct lint_job **job, struct arena *keep,
			   struct finding_list *out, struct err *err);
void lint_close(struct lint_job **job);

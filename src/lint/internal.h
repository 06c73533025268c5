/* SPDX-License-Identifier: Apache-2.0 */
/* lint/internal.h - what the engine's files share. */
#pragma once
#include "lint/config/choice.h"
#include "lint/lint.h"
#include "lint/text/template.h"

/* The engine's own rules: errors of the syntax (engine.c), suppressions that
 * suppress nothing (unused.c). */
extern const struct lint_rule rule_syntax, rule_unused_suppression;
extern const struct lint_rule rule_template; /* template_rule.c */
/* The row that shellcheck's findings have (shellcheck.c). */
extern const struct lint_rule rule_shellcheck;

/* A finding before choice and suppressions. */
struct found {
	struct finding f;
	const struct lint_rule *rule;
	bool covered; /* by another rule's of the same place */
	size_t order; /* of the rule in the table; behind it: shellcheck's */
};

struct lint_out {
	struct lint_job *job;
	const struct lint_rule *rule;
	size_t order;
};

enum { JOB_PREFIXES_MAX = 4 };
/* Facts and findings of one file; below the limits on instructions, words and
 * commands what they say may still be made to grow. */
enum { LINT_MEMORY_MAX = 384 << 20 };

struct lint_job {
	struct lint_input in;
	struct lint_settings no_settings;
	struct arena arena; /* facts and findings */
	struct dockerfile df;
	struct df_graph graph;
	struct ignore ignore;
	struct lint_file file;
	struct lint_memo memo;
	struct lint_state *states; /* a rule of the table each */
	struct found *found;
	size_t n_found, cap_found;
	const char *ran[JOB_PREFIXES_MAX]; /* whose findings were looked for */
	size_t n_ran;
	struct lint_template tmpl; /* what of the file is not there yet */
	bool fail_on_checks;	   /* # check=error=true */
	struct err failed;	   /* a sink's, which cannot fail */
};

must_check int lint_keep(struct lint_job *job, const struct found *f,
			 struct err *err);

/* A finding of the engine itself; message is copied. */
must_check int lint_tell(struct lint_job *job, const struct lint_rule *rule,
			 struct span at, struct str message, struct err *err);

/* template_rule.c: names the template, once. */
must_check int lint_tell_template(struct lint_job *job, struct err *err);
/* Takes out what spots of a template, not the user's words, were found to
 * be. */
void lint_drop_templated(struct lint_job *job);

/* facts.c: job->file. */
must_check int lint_read_facts(struct lint_job *job, struct err *err);
/* windows.c: job->file.windows; values are there by then. */
must_check int lint_find_windows(struct lint_file *f, struct err *err);
/* documents.c: the scripts in the heredocs of a RUN whose commands are known,
 * behind it in f->runs; room for them is there. */
must_check int lint_read_documents(struct lint_file *f,
				   const struct lint_run *run, struct err *err);
/* documents.c: f->copied_scripts. */
must_check int lint_read_copied_scripts(struct lint_file *f, struct err *err);
/* builder/refused.c: what the builder refuses once values are known. */
must_check int lint_find_refused(struct lint_job *job, struct err *err);
/* read_stages.c: f->stages and f->above. */
must_check int lint_read_stages(struct lint_file *f, struct err *err);
/* base_facts.c: job->file.bases. */
must_check int lint_find_bases(struct lint_job *job, struct err *err);
/* read_values.c: f->vars and f->workdirs. */
must_check int lint_read_values(struct lint_file *f, struct err *err);
/* read_copies.c: f->copies; values are there by then. */
must_check int lint_read_copies(struct lint_file *f, struct err *err);
/* read_command.c */
must_check int lint_read_commands(struct lint_run *run, struct arena *a,
				  struct err *err);
/* wrapped_command.c: sets called and inner. */
must_check int lint_unwrap(struct lint_command *c, struct arena *a,
			   struct err *err);
/* apt_cost.c: f->apts; runs and bases are there by then. */
must_check int lint_read_apt(struct lint_file *f, struct err *err);
/* context.c: the directory and its ignore file. */
must_check int lint_open_context(struct lint_job *job, struct err *err);
void lint_close_context(struct lint_job *job);
/* pragma.c: comments and directives that speak to linters. */
must_check int lint_read_pragmas(struct lint_job *job, struct err *err);
/* pragma_trailing.c: those behind commands; the runs are there by then. */
must_check int lint_read_trailing(struct lint_job *job, struct err *err);
/* unused.c: findings about rules that pragmas name and that were not met;
 * used has an element for each name of each pragma. */
must_check int lint_find_unused(struct lint_job *job, bool *const *used,
				struct err *err);
/* Is the rule, or any that the name stands for, looked for in this file? */
bool lint_was_looked_for(const struct lint_job *job, struct str name);

/* heed_pragmas.c: the rule as far as the finding is one of it. */
struct lint_rule lint_rule_of(const struct found *f);
/* heed_pragmas.c: takes out what comments suppress, and adds what is told of
 * those that suppress nothing. */
must_check int lint_heed_pragmas(struct lint_job *job, struct finding_list *out,
				 struct err *err);

/* counted_once.c: of sorted findings that tell of the same bytes the first one
 * has them, and the others none. */
must_check int lint_count_once(struct lint_job *job, struct err *err);

/* causes.c: of sorted findings, those that another one explains go. */
must_check int lint_drop_explained(struct lint_job *job, struct err *err);

/* --- pragmas -------------------------------------------------------------- */

enum { PRAGMA_NAMES_MAX = 200 };

/* What a comment says before its place in the file is known. */
struct said {
	enum lint_pragma_kind kind;
	struct span names[PRAGMA_NAMES_MAX];
	size_t n;
	struct span reason;
};

struct pragmas {
	struct lint_job *job;
	struct lint_pragma *v;
	size_t n, cap;
	struct err *err;
};

must_check int lint_pragma_keep(struct pragmas *ps, const struct said *said,
				struct span at, bool inside);
void lint_pragma_sort(struct pragmas *ps); /* into job->file */
/* A comment of the shell behind code of its line. */
must_check int lint_pragma_read_trailing(struct pragmas *ps, struct span at,
					 struct span line);
/* pragma_check.c: BuildKit's, as a directive and above instructions. */
must_check int lint_pragma_read_directives(struct pragmas *ps);
must_check int lint_pragma_read_checks(struct pragmas *ps,
				       const struct df_instr *in);
/* pragma_place.c: what a comment holds for; inside: of an instruction. */
struct span lint_pragma_place(const struct lint_file *f,
			      enum lint_pragma_kind kind, struct span at,
			      bool inside);

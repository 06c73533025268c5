/* SPDX-License-Identifier: Apache-2.0 */
/* work/lint.h - Dockerfiles of a tree, looked at with every rule.
 *
 * In steps, so that whoever calls can open what the results go to before the
 * work, and can take from the first file's configuration what it leaves open
 * (a format, colours):
 *
 *	work_lint_open(&opt, &w, err);          finds files, configurations
 *	work_lint_images(w, &session, err);     only when images are named
 *	work_lint_run(w, err);                  rules, shellcheck
 *	work_lint_hide_known(w, err);           the baseline
 *	work_lint_sort(w, err);                 where bytes decide the order
 *	work_lint_results(w), work_lint_fails(w)
 *	work_lint_close(&w);
 *
 * What is wrong with a file is a finding, or the err of its result, and stops
 * no other file. Errors name an option by its word on the command line
 * (--select), as limits do. */
#pragma once
#include "work/lint_options.h"
#include "work/session.h"

struct work_lint_results {
	const struct finding_list *v; /* in the order of the names */
	size_t n;
	const struct str *empty; /* directories that have no Dockerfile */
	size_t n_empty;
	const char *baseline; /* its file; NULL: there is none */
	size_t n_known;	      /* findings that it hid */
	bool by_bytes;	      /* the order is that of bytes */
};

struct work_lint;

/* ERR_USAGE: an unknown rule, with the nearest; else the errors of --config,
 * --context and of configurations, each with its line. */
must_check int work_lint_open(const struct work_lint_options *opt,
			      struct work_lint **out, struct err *err);
void work_lint_close(struct work_lint **w);

/* The configuration of the first file, which decides for the whole run, and
 * its path (NULL: there is no such file). NULL: there is nothing to look at. */
const struct lint_config *work_lint_config(const struct work_lint *w,
					   const char **path);
/* ERR_USAGE where a file there would replace one that is read. */
must_check int work_lint_refuse_place(const struct work_lint *w,
				      const struct place *at, struct err *err);
/* Reads the images of the options. The session must outlive w. */
must_check int work_lint_images(struct work_lint *w, struct work_session *s,
				struct err *err);
/* Looks at every file. What keeps shellcheck from running is a note. */
must_check int work_lint_run(struct work_lint *w, struct err *err);
/* Takes the findings out of the results that the baseline has. Entries that no
 * finding met are a note, where all rules ran. */
must_check int work_lint_hide_known(struct work_lint *w, struct err *err);

/* With by_bytes: findings of a file, and files, that cost most come first. */
must_check int work_lint_sort(struct work_lint *w, struct err *err);

/* Borrowed until work_lint_close; the two above change it. */
struct work_lint_results work_lint_results(const struct work_lint *w);
/* Does a finding reach the level, or do all together the bytes, that a file's
 * configuration or the options set? */
bool work_lint_fails(const struct work_lint *w);

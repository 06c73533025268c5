/* SPDX-License-Identifier: Apache-2.0 */
/* cli/lint_files.h - the files of one `pare lint`, read and looked at. */
#pragma once
#include "base/pool.h"
#include "cli/lint_setup.h"
#include "lint/discover.h"

/* One file; a task of the pool. */
struct lint_work {
	struct task task;
	struct lint_target *target;
	const struct lint_setup *setup;
	const struct lint_files *files;
	const char *context;
	struct df_arg *args;
	size_t n_args;
	struct buf text;
	struct lint_job *job; /* NULL: the file could not be looked at */
	struct err why;
};

struct lint_files {
	const struct lint_options *opt;
	struct arena arena;
	struct lint_setups setups;
	struct lint_targets targets;
	struct lint_work *work; /* a target each */
	struct lint_job **jobs; /* for shellcheck */
	struct lint_result *results;
	size_t n, n_results;
	const struct lint_base *base;	      /* --base-image; or NULL */
	const struct lint_measurer *measurer; /* --image; or NULL */
};

/* Finds and reads the files and lets the rules look, threads at a time. What
 * cannot be read is a result with its err. */
must_check int lint_files_open(const struct lint_options *opt,
			       const char *const *names, size_t n,
			       struct lint_files *out, struct err *err);
must_check int lint_files_look(struct lint_files *f, unsigned threads,
			       struct err *err);
/* Fills f->results. */
must_check int lint_files_finish(struct lint_files *f, struct err *err);
void lint_files_close(struct lint_files *f);

/* SPDX-License-Identifier: Apache-2.0 */
/* work/lint_files.h - the files of one run of the linter, read and looked at.
 *
 * There may be a hundred thousand of them: they are open in batches, and of
 * one that is finished its findings are all that stays. */
#pragma once
#include "base/place.h"
#include "base/pool.h"
#include "work/lint_setup.h"
#include "lint/discover/discover.h"

/* One file; a task of the pool. */
struct work_lint_file {
	struct task task;
	const struct lint_target *target;
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
	const struct work_lint_options *opt;
	struct arena arena;
	struct lint_setups setups;
	struct lint_targets targets;
	struct finding_list *results;	     /* a target each */
	const struct lint_setup **setups_of; /* the same */
	const struct lint_setup *leading;    /* of the first file */
	size_t n_results;
	/* The batch that is open, of targets from n_results on. */
	struct arena batch_arena;
	struct work_lint_file *work;
	struct lint_job **jobs; /* for shellcheck */
	size_t n;
	const struct lint_base *base;	      /* --base-image; or NULL */
	const struct lint_measurer *measurer; /* --image; or NULL */
	const struct lint_seen *built;	      /* the same */
};

/* Finds the files. */
must_check int work_lint_files_open(const struct work_lint_options *opt,
				    struct lint_files *out, struct err *err);
/* ERR_USAGE where a file there would replace one that is read. */
must_check int work_lint_files_refuse_place(const struct lint_files *f,
					    const struct place *at,
					    struct err *err);
/* lint_targets.c: f->targets, of the options. */
must_check int work_lint_targets_find(struct lint_files *f, struct err *err);
/* Reads the next files and lets the rules look, threads at a time: their jobs
 * are open then. What cannot be read has none. 1: f->n jobs; 0: none are
 * left. */
must_check int work_lint_files_look(struct lint_files *f, unsigned threads,
				    struct err *err);
/* Closes the batch's jobs; f->results has what they found, or the err. */
must_check int work_lint_files_finish(struct lint_files *f, struct err *err);
/* Puts the findings of each file, and the files, in the order of what they
 * cost. */
must_check int work_lint_files_by_bytes(struct lint_files *f, struct err *err);
/* The setup of the first file, which decides for the whole run; NULL: there is
 * no file. */
const struct lint_setup *work_lint_files_setup(const struct lint_files *f);
void work_lint_files_close(struct lint_files *f);

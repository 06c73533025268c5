/* SPDX-License-Identifier: Apache-2.0 */
/* lint/shellcheck/shellcheck.h - what shellcheck, when installed, says about
 * RUN.
 *
 * Between lint_open and lint_finish of the files of a run:
 *
 * 	lint_open(...) each;
 * 	lint_shellcheck_run(jobs, n, &options, err);
 * 	lint_finish(...) each;
 *
 * Each RUN that sh, ash, dash, bash or ksh reads becomes a file in a private
 * directory, equal ones once, with a #! line from the SHELL in force and an
 * export of each ARG and ENV known there in front; one process reads them all
 * (up to SHELLCHECK_BATCH; of more, a process for each so many). What it says
 * is placed in the Dockerfile again. No script is ever on a command line.
 *
 * Not looked at: the exec form, heredocs with a #! of another language, other
 * SHELLs, and scripts that would take too much (its time and memory grow with
 * the square and worse; 16 KiB of "a && " take a minute and 2 GB): over
 * SHELLCHECK_SCRIPT_MAX bytes, SHELLCHECK_MARKS_MAX quotes and operators, or
 * SHELLCHECK_DEPTH_MAX levels. SC1090, SC1091 and SC2187 are dropped: they are
 * about the machine that lints. */
#pragma once
#include "lint/shellcheck/shellcheck_script.h"

enum { SHELLCHECK_BATCH = 512, SHELLCHECK_TIMEOUT_MS = 120000 };

struct cache;
struct shellcheck_options {
	struct cache *cache; /* remembers what was said; NULL: nothing */
	const char *program; /* --shellcheck PATH; NULL: looked for in PATH */
	unsigned threads;    /* 0 is 1; more than one for large batches only */
	uint32_t timeout_ms; /* of a process; 0: SHELLCHECK_TIMEOUT_MS */
};

/* The row that findings of shellcheck have; their id is SC and four digits. */
extern const struct lint_rule rule_shellcheck;

/* 1: it ran, or there was nothing to run it on; 0: it is not in PATH, nothing
 * was added; -1: it was named and is not there, could not be run, took too
 * long or said something that is no answer. Then nothing was added but what
 * earlier batches said, and the caller warns and goes on; but ERR_CANCELLED
 * and ERR_NOMEM are the end. NULL jobs are left out. */
must_check int lint_shellcheck_run(struct lint_job *const *jobs, size_t n,
				   const struct shellcheck_options *options,
				   struct err *err);

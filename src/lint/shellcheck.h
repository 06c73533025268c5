/* SPDX-License-Identifier: Apache-2.0 */
/* lint/shellcheck.h - what shellcheck, when installed, says about RUN.
 *
 * One process for all scripts of all files: each RUN that sh or bash reads
 * becomes a file in a private directory, with a #! line from the SHELL in
 * force and an export of each ARG and ENV known there in front; what
 * shellcheck says is placed in the Dockerfile again. It needs the facts of
 * the files (struct lint_file), so those have to live as long.
 *
 * Not looked at: the exec form, heredocs with a #! of another language, SHELL
 * of cmd or PowerShell. SC1090, SC1091 and SC2187 are dropped, since they are
 * about the file system and the shell of the machine that lints. */
#pragma once
#include "lint/facts.h"
#include "lint/rule.h"

struct shellcheck_finding {
	char id[12]; /* "SC2086" */
	enum severity severity;
	enum lint_fix fix;	   /* shellcheck has an edit: FIX_UNSAFE */
	struct span at;		   /* in the Dockerfile */
	const struct df_instr *in; /* the RUN, or the ONBUILD around it */
	struct str message;	   /* one line, UTF-8, without a full stop */
};

struct shellcheck_file {
	const struct lint_file *facts; /* NULL: a file that is left out */
	/* Set: in order of the file; they live in the arena given. */
	struct shellcheck_finding *findings;
	size_t n;
};

struct shellcheck_options {
	const char *program; /* --shellcheck PATH; NULL: looked for in PATH */
	uint32_t timeout_ms; /* 0: SHELLCHECK_TIMEOUT_MS */
};
enum { SHELLCHECK_TIMEOUT_MS = 120000 };

/* 1: done; 0: there is no shellcheck in PATH, or nothing to look at, and no
 * findings; -1: it could not be run, took too long or said something that is
 * no answer, and err tells: findings are empty then, those of pare's own
 * rules are not touched, and the caller warns and goes on. */
must_check int shellcheck_run(struct shellcheck_file *files, size_t n,
			      const struct shellcheck_options *options,
			      struct arena *a, struct err *err);

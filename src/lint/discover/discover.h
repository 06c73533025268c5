/* SPDX-License-Identifier: Apache-2.0 */
/* lint/discover/discover.h - from what the user named to the files to look at.
 *
 * A file is itself, "-" is standard input, a compose file stands for what it
 * builds. A directory stands for the Dockerfiles below it, as their names and
 * contents tell (lint/discover/dockerfile_name.h), and for the builds of its
 * compose files: .gitignore of every level counts (those above, too, up to the
 * repository's root), .git is never entered. A directory that symlinks lead to
 * is read once, however many they are. What is named is looked at whether or
 * not it is ignored. */
#pragma once
#include "base/arena.h"
#include "dockerfile/scope.h"

struct lint_target {
	struct str path; /* as it is reported; has a NUL behind it */
	struct str key;	 /* the same, cleaned: two names of one file */
	bool named;	 /* by the user; else found */
	bool is_stdin;
	bool is_inline; /* text is the file; path is that of the compose file */
	struct str text;
	const char *context; /* NULL: the directory that the file is in */
	/* What a compose file says. */
	struct str target;
	const struct df_arg *args;
	size_t n_args;
	const struct df_arg *contexts; /* named ones (additional_contexts) */
	size_t n_contexts;
	const struct err *err; /* it cannot be looked at; NULL: it may */
};

struct lint_targets {
	struct lint_target *v;
	size_t n, cap;
	/* Directories that have none. */
	struct str *empty;
	size_t n_empty, cap_empty;
	/* Why compose files that were found are not followed. */
	struct err *notes;
	size_t n_notes, cap_notes;
};

struct discover_options {
	const struct str *exclude; /* lines of a .gitignore, held against */
	size_t n_exclude;	/* names below each directory that is named */
	const char *stdin_name; /* what "-" is called; NULL: "-" */
};

/* Names in order, those found in a directory in byte order. What is not there
 * or cannot be read is a target with its err; a compose file that was not
 * named and cannot be read is a note. -1: ERR_NOMEM, ERR_LIMIT. */
must_check int lint_discover(const char *const *names, size_t n,
			     const struct discover_options *opt,
			     struct arena *a, struct lint_targets *out,
			     struct err *err);

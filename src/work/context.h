/* SPDX-License-Identifier: Apache-2.0 */
/* work/context.h - a build context: what of a directory is sent, what of that
 * is too much, and a better ignore file.
 *
 *	work_context_open(&opt, &w, err);    finds Dockerfile and ignore file
 *	work_context_walk(&w, err);          what is there, what is sent
 *	work_context_judge(&w, err);         what a build takes; advice
 *	work_context_write(&w, err);         the advice into the ignore file
 *	work_context_done(&w);
 *
 * What was found lies open in w after each step: it is the result. */
#pragma once
#include "work/context_files.h"
#include "work/events.h"

/* All is borrowed until work_context_done. */
struct work_context_options {
	const char *dir;      /* the context */
	const char *file;     /* the Dockerfile, "-": stdin; NULL: looked for */
	const char *target;   /* a stage; NULL: the last one */
	enum builder builder; /* whose rules count; BUILDER_UNSAID: found out */
	const struct df_arg *args; /* no name twice */
	size_t n_args;
	const struct limits *limits;
	unsigned threads; /* 0: one a processor */
	struct work_events events;
};

struct work_context {
	struct work_context_options opt;
	struct context_files files;
	struct context c;
};
#define WORK_CONTEXT_INIT                   \
	{                                   \
		.files = CONTEXT_FILES_INIT \
	}

/* An ignore file that the builder at hand does not read, while another does,
 * is a note. */
must_check int work_context_open(const struct work_context_options *opt,
				 struct work_context *w, struct err *err);
void work_context_done(struct work_context *w);

/* ERR_NOT_FOUND: a target, but no Dockerfile that could have it; ERR_CORRUPT
 * names the ignore file's bad line. Directories that cannot be read are told
 * in w->c.tree. */
must_check int work_context_walk(struct work_context *w, struct err *err);
/* Where the Dockerfile cannot be understood, w->c.problem says why, and what
 * is sent stands all the same. */
must_check int work_context_judge(struct work_context *w, struct err *err);

/* ERR_CORRUPT when w->c.problem hides what a COPY takes: advice that leaves
 * out what a build needs must not be shown as a change, let alone written. */
must_check int work_context_check(const struct work_context *w,
				  struct err *err);
/* Writes the advice, if there is any; after work_context_check. A symlink that
 * leads out of its directory is not followed, and lines that somebody wrote
 * since the ignore file was read stay: both are errors. */
must_check int work_context_write(const struct work_context *w,
				  struct err *err);

/* Which pattern decides about a path; release with work_why_done. */
struct work_why {
	struct arena arena;
	struct ignore patterns;
	struct str path; /* kept below the root; need not be there */
};
/* Asks the ignore file alone, so no work_context_walk is needed. ERR_CORRUPT
 * names its bad line. */
must_check int work_context_why(const struct work_context *w, const char *path,
				struct work_why *out, struct err *err);
void work_why_done(struct work_why *w);

/* As people know it; "-": standard input; empty: there is none. */
struct str work_context_dockerfile(const struct work_context *w);

/* SPDX-License-Identifier: Apache-2.0 */
/* work/lint_options.h - what one run of the linter (work/lint.h) is asked for.
 *
 * Plain data: a command line fills it from its options, a server from a
 * request. What stays zero is not said, and the configuration of a file
 * decides, else the default. */
#pragma once
#include "lint/config/config.h"
#include "work/events.h"

/* Borrowed. */
struct work_names {
	const char *const *v;
	size_t n;
};

enum work_shellcheck {
	WORK_SHELLCHECK_UNSAID, /* as the configuration says; else when there */
	WORK_SHELLCHECK_RUN,
	WORK_SHELLCHECK_NEVER,
};

/* All is borrowed until work_lint_close. */
struct work_lint_options {
	/* Files, directories, compose files, "-"; n 0: the directory at
	 * hand. */
	struct work_names names;
	struct work_names select, ignore; /* rules: ids, aliases, beginnings */
	struct work_names exclude;	  /* lines of a .gitignore */
	const char *config; /* a file; NULL: looked for, unless no_config */
	bool no_config, no_suppressions;
	bool has_show;
	enum severity show; /* nothing below it is reported */
	enum lint_fail fail;
	enum severity fail_level;
	bool has_fail_bytes; /* beside or, with FAIL_BYTES, without a level */
	uint64_t fail_bytes;
	bool has_min_bytes; /* else the configuration's, else 1 MB */
	uint64_t min_bytes;
	const char *today;	      /* "2027-01-31"; NULL: no clock */
	const char *stdin_name;	      /* what "-" is called; NULL: "-" */
	bool by_bytes;		      /* what costs most first */
	const char *context, *target; /* NULL: not said */
	const struct df_arg *args;    /* no name twice */
	size_t n_args;
	const char *base_image, *image; /* NULL: none; for work_lint_images */
	const char *baseline;		/* NULL: the configuration's, if any */
	enum work_shellcheck shellcheck;
	const char *shellcheck_program; /* NULL: looked for in PATH */
	unsigned threads;		/* 0: one a processor */
	bool no_cache;			/* ask shellcheck about everything */
	struct work_events events;
};

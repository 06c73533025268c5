/* SPDX-License-Identifier: Apache-2.0 */
/* work/lint_setup.h - what a file is linted with: options and configuration.
 *
 * Options go before a configuration. .pare.yaml is looked for in the file's
 * directory and upward; without one, .hadolint.yaml where hadolint looks. */
#pragma once
#include "work/lint_extends.h"
#include "work/lint_options.h"

/* A configuration merged with the options; shared by all files it is for. */
struct lint_setup {
	const char *path; /* of the configuration; NULL: none */
	const char *dir;  /* that its paths are relative to */
	struct lint_config config;
	struct lint_choice choice;
	struct lint_settings settings;
	enum lint_fail fail;
	enum severity fail_level;
	bool has_fail_bytes;
	uint64_t fail_bytes;
	struct lint_setup *next;
	const struct lint_setup *locks; /* whose locks hold beside --config */
};

struct lint_setups {
	const struct work_lint_options *opt;
	struct arena arena;
	struct lint_setup *first;
	struct lint_setup *alone;     /* --config, --no-config */
	struct work_lint_bases bases; /* what configurations extend */
	struct lint_setup *common;    /* hadolint's, or none */
	/* The directory asked for last. */
	const char *last_dir;
	struct lint_setup *last;
};

/* Checks what the options say. ERR_USAGE: an unknown rule, with the nearest;
 * other errors are of --config. opt must outlive it. */
must_check int work_lint_setups_open(const struct work_lint_options *opt,
				     struct lint_setups *out, struct err *err);
void work_lint_setups_done(struct lint_setups *s);
/* As if there were no configuration. */
must_check int work_lint_setup_plain(struct lint_setups *s,
				     const struct lint_setup **out,
				     struct err *err);
/* For a file of the directory. Errors name the configuration and its line; it
 * may be asked again for another one. */
must_check int work_lint_setup_for(struct lint_setups *s, const char *dir,
				   const struct lint_setup **out,
				   struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* cli/lint_setup.h - what a file is linted with: options and configuration.
 *
 * Options go before a configuration. .pare.yaml is looked for in the file's
 * directory and upward; without one, .hadolint.yaml where hadolint looks. */
#pragma once
#include "cli/build_arg.h"
#include "cli/option.h"
#include "lint/config/config.h"

struct lint_options {
	const char *format, *config, *context, *target, *base_image, *image;
	const char *baseline, *write_baseline;
	struct option_list select, ignore, exclude;
	struct build_args args;
	const char *shellcheck;
	int severity, fail_on; /* 0: not said; else a level and 1 */
	bool no_config, no_suppressions, list_rules;
};

/* A configuration merged with the options; shared by all files it is for. */
struct lint_setup {
	const char *path; /* of the configuration; NULL: none */
	const char *dir;  /* that its paths are relative to */
	struct lint_config config;
	struct lint_choice choice;
	struct lint_settings settings;
	enum lint_fail fail;
	enum severity fail_level;
	struct lint_setup *next;
};

struct lint_setups {
	const struct lint_options *opt;
	struct arena arena;
	struct lint_setup *first;
	struct lint_setup *alone;  /* --config, --no-config */
	struct lint_setup *common; /* hadolint's, or none */
	/* The directory asked for last. */
	const char *last_dir;
	struct lint_setup *last;
};

/* Checks what the options say. ERR_USAGE: an unknown rule, with the nearest;
 * other errors are of --config. opt must outlive it. */
must_check int lint_setups_open(const struct lint_options *opt,
				struct lint_setups *out, struct err *err);
void lint_setups_done(struct lint_setups *s);
/* For a file of the directory. Errors name the configuration and its line. */
must_check int lint_setup_for(struct lint_setups *s, const char *dir,
			      const struct lint_setup **out, struct err *err);

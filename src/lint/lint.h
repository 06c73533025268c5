/* SPDX-License-Identifier: Apache-2.0 */
/* lint/lint.h - a Dockerfile in, findings out.
 *
 * Syntax errors are findings of the rule PARE-SYNTAX; the rest of the file is
 * looked at all the same. Findings come in the order of the file, those of
 * one place in the order of their rules. A check known under two names is one
 * finding. */
#pragma once
#include "lint/rule.h"

struct lint_finding {
	const struct lint_rule *rule;
	const char *id;	      /* the rule's; SC2086 for shellcheck's */
	enum severity severity; /* after configuration */
	enum lint_fix fix;
	struct span at;
	struct df_pos from, to; /* to is exclusive */
	struct str message;
	uint64_t bytes;
	enum lint_bytes bytes_source;
};

/* Which rules run, and as what. Lists are ids, aliases or "all", "PARE". */
struct lint_choice {
	const struct str *select, *ignore;
	size_t n_select, n_ignore;
	const struct lint_override {
		struct str rule;
		enum severity severity;
		bool off; /* hadolint's "ignore" */
	} *overrides;
	size_t n_overrides;
	enum severity show; /* nothing below it is reported */
	bool forbid_suppressions;
};

struct lint_result {
	struct arena arena; /* owns what is below */
	struct str path;
	struct str text;
	const uint32_t *lines; /* offset of each line's first byte */
	uint32_t n_lines;
	struct lint_finding *findings;
	size_t n;
	size_t n_suppressed;
	struct err err; /* the file could not be read: no findings */
};

struct lint_input {
	struct str path, text; /* must outlive the result */
	const struct lint_choice *choice;
	const struct lint_settings *settings;
	const struct df_arg *args; /* --build-arg */
	size_t n_args;
	struct str target;	  /* empty: the last stage */
	const char *context;	  /* directory; NULL: none */
	const struct lint_base *base; /* --base-image's facts; or NULL */
	const struct lint_measured *measured; /* an instruction each; or NULL */
};

/* -1: ERR_NOMEM or ERR_LIMIT; everything about the file is a finding. */
must_check int lint_run_rules(const struct lint_input *in,
			      struct lint_result *out, struct err *err);
void lint_result_done(struct lint_result *r);

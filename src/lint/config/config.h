/* SPDX-License-Identifier: Apache-2.0 */
/* lint/config/config.h - what a configuration file says: .pare.yaml, .hadolint.yaml.
 *
 * hadolint's file is taken as it is: keys that hadolint does not know are
 * passed over as hadolint does. Our own file has the same keys and some more
 * below `lint:` (docs/lint.md), and refuses others. */
#pragma once
#include "lint/lint.h"

enum { CONFIG_SIZE_MAX = 1 << 20 };

/* What an exit status of 1 takes. */
enum lint_fail {
	FAIL_UNSAID,
	FAIL_LEVEL,
	FAIL_NEVER,
	FAIL_BYTES, /* only what all findings cost together */
};

struct lint_config {
	struct arena arena; /* owns what is below */
	/* Lists and overrides; show and forbid_suppressions as said. */
	struct lint_choice choice;
	bool has_show;
	struct lint_settings settings;
	enum lint_fail fail;
	enum severity fail_level; /* of FAIL_LEVEL */
	bool has_fail_bytes;
	uint64_t fail_bytes; /* in all files; beside a level as well */
	bool has_min_bytes;  /* choice.min_bytes was said */
	bool no_fail;	     /* whatever is found */
	bool no_color, verbose;
	struct str format; /* empty: not said */
	/* .pare.yaml alone; paths are relative to its directory. */
	struct str target, context, baseline;
	struct df_arg *args;
	size_t n_args;
	struct str *exclude; /* as lines of a .gitignore */
	size_t n_exclude;
	bool has_shellcheck, shellcheck;
};

/* own: .pare.yaml; else .hadolint.yaml. ERR_CORRUPT "line N: ...": no YAML, a
 * key with a value of the wrong kind, in our own file also unknown keys and
 * names; ERR_LIMIT. *out is released by lint_config_done either way. */
must_check int lint_config_read(struct str text, bool own,
				const struct lint_table *rules,
				struct lint_config *out, struct err *err);
void lint_config_done(struct lint_config *c);
/* Whose file is it, when its name does not tell: ours has `lint:`. */
bool lint_config_is_own(struct str text);

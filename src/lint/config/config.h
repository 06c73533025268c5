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

/* What a key is about; several names may be of one. */
enum lint_key {
	KEY_SELECT,
	KEY_IGNORE,
	KEY_OVERRIDE,
	KEY_SEVERITY,
	KEY_FAIL_ON,
	KEY_NO_FAIL,
	KEY_MIN_BYTES,
	KEY_FORBID,
	KEY_PRAGMAS_OFF,
	KEY_REGISTRIES,
	KEY_LABELS,
	KEY_STRICT,
	KEY_EXCLUDE,
	KEY_SHELLCHECK,
	KEY_BASELINE,
	KEY_BASES,
	KEY_ARGS,
	KEY_TARGET,
	KEY_CONTEXT,
	KEY_FORMAT,
	KEY_NO_COLOR,
	KEY_VERBOSE,
	LINT_KEYS,
};

/* Another configuration that this one begins with. */
struct lint_extends {
	struct str path;	/* relative to the file that says it */
	struct str url, sha256; /* or these: lower case hex */
	uint32_t line;
};

struct lint_config {
	struct arena arena;	     /* owns what is below */
	uint32_t line_of[LINT_KEYS]; /* where a key was said; 0: it was not */
	bool locked[LINT_KEYS];
	const char *locked_by[LINT_KEYS]; /* the file that says so */
	struct lint_extends extends;
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

/* "fail-on": the key's usual name. */
const char *lint_key_name(enum lint_key key);
bool lint_config_has_locks(const struct lint_config *c);
/* Makes base what child begins with: what child says goes before, lists grow.
 * base, which keeps what it owns, must outlive child. ERR_CORRUPT where child
 * loosens a key that base locks. */
must_check int lint_config_inherit(struct lint_config *child,
				   const struct lint_config *base,
				   const struct lint_table *rules,
				   struct err *err);
/* Only the check. options: child is what a command line said (ERR_USAGE). */
must_check int lint_config_check_locks(const struct lint_config *child,
				       const struct lint_config *base,
				       const struct lint_table *rules,
				       bool options, struct err *err);
/* Of base what it locks, and nothing else. */
must_check int lint_config_only_locked(const struct lint_config *base,
				       struct lint_config *out,
				       struct err *err);
/* Whose file is it, when its name does not tell: ours has `lint:`. */
bool lint_config_is_own(struct str text);

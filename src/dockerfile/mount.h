/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/mount.h - what RUN --mount=... says. */
#pragma once
#include "dockerfile/dockerfile.h"

enum df_mount_type {
	DF_MOUNT_BIND, /* the default */
	DF_MOUNT_CACHE,
	DF_MOUNT_TMPFS,
	DF_MOUNT_SECRET,
	DF_MOUNT_SSH,
	DF_MOUNT_VARIABLE, /* type=$x: known when it is built */
};

/* One key, or key=value, of a mount. */
struct df_mount_field {
	struct span at, key_at, value_at;
	struct str key; /* lower case, aliases resolved: source, target, ... */
	struct str value;
	bool has_value;
};

struct df_mount {
	enum df_mount_type type;
	const struct df_flag *flag;
	struct df_mount_field *fields;
	size_t n_fields;
	/* The last of each; empty when not given. Variables are left in. */
	struct str from, source, target, id, sharing, env;
	struct span from_at, target_at;
	bool read_only; /* as given, or the default of the type */
	bool required;
};

/* Reads the value of a --mount flag. 1: *out is filled; 0: it breaks a rule,
 * *at and *why (in the arena) say which; -1: ERR_NOMEM. Values that hold a
 * variable are believed, except that from= may hold none. */
must_check int dockerfile_mount_read(const struct df_flag *flag,
				     struct arena *a, struct df_mount *out,
				     struct span *at, const char **why,
				     struct err *err);

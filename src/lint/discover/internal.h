/* SPDX-License-Identifier: Apache-2.0 */
/* lint/discover/internal.h - the list of targets while it grows. */
#pragma once
#include "lint/discover/discover.h"

enum { PATH_MAX_BYTES = 1 << 16, COMPOSE_SIZE_MAX = 1 << 20 };

struct discovery {
	struct lint_targets *out;
	size_t from;	     /* first of the directory at hand */
	bool named;	     /* the compose file is the user's word */
	struct str *compose; /* files found by the walk */
	size_t n_compose, cap_compose;
	struct arena *a;
	struct err *err;
};

/* NULL: ERR_NOMEM. The path is copied. */
struct lint_target *lint_discover_add(struct discovery *d, struct str path);
/* It cannot be looked at; *why is copied. */
must_check int lint_discover_fail(struct discovery *d, struct lint_target *t,
				  const struct err *why);
/* dir/name, cleaned, with a NUL behind it. */
must_check int lint_discover_join(struct discovery *d, struct str dir,
				  struct str name, struct str *out);
/* Of a path: "." when there is none. */
struct str lint_discover_dir(struct str path);
/* discover_walk.c: files below a directory, targets and compose files. */
must_check int lint_discover_walk(struct discovery *d, const char *name,
				  const struct discover_options *opt);
must_check int lint_discover_compose(struct discovery *d, struct str path);
/* All of a file; errors name it. */
must_check int lint_discover_read(const char *path, struct buf *out,
				  struct err *err);

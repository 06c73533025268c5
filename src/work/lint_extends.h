/* SPDX-License-Identifier: Apache-2.0 */
/* work/lint_extends.h - a configuration with all that it extends.
 *
 * A path is relative to the file that says it. What a URL names is read from
 * the cache, where `pare config pull` puts it by its SHA-256: looking at a
 * Dockerfile asks no network. At most EXTENDS_MAX files extend one another,
 * none of them twice: links do not hide a circle. */
#pragma once
#include "lint/config/config.h"

enum { EXTENDS_MAX = 8 };

/* What was read, which the configurations that extend it borrow from. */
struct work_lint_bases {
	struct arena arena;
	struct work_lint_base {
		struct lint_config config;
		struct work_lint_base *next;
	} * first;
	/* What a URL names, where that is not to be read from the cache alone;
	 * NULL: it is. */
	int (*pull)(void *self, const struct lint_extends *e, struct buf *out,
		    struct err *err);
	void *pull_self;
};

void work_lint_bases_done(struct work_lint_bases *s);
/* An empty one that lives as long. NULL: ERR_NOMEM. */
struct lint_config *work_lint_bases_add(struct work_lint_bases *s,
					struct err *err);

/* Reads the file into *out, which keeps its own; s keeps what it extends.
 * Errors name the file and its line. */
must_check int work_lint_config_load(struct work_lint_bases *s,
				     const char *path, bool own,
				     struct str text, struct lint_config *out,
				     struct err *err);

/* Content of a URL by its sum, from the cache. 1; 0: it is not there. */
must_check int work_lint_pulled_read(struct str sha256, struct buf *out,
				     struct err *err);
must_check int work_lint_pulled_keep(struct str sha256, struct str text,
				     struct err *err);

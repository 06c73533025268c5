/* SPDX-License-Identifier: Apache-2.0 */
/* cli/session.h - what every command that reads images sets up. */
#pragma once
#include "base/arena.h"
#include "cli/option.h"
#include "cli/progress.h"
#include "source/source.h"
#include "tree/load.h"

struct session {
	const struct invocation *inv;
	struct arena arena;
	struct progress progress;
	struct progress_line *line;
	struct load_options load;
	struct cache *cache;
};

must_check int session_open(const struct invocation *inv, struct session *s,
			    struct err *err);
void session_close(struct session *s);
/* Opens what a user named. */
must_check int session_source(struct session *s, const char *name,
			      struct source **out, struct err *err);
/* Prints a result: to stdout, the progress line wiped first. */
must_check int session_print(struct session *s, const struct buf *text,
			     struct err *err);
/* A line on stderr, unless -q. */
void session_warn(struct session *s, const char *fmt, ...) printf_like(2, 3);

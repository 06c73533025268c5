/* SPDX-License-Identifier: Apache-2.0 */
/* lint/discover/walk.h - what the walk of a directory and its links share. */
#pragma once
#include <sys/types.h>

#include "base/err.h"
#include "base/str.h"

/* One .gitignore in force; those of deeper directories come first. */
struct frame;

/* A directory that is still to be read. */
/* Each directory is looked up by its path and asked for what configures it, as
 * are all above it: a chain of them costs the cube of its length. */
enum { WALK_DEPTH_MAX = 256 };

struct pending {
	struct str shown, absolute;
	const struct frame *frames;
	unsigned depth; /* below the one that was named */
};

struct walk_id;
struct walk_links {
	struct pending *v; /* links to directories */
	size_t n, cap;
	struct walk_id *seen; /* directories that were reached by them */
	size_t n_seen, cap_seen;
};

void lint_walk_links_done(struct walk_links *l);
must_check int lint_walk_links_add(struct walk_links *l, struct pending p,
				   struct err *err);
/* The next one, in byte order, that leads out of the tree at root. */
bool lint_walk_links_next(struct walk_links *l, struct str root,
			  struct pending *out);
/* 1: the directory was not read before by any link; 0: it was. */
must_check int lint_walk_links_enter(struct walk_links *l, int fd,
				     struct err *err);

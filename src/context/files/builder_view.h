/* SPDX-License-Identifier: Apache-2.0 */
/* context/files/builder_view.h - the context as the builder gets it, and marks on it. */
#pragma once
#include "context/files/ignore_verdict.h"

/* The context as the builder gets it. All but marks is borrowed. */
struct context_view {
	const struct context_tree *t;
	const struct context_verdict *v;
	int rootfd; /* for the targets of links */
	/* By entry; sent files at and below it. */
	uint32_t *sent;
	/* By entry; it is in what the builder gets: not excluded, or a
	 * directory that has such a thing below it, be it an empty one. */
	bool *stands;
	uint8_t *marks; /* of context_mark */
	/* Scratch: the source, and the use, that last took the entry. */
	uint32_t *stamp, *counted;
	uint32_t clock, use;
};

enum context_mark {
	MARK_TAKEN = 1, /* by what the target needs */
	MARK_KEPT = 2,	/* some stage names it, or what it is in */
	MARK_BROAD = 4, /* some stage takes the whole context */
};

must_check int context_view_init(struct context_view *w,
				 const struct context_tree *t,
				 const struct context_verdict *v, int rootfd,
				 struct err *err);
void context_view_done(struct context_view *w);

enum context_source_state {
	SOURCE_FOUND,
	SOURCE_NOTHING,	 /* a wildcard without a match, which is fine */
	SOURCE_MISSING,	 /* the build will fail */
	SOURCE_EXCLUDED, /* so will it, because of an ignore pattern */
	SOURCE_LOOP,	 /* so will it: links lead nowhere */
	SOURCE_UNKNOWN,	 /* a variable; all that it could be is kept */
};

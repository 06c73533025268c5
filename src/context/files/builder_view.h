/* SPDX-License-Identifier: Apache-2.0 */
/* context/files/builder_view.h - the context as the builder gets it, and on
 * each entry the marks of the COPYs that use it. */
#pragma once
#include "context/files/ignore_verdict.h"

struct context_view {
	const struct context_tree *t;	 /* borrowed */
	const struct context_verdict *v; /* borrowed; by entry */
	int rootfd;			 /* borrowed; to read symlinks */
	uint32_t *sent; /* by entry: how many files at and below it are sent */
	/* By entry: the builder sees it. It is not excluded, or it is a
	 * directory with such an entry below it, which may be an empty
	 * directory. */
	bool *present;
	uint8_t *marks; /* by entry: of enum context_mark */
	/* Scratch of mark_copied.c, by entry: the last source that reached it,
	 * and the last COPY that counted it. Comparing with the number of the
	 * one at hand saves clearing an array for each. */
	uint32_t *reached_by, *counted_by;
	uint32_t source_no, copy_no;
};

enum context_mark {
	MARK_NEEDED = 1, /* copied by a stage that the target is made of */
	MARK_NAMED = 2,	 /* some COPY names it, or a directory it is in */
	MARK_BROAD = 4,	 /* some COPY of the whole context takes it */
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
	SOURCE_LOOP,	 /* so will it: too many symlinks to follow */
	SOURCE_UNKNOWN,	 /* a variable; all that it could be is kept */
};

/* SPDX-License-Identifier: Apache-2.0 */
/* context/advice/candidates.h - may an entry of the context be left out?
 *
 * Never what some COPY names or the user's ignore file re-includes, nor a
 * directory with such an entry in it. Of the rest, what no COPY copies; and
 * what only a COPY of the whole context does, where its row of the waste table
 * says that no image needs it (waste/reason.h). */
#pragma once
#include "context/advice/advice.h"

struct candidates {
	const struct context_advice_input *q;
	const struct context_tree *t;
	/* By entry: how many of the files sent at and below it are named by a
	 * COPY or re-included, how many a COPY of the whole context takes, and
	 * the bytes of all. */
	uint32_t *n_named, *n_broad;
	uint64_t *bytes;
	bool *covered; /* by entry: a proposed line matches it, or a directory
			* above it */
	uint8_t *safe; /* by row: 0 not worked out yet, 1 no, 2 yes */
	/* By row: 0 not worked out, 1 there is a line for the name anywhere
	 * (node_modules at any depth), -1 there can be none. */
	int8_t *anywhere_line;
	/* By row: the directory that DIR/NAME was last tried for, and whether
	 * there is such a line. */
	struct directory_line {
		uint32_t dir;
		bool proposed;
	} * directory_line;
	bool too_many; /* the directory at hand has too many candidates to get
			* a line each */
	struct arena *a;
	struct context_advice *out;
	size_t cap;
	struct err *err;
};

must_check int context_candidates_init(struct candidates *c);
void context_candidates_done(struct candidates *c);

/* The entry whose name the row matches: it, or a directory above it. */
uint32_t context_reason_root(const struct candidates *c, uint32_t i);

/* The entry with all below it may be left out. */
bool context_may_leave_out(struct candidates *c, uint32_t i);

/* Every entry whose name the row matches may be left out: those in the
 * directory, or anywhere when it is CONTEXT_NONE. */
bool context_may_leave_out_all(struct candidates *c, uint16_t row,
			       uint32_t dir);

/* SPDX-License-Identifier: Apache-2.0 */
/* context/advice/removable.h - may an entry of the tree be left out? */
#pragma once
#include "context/advice/advice.h"

struct chooser {
	const struct context_question *q;
	const struct context_tree *t;
	/* By entry, of what is sent at and below it. */
	uint32_t *kept, *broad;
	uint64_t *bytes;
	bool *chosen;	/* it, or something it is in */
	uint8_t *sure;	/* by row: 0 not asked yet, 1 no, 2 yes */
	int8_t *spread; /* by row: 0 not asked, -1 by paths, 1 by a name */
	/* By row: the directory last asked for DIR/NAME, and the answer. */
	struct nearby {
		uint32_t dir;
		bool spoken;
	} * nearby;
	bool crowded; /* the children at hand that have no reason */
	struct arena *a;
	struct context_advice *out;
	size_t cap;
	struct err *err;
};

must_check int chooser_init(struct chooser *c);
void chooser_done(struct chooser *c);

/* The entry whose name has the reason: it, or a directory it is in. */
uint32_t chooser_row_root(const struct chooser *c, uint32_t i);
/* The entry and all below it, by itself. */
bool chooser_may_go(struct chooser *c, uint32_t i);
/* Every entry with a name that the row means: in the directory, or anywhere
 * when it is CONTEXT_NONE. */
bool chooser_all_may_go(struct chooser *c, const struct reason_row *row,
			uint32_t dir);

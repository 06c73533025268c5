/* SPDX-License-Identifier: Apache-2.0 */
/* lint/rules/copy/broad_copy.h - what of the context a COPY of all takes and no
 * image needs. */
#pragma once
#include "lint/facts/facts.h"

/* The COPY or ADD takes the whole context. */
bool lint_copies_context(const struct df_instr *in);

struct waste {
	struct buf names; /* ".git (20.5 MB), node_modules (...)" */
	uint64_t bytes;
	size_t n;
};

static inline void waste_done(struct waste *w)
{
	buf_done(&w->names);
}

/* Directories at the root of the context that are there and not excluded. */
must_check int lint_context_waste(const struct lint_file *f, struct waste *out,
				  struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* context/copies/mark_copied.h - which of the files that are sent a COPY
 * copies.
 *
 * As BuildKit looks them up: symlinks in a source are followed, never out of
 * the context; in front of a wildcard as well, behind it names are matched, and
 * a match that is a symlink is followed. Of a directory the contents are
 * copied; symlinks inside stay symlinks. A wildcard may match nothing.
 * --exclude and --parents are patterns below the source, read like those of an
 * ignore file; they do not apply to a source that is a file. */
#pragma once
#include "context/copies/read_copies.h"
#include "context/files/builder_view.h"

struct context_copied {
	enum context_source_state *states; /* by source; in the arena */
	uint32_t *excluded;		   /* by source: the entry, or NONE */
	struct context_sum sum;
};

/* Marks what the COPY copies: MARK_BROAD where its source is the whole context,
 * else MARK_NAMED; and MARK_NEEDED when the target needs its stage. */
must_check int context_mark_copied(struct context_view *w,
				   const struct context_copy *copy, bool needed,
				   struct arena *a, struct context_copied *out,
				   struct err *err);

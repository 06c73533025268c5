/* SPDX-License-Identifier: Apache-2.0 */
/* context/copies/mark_copied.h - which files a COPY takes of those that are sent.
 *
 * As BuildKit looks them up: a source is followed through links, never out of
 * the root; with wildcards, the parts in front of the first one are followed,
 * the rest is matched against what is sent, and a match that is a link is
 * followed. Of a directory its contents are taken; links inside stay links. A
 * wildcard may match nothing. --exclude and --parents match below the source,
 * as an ignore file would; a source that is a file is not asked. */
#pragma once
#include "context/copies/read_copies.h"
#include "context/files/builder_view.h"

struct context_taken {
	enum context_source_state *states; /* by source; in the arena */
	uint32_t *excluded;		   /* by source: the entry, or NONE */
	struct context_sum sum;
};

/* Marks what the use takes: MARK_KEPT or MARK_BROAD, and MARK_TAKEN when it is
 * needed for the target. */
must_check int context_take(struct context_view *w,
			    const struct context_use *use, bool needed,
			    struct arena *a, struct context_taken *out,
			    struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* context/copies/resolve_source.h - from the path of a COPY's source to entries
 * of the tree, by the names, symlinks and wildcards in it. */
#pragma once
#include "context/copies/read_copies.h"
#include "context/files/builder_view.h"

/* As many as BuildKit follows for one path. */
enum { LINKS_MAX = 255 };

struct resolved {
	uint32_t *v; /* entries that the source names */
	size_t n, cap;
	uint32_t *via; /* symlinks on the way: they have to be sent as well */
	size_t n_via, cap_via;
	struct arena *a;
};

/* Appends what the source's path names. *excluded is the entry that an ignore
 * pattern took away, when *state is SOURCE_EXCLUDED; else CONTEXT_NONE. */
must_check int context_resolve(const struct context_view *w,
			       const struct context_source *s,
			       struct resolved *out,
			       enum context_source_state *state,
			       uint32_t *excluded, struct err *err);

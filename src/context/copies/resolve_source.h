/* SPDX-License-Identifier: Apache-2.0 */
/* context/copies/resolve_source.h - from the path of a source to entries of the tree. */
#pragma once
#include "context/copies/read_copies.h"
#include "context/files/builder_view.h"

enum { LINKS_MAX = 255 };

struct resolved {
	uint32_t *v; /* entries to be taken */
	size_t n, cap;
	uint32_t *via; /* links that were followed */
	size_t n_via, cap_via;
	struct arena *a;
};

/* Appends what the source's path names. */
must_check int context_resolve(const struct context_view *w,
			       const struct context_source *s,
			       struct resolved *out,
			       enum context_source_state *state,
			       uint32_t *excluded, struct err *err);

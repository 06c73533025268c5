/* SPDX-License-Identifier: Apache-2.0 */
/* context/copies/read_copies.h - what a Dockerfile takes from its context, as written.
 *
 * COPY and ADD without --from, and RUN --mount=type=bind without from. Also
 * those below ONBUILD, where a stage of the same file is built on one that has
 * them. Sources are expanded as BuildKit does; one whose value hangs on what
 * is not known (an ARG without a default, the ENV of an image) is kept as the
 * directory in front of its first variable. */
#pragma once
#include "dockerfile/graph.h"

enum context_use_kind { USE_COPY, USE_ADD, USE_MOUNT };

struct context_source {
	struct str path;    /* clean, below the root; empty: the root */
	struct str written; /* as it stands in the Dockerfile */
	bool known;
	/* Of a value that --build-arg could change: the directory in front of
	 * its first variable, when there is one. */
	struct str guard;
	struct str include; /* --parents: what below path, else empty */
};

/* COPY . and the like, not a wildcard, not a variable. */
static inline bool context_takes_all(const struct context_source *s)
{
	return s->known && s->path.n == 0 && s->include.n == 0;
}

struct context_use {
	enum context_use_kind kind;
	const struct df_instr *in;
	uint32_t line; /* of the Dockerfile, from 1 */
	uint32_t stage;
	bool onbuild;
	struct context_source *sources;
	size_t n;
	const struct str *excludes; /* of --exclude */
	size_t n_excludes;
};

struct context_uses {
	struct context_use *v;
	size_t n, cap;
};

/* Of every stage, in order of the file. All is in the arena. */
must_check int context_read_uses(const struct dockerfile *df,
				 const struct df_graph *g,
				 const struct df_arg *args, size_t n_args,
				 struct arena *a, struct context_uses *out,
				 struct err *err);
/* Cleans a path below the context's root: "/a/../b/" is "b", "../b", too. */
must_check int context_clean(struct str path, struct arena *a, struct str *out,
			     struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* context/copies/read_copies.h - what a Dockerfile copies from its context, as
 * it is written.
 *
 * COPY and ADD without --from, and RUN --mount=type=bind without from: here all
 * three are called copies. Those of an ONBUILD count where a stage of the same
 * file is built on the one that has it. Sources are expanded as BuildKit
 * does. One that depends on what is not known (an ARG without a default, ENV of
 * a base image) is kept as the directory in front of its first variable. */
#pragma once
#include "dockerfile/graph.h"

enum context_copy_kind { CONTEXT_COPY, CONTEXT_ADD, CONTEXT_MOUNT };

struct context_source {
	struct str path;    /* clean, below the root; empty: the root */
	struct str written; /* as it present in the Dockerfile */
	bool known;	    /* path is the same in every build */
	/* Another value of a variable would copy something else from here: the
	 * directory in front of the first variable. Empty: no variable, or
	 * none behind a directory. */
	struct str guard;
	struct str include; /* of --parents: a pattern below path; or empty */
};

/* "COPY . x" and the like, no wildcard, no variable. */
static inline bool context_copies_all(const struct context_source *s)
{
	return s->known && s->path.n == 0 && s->include.n == 0;
}

struct context_copy {
	enum context_copy_kind kind;
	const struct df_instr *in;
	uint32_t line; /* of the Dockerfile, from 1 */
	uint32_t stage;
	bool onbuild; /* inherited from the ONBUILD of a base stage */
	struct context_source *sources;
	size_t n;
	const struct str *excludes; /* of --exclude */
	size_t n_excludes;
};

struct context_copies {
	struct context_copy *v;
	size_t n, cap;
};

/* Those of every stage, in the order of the file. All is in the arena. */
must_check int context_read_copies(const struct dockerfile *df,
				   const struct df_graph *g,
				   const struct df_arg *args, size_t n_args,
				   struct arena *a, struct context_copies *out,
				   struct err *err);
/* Cleans a path by its text and keeps it below the root: "/a/../b/" gives "b",
 * and so does "../b". */
must_check int context_clean_path(struct str path, struct arena *a,
				  struct str *out, struct err *err);

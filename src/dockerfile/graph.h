/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/graph.h - stages, and what each needs of the others.
 *
 * As BuildKit resolves them: a name in FROM is looked for among the stages
 * before it, lower case against what is written; in --from= among all, in any
 * case, the last of a name; a number in COPY --from= is a stage. What is not
 * found is an image (or a named context). A stage called like an image hides
 * it. A stage may not be used before it stands: that is a problem of the
 * edge, and with it no cycle is left. */
#pragma once
#include "base/nearest.h"
#include "base/str_index.h"
#include "dockerfile/scope.h"

enum { DF_NO_STAGE = UINT32_MAX };

enum df_edge_kind { DF_EDGE_FROM, DF_EDGE_COPY, DF_EDGE_MOUNT };

enum df_edge_problem {
	DF_EDGE_OK,
	DF_EDGE_SELF,	  /* a stage copies from itself */
	DF_EDGE_FORWARD,  /* the stage comes later */
	DF_EDGE_NO_INDEX, /* there is no stage of this number */
	DF_EDGE_VARIABLE, /* --from= takes none */
};

struct df_edge {
	enum df_edge_kind kind;
	enum df_edge_problem problem;
	uint32_t to;	 /* a stage, or DF_NO_STAGE: an image */
	struct str name; /* as written, expanded for FROM */
	struct span at;	 /* of the name in the file */
	const struct df_instr *in;
	bool onbuild; /* fires from the stage it is built on */
};

struct df_stage {
	uint32_t index;
	struct str name;  /* lower case; empty: none */
	struct str image; /* FROM's word, expanded */
	bool image_known; /* false: it hangs on a value not given */
	bool is_scratch;
	uint32_t base; /* a stage, or DF_NO_STAGE */
	uint32_t root; /* the stage that its chain of bases begins with */
	/* Its place in an order in which the stages that stand on it, and it
	 * alone, are the n_above elements from its own on. */
	uint32_t order, n_above;
	uint32_t next;		     /* while the order is made */
	const struct df_instr *from; /* NULL: a file without FROM */
	uint32_t first, end;	     /* its instructions, FROM not among them */
	struct df_edge *edges;	     /* FROM's first */
	size_t n_edges, cap_edges;
	struct df_var *vars; /* at its end, the newest first */
};

struct df_graph {
	struct df_stage *stages;
	uint32_t n;
	struct str_index names;	  /* of stages, in lower case */
	struct str_index written; /* the same, as FROM has them */
	struct df_var *globals;
};

/* Everything is in the arena; df and args must outlive it. A file without
 * FROM has one stage without a base; what stands in front of the first FROM
 * and is no ARG belongs to no stage. -1: ERR_NOMEM, ERR_LIMIT. */
must_check int dockerfile_graph_read(const struct dockerfile *df,
				     const struct df_arg *args, size_t n_args,
				     struct arena *a, struct df_graph *out,
				     struct err *err);
/* The newest of the first n stages that has the name: as written against lower
 * case, or in any case. DF_NO_STAGE; an empty name is nobody's. */
uint32_t dockerfile_graph_find(const struct df_graph *g, uint32_t n,
			       struct str name, bool any_case);
/* One of the first n stages has the name, letter by letter. */
bool dockerfile_graph_has_written(const struct df_graph *g, uint32_t n,
				  struct str name);
/* The first edge of a line that is no trigger's; NULL: it has none. */
const struct df_edge *dockerfile_graph_edge_of(const struct df_graph *g,
					       const struct df_instr *in);
/* The stage --target names, in any case; empty: the last. DF_NO_STAGE. */
uint32_t dockerfile_graph_target(const struct df_graph *g, struct str target);
/* The name of one of the first n stages that may have been meant; of very many
 * (HINT_STAGES_MAX), the newest are tried. */
struct nearest_hint dockerfile_graph_hint(const struct df_graph *g, uint32_t n,
					  struct str name);
/* Sets needs[i] for every stage that building the target needs, ships[i] for
 * those whose layers are in the result. Both have g->n elements; either may
 * be NULL. */
void dockerfile_graph_reach(const struct df_graph *g, uint32_t target,
			    bool *needs, bool *ships);
/* The stage an instruction belongs to, or DF_NO_STAGE. */
uint32_t dockerfile_graph_stage_of(const struct df_graph *g, uint32_t instr);
/* The stage that the chain of bases below it begins with, itself if it has
 * none: the one whose FROM names an image. */
uint32_t dockerfile_graph_root(const struct df_graph *g, uint32_t stage);
/* It is that stage, or is built on it. */
bool dockerfile_graph_stands_on(const struct df_graph *g, uint32_t stage,
				uint32_t on);

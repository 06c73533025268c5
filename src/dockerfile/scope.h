/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/scope.h - which variables hold what at a place of a Dockerfile.
 *
 * An ARG before the first FROM is global: FROM lines see it, a stage only
 * after ARG name again. In a stage ARG and ENV set variables from their line
 * on; a stage built on another has the other's. What an image brings (its
 * ENV) is unknown here. Ten proxy names are known to RUN without an ARG but
 * not to expansion. */
#pragma once
#include "dockerfile/dockerfile.h"
#include "dockerfile/expand.h"
#include "dockerfile/var_tree.h"

/* --build-arg name=value, and the platform's arguments as far as known. */
struct df_arg {
	struct str name, value;
};

struct df_scope {
	struct arena *a;
	char escape;
	const struct df_arg *args;
	size_t n_args;
	struct df_var *vars;	/* of the stage, the newest first */
	struct df_var *globals; /* likewise */
	bool in_stage; /* platform arguments are not there without an ARG */
	size_t kept;   /* bytes of all values so far */
};

bool dockerfile_is_proxy(struct str name);
/* BUILDPLATFORM, TARGETARCH and the like: global, without an ARG. */
bool dockerfile_is_platform(struct str name);

/* Before the first FROM. */
void dockerfile_scope_init(struct df_scope *s, const struct dockerfile *df,
			   const struct df_arg *args, size_t n_args,
			   struct arena *a);
/* What an ARG in front of the first FROM adds. */
must_check int dockerfile_scope_global(struct df_scope *s,
				       const struct df_instr *arg,
				       struct err *err);
/* What an instruction of the stage adds: only ARG and ENV do. */
must_check int dockerfile_scope_apply(struct df_scope *s,
				      const struct df_instr *in,
				      struct err *err);
/* Puts v in front of a list; v->name stays where it is. */
must_check int dockerfile_scope_push(struct df_scope *s, struct df_var **list,
				     struct df_var v, struct err *err);
/* The newest variable of the name; NULL: not defined. */
const struct df_var *dockerfile_scope_find(const struct df_var *vars,
					   struct str name);
/* Appends the word's value with the given variables. 1: known; 0: it hangs on
 * a value that is not known, cannot be expanded, or is longer than EXPAND_MAX;
 * -1: ERR_NOMEM. */
must_check int dockerfile_scope_expand(const struct df_scope *s,
				       const struct df_var *vars,
				       struct str word, struct buf *out,
				       struct err *err);

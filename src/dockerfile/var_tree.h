/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/var_tree.h - variables by their names, each state of them kept.
 *
 * A tree that is never changed: putting a variable in gives a new one, which
 * shares all but the nodes above it (about 1.4 log2 n of them). So each line
 * has its own view, and finding a name in it takes as many steps. The trees are
 * balanced (AVL), whatever order of names somebody chooses. */
#pragma once
#include "base/arena.h"

struct df_instr;

enum df_var_origin { DF_VAR_ARG, DF_VAR_ENV, DF_VAR_GLOBAL, DF_VAR_PLATFORM };

struct df_var {
	struct str name;
	struct str value;
	bool set;   /* false: ARG name without any value */
	bool known; /* false: the value hangs on something not known here */
	enum df_var_origin origin;
	const struct df_instr *from;	/* NULL: given or predefined */
	struct df_var *older;		/* defined before */
	const struct df_var_tree *tree; /* it and those, by name */
};

struct df_var_tree {
	const struct df_var *var;
	const struct df_var_tree *left, *right; /* smaller names, greater */
	uint32_t height;
};

/* The tree with v in place of what has its name. NULL: err is set. */
const struct df_var_tree *dockerfile_var_put(const struct df_var_tree *t,
					     const struct df_var *v,
					     struct arena *a, struct err *err);
const struct df_var *dockerfile_var_get(const struct df_var_tree *t,
					struct str name);

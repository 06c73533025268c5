/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/var_tree.h"

static uint32_t height(const struct df_var_tree *t)
{
	return t ? t->height : 0;
}

static const struct df_var_tree *node(const struct df_var *v,
				      const struct df_var_tree *left,
				      const struct df_var_tree *right,
				      struct arena *a, struct err *err)
{
	struct df_var_tree *t = arena_alloc(a, sizeof *t, err);
	if (t)
		*t = (struct df_var_tree){
			v, left, right, MAX(height(left), height(right)) + 1
		};
	return t;
}

/* left became two levels higher than right: its left child goes up, or, where
 * that is the lower one, its right child, which its two halves are cut from.
 *
 *	   v		  l		   v		   m
 *	  / \		 / \		  / \		  / \
 *	 l   R	->	A   v		 l   R	->	 l   v
 *	/ \		   / \		/ \		/ \ / \
 *	A  B		  B   R		A  m		A  ..  R */
static const struct df_var_tree *lean_left(const struct df_var *v,
					   const struct df_var_tree *l,
					   const struct df_var_tree *right,
					   struct arena *a, struct err *err)
{
	const struct df_var_tree *m = l->right, *x, *y;
	if (height(l->left) >= height(m)) {
		y = node(v, m, right, a, err);
		return y ? node(l->var, l->left, y, a, err) : NULL;
	}
	x = node(l->var, l->left, m->left, a, err);
	y = x ? node(v, m->right, right, a, err) : NULL;
	return y ? node(m->var, x, y, a, err) : NULL;
}

static const struct df_var_tree *lean_right(const struct df_var *v,
					    const struct df_var_tree *left,
					    const struct df_var_tree *r,
					    struct arena *a, struct err *err)
{
	const struct df_var_tree *m = r->left, *x, *y;
	if (height(r->right) >= height(m)) {
		x = node(v, left, m, a, err);
		return x ? node(r->var, x, r->right, a, err) : NULL;
	}
	x = node(v, left, m->left, a, err);
	y = x ? node(r->var, m->right, r->right, a, err) : NULL;
	return y ? node(m->var, x, y, a, err) : NULL;
}

static const struct df_var_tree *join(const struct df_var *v,
				      const struct df_var_tree *left,
				      const struct df_var_tree *right,
				      struct arena *a, struct err *err)
{
	if (height(left) > height(right) + 1)
		return lean_left(v, left, right, a, err);
	if (height(right) > height(left) + 1)
		return lean_right(v, left, right, a, err);
	return node(v, left, right, a, err);
}

/* As deep as the tree is high: 1.44 log2 n, 30 for a million names. */
const struct df_var_tree *dockerfile_var_put(const struct df_var_tree *t,
					     const struct df_var *v,
					     struct arena *a, struct err *err)
{
	if (!t)
		return node(v, NULL, NULL, a, err);
	int d = str_cmp(v->name, t->var->name);
	if (d == 0)
		return node(v, t->left, t->right, a, err);
	const struct df_var_tree *side =
		dockerfile_var_put(d < 0 ? t->left : t->right, v, a, err);
	if (!side)
		return NULL;
	return d < 0 ? join(t->var, side, t->right, a, err)
		     : join(t->var, t->left, side, a, err);
}

const struct df_var *dockerfile_var_get(const struct df_var_tree *t,
					struct str name)
{
	while (t) {
		int d = str_cmp(name, t->var->name);
		if (d == 0)
			return t->var;
		t = d < 0 ? t->left : t->right;
	}
	return NULL;
}

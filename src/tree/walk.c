/* SPDX-License-Identifier: Apache-2.0 */
/* The final tree in preorder, names of a directory in byte order. The stack is
 * on the heap: names nest depth_max deep, as the image likes. A frame holds the
 * sorted children of one directory, so memory is that of the directories on the
 * way down, not of the tree. */
#include <stdlib.h>

#include "tree/internal.h"

struct walk_frame {
	uint32_t *children;
	uint32_t n, at;
};

static int compare_names(const void *a, const void *b, void *arg)
{
	const struct tree *t = arg;
	return str_cmp(node_name(t, *(const uint32_t *)a),
		       node_name(t, *(const uint32_t *)b));
}

/* Sorted here and not where names are made: a list is in the order of layers
 * and members, and only trees that are shown need another one. */
int tree_children(const struct tree *t, uint32_t node, uint32_t **v,
		  uint32_t *n, struct err *err)
{
	/* The list has those that died, too, and is in no order. */
	uint32_t count = 0;
	for (uint32_t c = t->nodes[node].child; c != TREE_NONE;
	     c = t->nodes[c].next)
		count += node_top(t, c) != NULL;
	uint32_t *list = NULL;
	if (count) {
		list = malloc(count * sizeof *list);
		if (!list)
			return err_nomem(err, count * sizeof *list);
	}
	uint32_t at = 0;
	for (uint32_t c = t->nodes[node].child; c != TREE_NONE;
	     c = t->nodes[c].next)
		if (node_top(t, c))
			list[at++] = c;
	if (count)
		qsort_r(list, count, sizeof *list, compare_names, (void *)t);
	*v = list;
	*n = count;
	return 0;
}

void tree_walk_begin(struct tree_walk *w, const struct tree *t)
{
	*w = (struct tree_walk){ .t = t };
}

static int push(struct tree_walk *w, uint32_t node, struct err *err)
{
	struct walk_frame f = { 0 };
	if (w->depth == w->cap) {
		uint32_t cap = w->cap * 2 + 16;
		void *p = realloc(w->stack, cap * sizeof *w->stack);
		if (!p)
			return err_nomem(err, cap * sizeof *w->stack);
		w->stack = p;
		w->cap = cap;
	}
	if (tree_children(w->t, node, &f.children, &f.n, err) < 0)
		return -1;
	w->stack[w->depth++] = f;
	return 0;
}

/* a, a/b, a/b/c, a/d: a directory is given before it is entered, so whoever
 * prints needs no look ahead. */
int tree_walk_next(struct tree_walk *w, uint32_t *node, struct err *err)
{
	if (!w->started) {
		w->started = true;
		*node = TREE_ROOT;
		return push(w, TREE_ROOT, err) < 0 ? -1 : 1;
	}
	while (w->depth) {
		struct walk_frame *f = &w->stack[w->depth - 1];
		if (f->at == f->n) {
			free(f->children);
			w->depth--;
			continue;
		}
		uint32_t next = f->children[f->at++];
		if (node_top(w->t, next)->type == TAR_DIR &&
		    push(w, next, err) < 0)
			return -1;
		*node = next;
		return 1;
	}
	return 0;
}

void tree_walk_done(struct tree_walk *w)
{
	while (w->depth)
		free(w->stack[--w->depth].children);
	free(w->stack);
	*w = (struct tree_walk){ 0 };
}

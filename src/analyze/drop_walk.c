/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/drop_walk.h"

#include <stdlib.h>

#include "analyze/drop_match.h"
#include "base/vec.h"

/* A directory may lie in several places at once (var/cache and var/cache/apk);
 * those beyond are not entered, and what they alone would take stays. */
enum { ACTIVE_MAX = 8 };

/* A place that the walk is in. */
struct active {
	const struct drop_place *at;
	uint32_t root;
};

/* A directory on the way from the root to where the walk stands. */
struct frame {
	uint32_t node;
	uint32_t n_active;
	struct active active[ACTIVE_MAX];
	bool guarded;
};

/* The walk goes depth first and keeps the directories above the node at hand. A
 * frame inherits the places of the one below it on the stack, so a name asks
 * the few places that it lies in, not all that were chosen:
 *
 *   /                     none
 *   /var/cache            none; places that begin deeper are found on the way
 *   /var/cache/apt        apt's place begins: the frame has it
 *   /var/cache/apt/x/y    inherited, unless the place is flat (PLACE_FLAT)
 *
 * A directory that the config needs makes its frame guarded, and all frames
 * above that one on the stack: nothing below it is marked. */
struct walk {
	struct drop_finder *f;
	struct frame *stack;
	uint32_t depth, cap_stack;
};

static const struct catalog_place *place_of(const struct active *a)
{
	return a->at->place;
}

/* Is the language of these translations in use? The name right below the place
 * tells it: usr/share/locale/pt_BR/LC_MESSAGES/x.mo is "pt". */
static bool is_spoken(const struct drop_finder *f, const struct active *a,
		      uint32_t node)
{
	while (tree_parent(f->t, node) != a->root)
		node = tree_parent(f->t, node);
	struct str language = analyze_language_of(tree_name(f->t, node));
	for (uint32_t i = 0; i < f->guard.n_languages; i++)
		if (str_eq(f->guard.languages[i], language))
			return true;
	return false;
}

static bool takes_type(const struct catalog_place *p, uint8_t type)
{
	return type == TAR_FILE || (!(p->flags & PLACE_FILES) &&
				    (type == TAR_SYMLINK || type == TAR_FIFO));
}

/* 1: the place takes a name that is no directory; 0. */
static int takes(const struct drop_finder *f, const struct active *a,
		 uint32_t node, struct err *err)
{
	const struct catalog_place *p = place_of(a);
	const struct tree_entry *ino = tree_inode(f->t, tree_top(f->t, node));
	struct str name = tree_name(f->t, node);
	if (!takes_type(p, ino->type) ||
	    (p->flags & PLACE_DEEP && tree_parent(f->t, node) == a->root) ||
	    catalog_glob_any(p->keep, name, true) ||
	    (p->take && !catalog_glob_any(p->take, name, false)))
		return 0;
	if (p->flags & PLACE_OWNED &&
	    (tree_meta(f->t, ino)->uid != 0 || tree_size(f->t, ino) == 0))
		return 0;
	if (p->flags & PLACE_LANGUAGE && is_spoken(f, a, node))
		return 0;
	return p->flags & PLACE_SOURCE ? analyze_has_source(f->t, node, err)
				       : 1;
}

/* A name that a place takes, unless a kept layer of the base stores it. */
static void take_name(struct drop_finder *f, const struct active *a,
		      uint32_t node)
{
	const struct tree_entry *e = tree_top(f->t, node);
	if (e->born >= f->n_base) {
		f->taken[node] = (uint8_t)(a->at->rule + 1);
		if (place_of(a)->flags & PLACE_DANGLE)
			f->flags[node] |= NODE_DANGLES;
		return;
	}
	uint64_t bytes = tree_is_link(e) ? 0 : tree_payload(f->t, e);
	drop_add_sum(&f->out->base_by_rule[a->at->rule], bytes);
	drop_add_sum(&f->out->base, bytes);
}

static int visit_name(struct drop_finder *f, const struct frame *top,
		      uint32_t node, struct err *err)
{
	for (uint32_t i = 0; i < top->n_active; i++) {
		int r = takes(f, &top->active[i], node, err);
		if (r < 0)
			return -1;
		if (r > 0) {
			take_name(f, &top->active[i], node);
			return 0;
		}
	}
	return 0;
}

/* The layer that made the directory: later layers may have declared it again,
 * for its mode or as a parent, which makes it none of theirs. One that is the
 * base's stays, as its entry does. */
static uint16_t birth_layer(const struct tree *t, const struct tree_entry *e)
{
	return tree_birth(t, e)->born;
}

/* Places that begin at a directory. */
static int enter_places(struct drop_finder *f, struct frame *own,
			struct err *err)
{
	for (uint32_t i = 0; i < f->n_places; i++) {
		const struct drop_place *p = &f->places[i];
		int r = analyze_is_place_root(p->place, f->t, own->node, err);
		if (r < 0)
			return -1;
		if (r && own->n_active < ACTIVE_MAX)
			own->active[own->n_active++] =
				(struct active){ p, own->node };
	}
	return 0;
}

/* May the directory go when it is empty? Told by the rules of the place. */
static void mark_dir(struct drop_finder *f, const struct frame *own,
		     const struct frame *parent)
{
	const struct tree_entry *e = tree_top(f->t, own->node);
	if (own->guarded || birth_layer(f->t, e) < f->n_base)
		return;
	for (uint32_t i = 0; i < own->n_active; i++) {
		const struct active *a = &own->active[i];
		const struct catalog_place *p = place_of(a);
		bool is_root = a->root == own->node;
		if (!(p->flags & (is_root ? PLACE_ROOT : PLACE_DIRS)) ||
		    (p->flags & PLACE_DEEP && a->root == parent->node) ||
		    catalog_glob_any(p->keep, tree_name(f->t, own->node), true))
			continue;
		f->taken[own->node] = (uint8_t)(a->at->rule + 1);
		return;
	}
}

static int visit_dir(struct walk *w, const struct frame *parent, uint32_t node,
		     struct err *err)
{
	struct drop_finder *f = w->f;
	struct frame own = { .node = node,
			     .guarded = parent && parent->guarded };
	for (uint32_t i = 0; parent && i < parent->n_active; i++) {
		const struct active *a = &parent->active[i];
		if (!(place_of(a)->flags & PLACE_FLAT))
			own.active[own.n_active++] = *a;
		/* A whole file system is no place to guard a part of. */
		if (f->guard.marks[node] == GUARD_DIR && a->root != TREE_ROOT)
			own.guarded = true;
	}
	if (enter_places(f, &own, err) < 0)
		return -1;
	if (parent)
		mark_dir(f, &own, parent);
	if (vec_room((void **)&w->stack, w->depth, &w->cap_stack,
		     sizeof *w->stack, err) < 0)
		return -1;
	w->stack[w->depth++] = own;
	return 0;
}

/* The stack holds the directories from the root to the node at hand: those that
 * are no parents of it are popped. The walk goes depth first. */
static int visit(struct walk *w, uint32_t node, struct err *err)
{
	struct drop_finder *f = w->f;
	uint32_t up = tree_parent(f->t, node);
	if (vec_room((void **)&f->order, f->n_order, &f->cap_order,
		     sizeof *f->order, err) < 0)
		return -1;
	f->order[f->n_order++] = node;
	if (node == TREE_ROOT)
		return visit_dir(w, NULL, node, err);
	while (w->stack[w->depth - 1].node != up)
		w->depth--;
	const struct frame top = w->stack[w->depth - 1];
	if (tree_top(f->t, node)->type == TAR_DIR)
		return visit_dir(w, &top, node, err);
	if (top.guarded || f->guard.marks[node])
		return 0;
	return visit_name(f, &top, node, err);
}

static void walk_done(struct walk *w)
{
	free(w->stack);
}

int analyze_walk_drops(struct drop_finder *f, struct err *err)
{
	scoped(walk_done) struct walk w = { .f = f };
	scoped(tree_walk_done) struct tree_walk nodes;
	uint32_t node;
	int r;
	tree_walk_begin(&nodes, f->t);
	while ((r = tree_walk_next(&nodes, &node, err)) > 0)
		if (visit(&w, node, err) < 0)
			return -1;
	return r;
}

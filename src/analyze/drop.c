/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/drop.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyze/drop_guard.h"
#include "analyze/drop_match.h"
#include "analyze/lookup.h"
#include "analyze/packages.h"
#include "base/nearest.h"
#include "base/vec.h"

/* How the names to drop are found, in four passes over the live nodes:
 *
 *   walk          marks each name that a place takes, and the directories that
 *                 may go when they are empty (taken = rule + 1)
 *   save_targets  unmarks what a symlink that stays leads to
 *   settle_dirs   unmarks directories in which something is left
 *   list_dropped  lists what is still marked, and the bytes
 *
 * Example, rule "tmp" (place tmp), /app/log a symlink to /tmp/log:
 *
 *   /tmp/a, /tmp/d/b, /tmp/log marked, /tmp/d marked as a directory
 *   /app/log stays and leads to /tmp/log: unmarked
 *   /tmp/d has lost all it had: it goes; /tmp is the place itself: it stays
 *
 * PASSES_MAX: how long a chain of symlinks is that saves what it leads to. */
enum { ACTIVE_MAX = 8, PASSES_MAX = 40 };

/* A place of a rule that the user named. */
struct drop_place {
	const struct catalog_place *place;
	uint32_t rule;
};

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

enum {
	NODE_DANGLES = 1 << 0, /* links may lead to it, and then nowhere */
	NODE_SAVED = 1 << 1,   /* a link that stays leads there */
};

struct finder {
	const struct loaded_image *li;
	const struct tree *t;
	const struct catalog_drop *rules[DROP_RULES_MAX];
	struct drop_place places[DROP_PLACES_MAX]; /* by rule */
	uint32_t n_places;
	uint32_t n_base;
	struct dropping *out;
	struct drop_guard guard;
	struct package_db packages;
	struct frame *stack;
	uint32_t depth, cap_stack;
	uint32_t *order; /* live nodes, parents first */
	uint32_t n_order, cap_order;
	uint8_t *taken; /* node -> rule + 1: it goes, or may when empty */
	uint8_t *flags; /* node -> NODE_ flags */
};

void dropping_done(struct dropping *d)
{
	free(d->v);
	free(d->nodes);
	arena_done(&d->arena);
	*d = (struct dropping){ 0 };
}

static void finder_done(struct finder *f)
{
	drop_guard_done(&f->guard);
	package_db_done(&f->packages);
	free(f->stack);
	free(f->order);
	free(f->taken);
	free(f->flags);
}

int drop_select(struct str name, uint64_t *rules, struct err *err)
{
	struct catalog_at at = { 0 };
	const struct catalog_drop *d;
	bool found = false;
	char word[64];
	snprintf(word, sizeof word, "%.*s", STR_ARG(name));
	struct nearest near = nearest_to(word);
	for (size_t k = 0; k < ARRAY_LEN(catalog_presets); k++)
		nearest_try(&near, catalog_presets[k].name);
	for (uint64_t bit = 1; (d = catalog_next_drop(&at)); bit <<= 1) {
		nearest_try(&near, d->name);
		bool is = str_eqz(name, d->name);
		for (size_t k = 0; k < ARRAY_LEN(catalog_presets); k++)
			is |= str_eqz(name, catalog_presets[k].name) &&
			      d->presets & catalog_presets[k].bit;
		if (is)
			*rules |= bit;
		found |= is;
	}
	if (found)
		return 0;
	return err_set(err, ERR_USAGE,
		       "no rule \"%s\"%s; --drop-list shows all of them",
		       str_quoted(name).text, nearest_hint(&near, "").text);
}

/* The places of one rule, in the order of the catalogue. */
static void choose_places(struct finder *f, uint32_t rule)
{
	struct catalog_at at = { 0 };
	const struct catalog_place *p;
	while ((p = catalog_next_place(&at)))
		if (catalog_drop_takes(f->rules[rule], p)) {
			assert(f->n_places < DROP_PLACES_MAX);
			f->places[f->n_places++] =
				(struct drop_place){ p, rule };
		}
}

static void choose_rules(struct finder *f, uint64_t bits)
{
	struct catalog_at at = { 0 };
	const struct catalog_drop *d;
	for (uint32_t i = 0; (d = catalog_next_drop(&at)); i++) {
		assert(i < DROP_RULES_MAX);
		f->rules[i] = d;
		if (bits >> i & 1)
			choose_places(f, i);
	}
}

static const struct catalog_place *place_of(const struct active *a)
{
	return a->at->place;
}

/* Is the language of the translations that lie at this name in use? */
static bool is_spoken(const struct finder *f, const struct active *a,
		      uint32_t node)
{
	while (tree_parent(f->t, node) != a->root)
		node = tree_parent(f->t, node);
	struct str language = drop_language(tree_name(f->t, node));
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
static int takes(const struct finder *f, const struct active *a, uint32_t node,
		 struct err *err)
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
	return p->flags & PLACE_SOURCE ? drop_has_source(f->t, node, err) : 1;
}

static void add_sum(struct drop_sum *s, uint64_t bytes)
{
	s->names++;
	s->bytes += bytes;
}

/* A name that a place takes, unless a kept layer of the base stores it. */
static void take_name(struct finder *f, const struct active *a, uint32_t node)
{
	const struct tree_entry *e = tree_top(f->t, node);
	if (e->born >= f->n_base) {
		f->taken[node] = (uint8_t)(a->at->rule + 1);
		if (place_of(a)->flags & PLACE_DANGLE)
			f->flags[node] |= NODE_DANGLES;
		return;
	}
	uint64_t bytes = tree_is_link(e) ? 0 : tree_payload(f->t, e);
	add_sum(&f->out->base_by_rule[a->at->rule], bytes);
	add_sum(&f->out->base, bytes);
}

static int visit_name(struct finder *f, const struct frame *top, uint32_t node,
		      struct err *err)
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

/* The layer that made the directory that stands there. */
static uint16_t birth_layer(const struct tree *t, const struct tree_entry *e)
{
	return tree_birth(t, e)->born;
}

/* Places that begin at a directory. */
static int enter_places(struct finder *f, struct frame *own, struct err *err)
{
	for (uint32_t i = 0; i < f->n_places; i++) {
		const struct drop_place *p = &f->places[i];
		int r = drop_is_root(p->place, f->t, own->node, err);
		if (r < 0)
			return -1;
		if (r && own->n_active < ACTIVE_MAX)
			own->active[own->n_active++] =
				(struct active){ p, own->node };
	}
	return 0;
}

/* May the directory go when it is empty? Told by the rules of the place. */
static void mark_dir(struct finder *f, const struct frame *own,
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

static int visit_dir(struct finder *f, const struct frame *parent,
		     uint32_t node, struct err *err)
{
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
	if (vec_room((void **)&f->stack, f->depth, &f->cap_stack,
		     sizeof *f->stack, err) < 0)
		return -1;
	f->stack[f->depth++] = own;
	return 0;
}

/* The stack holds the directories from the root to the node at hand: those that
 * are no parents of it are popped. The walk goes depth first. */
static int visit(struct finder *f, uint32_t node, struct err *err)
{
	uint32_t up = tree_parent(f->t, node);
	if (vec_room((void **)&f->order, f->n_order, &f->cap_order,
		     sizeof *f->order, err) < 0)
		return -1;
	f->order[f->n_order++] = node;
	if (node == TREE_ROOT)
		return visit_dir(f, NULL, node, err);
	while (f->stack[f->depth - 1].node != up)
		f->depth--;
	const struct frame top = f->stack[f->depth - 1];
	if (tree_top(f->t, node)->type == TAR_DIR)
		return visit_dir(f, &top, node, err);
	if (top.guarded || f->guard.marks[node])
		return 0;
	return visit_name(f, &top, node, err);
}

static int walk(struct finder *f, struct err *err)
{
	scoped(tree_walk_done) struct tree_walk w;
	uint32_t node;
	int r;
	tree_walk_begin(&w, f->t);
	while ((r = tree_walk_next(&w, &node, err)) > 0)
		if (visit(f, node, err) < 0)
			return -1;
	return r;
}

/* What a symlink that stays leads to stays as well. 1: that is new. Where a rule
 * says so (PLACE_DANGLE), the symlink is left dangling instead: a cache that is
 * named from elsewhere is still a cache. */
static int save_target(struct finder *f, uint32_t link, struct err *err)
{
	uint32_t to;
	if (lookup_target(f->t, link, &to, err) < 0)
		return -1;
	if (to == TREE_NONE || !f->taken[to] || f->flags[to] & NODE_DANGLES)
		return 0;
	f->taken[to] = 0;
	f->flags[to] |= NODE_SAVED;
	return 1;
}

/* What lies in a directory that is saved is saved. */
static void save_below(struct finder *f)
{
	for (uint32_t i = 1; i < f->n_order; i++) {
		uint32_t node = f->order[i];
		uint8_t above = f->flags[tree_parent(f->t, node)];
		if (!(above & NODE_SAVED))
			continue;
		f->flags[node] |= NODE_SAVED;
		f->taken[node] = 0;
	}
}

/* A symlink that is saved may lead to another one, which then stays as well: each
 * pass follows one step of all chains. Past PASSES_MAX a chain is longer than
 * the kernel follows (40), so what it leads to cannot be reached by it. */
static int save_targets(struct finder *f, struct err *err)
{
	bool saved = true;
	for (int pass = 0; saved && pass < PASSES_MAX; pass++) {
		saved = false;
		for (uint32_t i = 0; i < f->n_order; i++) {
			uint32_t node = f->order[i];
			if (f->taken[node] ||
			    tree_top(f->t, node)->type != TAR_SYMLINK)
				continue;
			int r = save_target(f, node, err);
			if (r < 0)
				return -1;
			saved |= r > 0;
		}
		if (saved)
			save_below(f);
	}
	return 0;
}

/* Children first: a directory goes when something in it did and nothing is
 * left. */
static int settle_dirs(struct finder *f, struct err *err)
{
	struct counts {
		uint32_t gone, left;
	} *c = calloc(tree_n_nodes(f->t), sizeof *c);
	if (!c)
		return err_nomem(err, tree_n_nodes(f->t) * sizeof *c);
	for (uint32_t i = f->n_order; i-- > 1;) {
		uint32_t node = f->order[i], up = tree_parent(f->t, node);
		bool is_dir = tree_top(f->t, node)->type == TAR_DIR;
		if (is_dir && (c[node].gone == 0 || c[node].left ||
			       f->packages.owner[node]))
			f->taken[node] = 0;
		if (f->taken[node])
			c[up].gone++;
		else
			c[up].left++;
	}
	free(c);
	return 0;
}

static int add_dropped(struct finder *f, uint32_t node, uint64_t bytes,
		       struct err *err)
{
	struct dropping *out = f->out;
	uint32_t rule = f->taken[node] - 1u;
	uint32_t package = f->packages.check[node];
	const struct package_name *name = &f->packages.names[package];
	struct dropped *d = &out->v[out->n];
	*d = (struct dropped){ node, f->rules[rule], bytes, { 0 } };
	out->nodes[out->n++] = node;
	add_sum(&out->by_rule[rule], bytes);
	add_sum(&out->all, bytes);
	if (package == 0)
		return 0;
	out->n_missed[name->number]++;
	return arena_str(&out->arena, name->text, &d->owner, err);
}

static void free_ids(uint32_t **v)
{
	free(*v);
}

/* The payload of a file goes with the last of its names. */
static int list_dropped(struct finder *f, struct err *err)
{
	const struct tree *t = f->t;
	scoped(free_ids) uint32_t *gone =
		calloc(tree_n_entries(t), sizeof *gone);
	f->out->v = calloc((size_t)f->n_order + 1, sizeof *f->out->v);
	f->out->nodes = calloc((size_t)f->n_order + 1, sizeof *f->out->nodes);
	if (!gone || !f->out->v || !f->out->nodes)
		return err_nomem(err, f->n_order * sizeof *f->out->v);
	for (uint32_t i = 0; i < f->n_order; i++) {
		uint32_t node = f->order[i];
		if (!f->taken[node])
			continue;
		const struct tree_entry *ino = tree_inode(t, tree_top(t, node));
		uint32_t n = ++gone[tree_id(t, ino)];
		bool last =
			ino->type == TAR_FILE && n == tree_fate(t, ino).n_names;
		if (add_dropped(f, node, last ? tree_payload(t, ino) : 0, err) <
		    0)
			return -1;
	}
	return 0;
}

static bool takes_any(const struct finder *f)
{
	for (uint32_t i = 0; i < f->n_order; i++)
		if (f->taken[f->order[i]])
			return true;
	return false;
}

int drop_find(const struct loaded_image *li, uint64_t rules, uint32_t n_base,
	      struct dropping *out, struct err *err)
{
	scoped(dropping_done) struct dropping d = { 0 };
	scoped(finder_done) struct finder f = {
		.li = li, .t = li->tree, .n_base = n_base, .out = &d
	};
	choose_rules(&f, rules);
	f.taken = calloc(tree_n_nodes(f.t), 1);
	f.flags = calloc(tree_n_nodes(f.t), 1);
	if (!f.taken || !f.flags)
		return err_nomem(err, tree_n_nodes(f.t));
	if (drop_guard_read(li, &f.guard, err) < 0 || walk(&f, err) < 0)
		return -1;
	if (takes_any(&f) &&
	    (package_db_read(li, &f.packages, err) < 0 ||
	     save_targets(&f, err) < 0 || settle_dirs(&f, err) < 0 ||
	     list_dropped(&f, err) < 0))
		return -1;
	memcpy(d.unread, f.packages.unread, sizeof d.unread);
	*out = d;
	d = (struct dropping){ 0 };
	return 0;
}

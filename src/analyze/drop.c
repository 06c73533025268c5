/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/drop.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyze/drop_walk.h"
#include "analyze/lookup.h"
#include "base/nearest.h"

/* How the names to drop are found, in four passes over the live nodes:
 *
 *   the walk      (drop_walk.h) marks each name that a place takes, and the
 *                 directories that may go when empty (taken = rule + 1)
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
enum { PASSES_MAX = 40 };

void analyze_drops_done(struct dropping *d)
{
	free(d->v);
	free(d->nodes);
	arena_done(&d->arena);
	*d = (struct dropping){ 0 };
}

static void finder_done(struct drop_finder *f)
{
	analyze_drop_guard_done(&f->guard);
	analyze_package_db_done(&f->packages);
	free(f->order);
	free(f->taken);
	free(f->flags);
}

int analyze_select_drop(struct str name, uint64_t *rules, struct err *err)
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
static void choose_places(struct drop_finder *f, uint32_t rule)
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

static void choose_rules(struct drop_finder *f, uint64_t bits)
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

/* What a symlink that stays leads to stays as well. 1: that is new. Where a
 * rule says so (PLACE_DANGLE), the symlink is left dangling instead: a cache
 * that is named from elsewhere is still a cache. */
static int save_target(struct drop_finder *f, uint32_t link, struct err *err)
{
	uint32_t to;
	if (analyze_find_target(f->t, link, &to, err) < 0)
		return -1;
	if (to == TREE_NONE || !f->taken[to] || f->flags[to] & NODE_DANGLES)
		return 0;
	f->taken[to] = 0;
	f->flags[to] |= NODE_SAVED;
	return 1;
}

/* What lies in a directory that is saved is saved. */
static void save_below(struct drop_finder *f)
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

/* A symlink that is saved may lead to another one, which then stays as well:
 * each pass follows one step of all chains. Past PASSES_MAX a chain is longer
 * than the kernel follows (40), so what it leads to cannot be reached by it. */
static int save_targets(struct drop_finder *f, struct err *err)
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
static int settle_dirs(struct drop_finder *f, struct err *err)
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

static int add_dropped(struct drop_finder *f, uint32_t node, uint64_t bytes,
		       struct err *err)
{
	struct dropping *out = f->out;
	uint32_t rule = f->taken[node] - 1u;
	uint32_t package = f->packages.check[node];
	const struct package_name *name = &f->packages.names[package];
	struct dropped *d = &out->v[out->n];
	*d = (struct dropped){ node, f->rules[rule], bytes, { 0 } };
	out->nodes[out->n++] = node;
	drop_add_sum(&out->by_rule[rule], bytes);
	drop_add_sum(&out->all, bytes);
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
static int list_dropped(struct drop_finder *f, struct err *err)
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

static bool takes_any(const struct drop_finder *f)
{
	for (uint32_t i = 0; i < f->n_order; i++)
		if (f->taken[f->order[i]])
			return true;
	return false;
}

int analyze_find_drops(const struct loaded_image *li, uint64_t rules,
		       uint32_t n_base, struct dropping *out, struct err *err)
{
	scoped(analyze_drops_done) struct dropping d = { 0 };
	scoped(finder_done) struct drop_finder f = {
		.li = li, .t = li->tree, .n_base = n_base, .out = &d
	};
	choose_rules(&f, rules);
	f.taken = calloc(tree_n_nodes(f.t), 1);
	f.flags = calloc(tree_n_nodes(f.t), 1);
	if (!f.taken || !f.flags)
		return err_nomem(err, tree_n_nodes(f.t));
	if (analyze_read_drop_guard(li, &f.guard, err) < 0 ||
	    analyze_walk_drops(&f, err) < 0)
		return -1;
	if (takes_any(&f) &&
	    (analyze_read_package_db(li, &f.packages, err) < 0 ||
	     save_targets(&f, err) < 0 || settle_dirs(&f, err) < 0 ||
	     list_dropped(&f, err) < 0))
		return -1;
	memcpy(d.unread, f.packages.unread, sizeof d.unread);
	*out = d;
	d = (struct dropping){ 0 };
	return 0;
}

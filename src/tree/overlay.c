/* SPDX-License-Identifier: Apache-2.0 */
/* Written from the rules of the kernel
 * (Documentation/filesystems/overlayfs.rst, "Merged directories", "whiteouts
 * and opaque directories"), not from merge.c: the proof holds the two against
 * each other, so they must not share a mistake. What is taken from the tree is
 * what a single layer holds, a name's versions and its markers.
 *
 * Per node it takes one step a version from the highest down to the lowest
 * layer of its parent, so O(entries) in all.
 *
 *	0	d/x	1	d/.wh.x		2	d/y
 *	d	versions in 2, 1, 0, all directories: span 0 to 2
 *	d/x	from the top: marker in 1 before the version in 0, and d is
 *		merged: nothing
 *	with layer 2 left out and no d in 0: d is [1, 1], not merged, and
 *	the marker is a ghost */
#include "tree/overlay.h"

#include <stdlib.h>

#include "base/vec.h"
#include "tree/internal.h"

/* A value of `low` that is not a layer number: the node is not shown, and `high`
 * is the layer of its ghost, or NO_LAYER as well where there is none. */
enum { NO_LAYER = UINT16_MAX };

void tree_overlay_done(struct overlay *o)
{
	free(o->spans);
	*o = (struct overlay){ 0 };
}

static void free_layers(uint16_t **v)
{
	free(*v);
}

/* The highest layer that has a marker of a node in its directory, + 1: it ends
 * the search, so lower ones do not matter. */
static int find_markers(const struct tree *t, uint32_t n_layers, uint16_t **out,
			struct err *err)
{
	*out = calloc(t->n_nodes, sizeof **out);
	if (!*out)
		return err_nomem(err, t->n_nodes * sizeof **out);
	for (uint32_t i = 0; i < t->n_markers; i++) {
		const struct tree_marker *m = &t->markers[i];
		if (m->what != MARKER_COVERED && m->layer < n_layers)
			(*out)[m->node] = (uint16_t)(m->layer + 1);
	}
	return 0;
}

static uint32_t newest(const struct overlay *o, uint32_t node)
{
	const struct tree *t = o->t;
	uint32_t v = t->nodes[node].top;
	while (v != TREE_NONE && t->entries[v].e.born >= o->n_layers)
		v = t->entries[v].older;
	return v;
}

static bool is_dir(const struct overlay *o, uint32_t node)
{
	return node == TREE_ROOT ||
	       (o->spans[node].low != NO_LAYER &&
		o->t->entries[newest(o, node)].e.type == TAR_DIR);
}

/* Looks a name up in the layers of its parent, from the top, as ovl_lookup of
 * the kernel does: a marker ends the search, a non-directory does, a directory
 * is united with those below it. marker: the layer of its highest
 * one, or -1. */
static struct overlay_span look_up(const struct overlay *o, uint32_t node,
				   int marker)
{
	const struct tree *t = o->t;
	uint32_t parent = t->nodes[node].parent;
	struct overlay_span in = o->spans[parent],
			    span = { NO_LAYER, NO_LAYER };
	if (!is_dir(o, parent))
		return span;
	for (uint32_t v = newest(o, node);; v = t->entries[v].older) {
		int version = v == TREE_NONE ? -1 : t->entries[v].e.born;
		if (MAX(version, marker) < in.low)
			return span;
		/* The marker comes first from the top. In a merged parent it
		 * is filtered out; in one of a single layer readdir lists it:
		 * a ghost, unless a higher layer has the name. */
		if (marker > version) {
			bool merged = parent == TREE_ROOT || in.low < in.high;
			if (span.low == NO_LAYER && !merged)
				span.high = (uint16_t)marker;
			return span;
		}
		/* A non-directory below a directory ends the union and is not
		 * part of it. */
		bool dir = t->entries[v].e.type == TAR_DIR;
		if (span.low != NO_LAYER && !dir)
			return span;
		span.low = (uint16_t)version;
		if (span.high == NO_LAYER)
			span.high = span.low;
		/* Of its own layer a directory's marker is the opaque one. */
		if (!dir || marker == version)
			return span;
	}
}

int tree_overlay_mount(const struct tree *t, uint32_t n_layers,
		       struct overlay *out, struct err *err)
{
	scoped(free_layers) uint16_t *markers = NULL;
	scoped(tree_overlay_done) struct overlay o = { .t = t,
						       .n_layers = n_layers };
	o.spans = calloc(t->n_nodes, sizeof *o.spans);
	if (!o.spans)
		return err_nomem(err, t->n_nodes * sizeof *o.spans);
	if (find_markers(t, n_layers, &markers, err) < 0)
		return -1;
	/* A parent's id is lower than its children's. */
	for (uint32_t i = 0; i < t->n_nodes; i++) {
		if (i == TREE_ROOT)
			o.spans[i].high =
				(uint16_t)(n_layers ? n_layers - 1 : 0);
		else
			o.spans[i] = look_up(&o, i, markers[i] - 1);
	}
	*out = o;
	o = (struct overlay){ 0 };
	return 0;
}

enum overlay_what tree_overlay_at(const struct overlay *o, uint32_t node,
				  uint16_t *layer)
{
	struct overlay_span s = o->spans[node];
	if (s.high == NO_LAYER)
		return OVERLAY_NOTHING;
	*layer = s.high;
	if (s.low == NO_LAYER)
		return OVERLAY_GHOST;
	return is_dir(o, node) ? OVERLAY_DIR : OVERLAY_OTHER;
}

const struct tree_entry *tree_overlay_entry(const struct overlay *o,
					    uint32_t node)
{
	return &o->t->entries[newest(o, node)].e;
}

/* The note of a layer's ghosts, made when there is none; of[layer] is its
 * place + 1. */
static int ghosts_of(struct tree *t, uint16_t layer, uint32_t *of,
		     struct engine_note **out, struct err *err)
{
	if (!of[layer]) {
		if (vec_room((void **)&t->notes, t->n_notes, &t->cap_notes,
			     sizeof *t->notes, err) < 0)
			return -1;
		t->notes[t->n_notes++] = (struct engine_note){
			.what = ENGINE_GHOST,
			.layer = layer,
		};
		of[layer] = t->n_notes;
	}
	*out = &t->notes[of[layer] - 1];
	return 0;
}

static void free_places(uint32_t **v)
{
	free(*v);
}

int tree_overlay_note_ghosts(struct tree *t, struct err *err)
{
	scoped(tree_overlay_done) struct overlay o = { 0 };
	struct engine_note *note;
	uint16_t layer;
	if (t->n_markers == 0)
		return 0;
	scoped(free_places) uint32_t *of = calloc(t->n_layers, sizeof *of);
	if (!of)
		return err_nomem(err, t->n_layers * sizeof *of);
	if (tree_overlay_mount(t, t->n_layers, &o, err) < 0)
		return -1;
	for (uint32_t i = 0; i < t->n_nodes; i++) {
		if (tree_overlay_at(&o, i, &layer) != OVERLAY_GHOST)
			continue;
		if (ghosts_of(t, layer, of, &note, err) < 0)
			return -1;
		note->count++;
		if (note->n_nodes < ENGINE_PATHS_MAX)
			note->nodes[note->n_nodes++] = i;
	}
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The algorithm is stale.h's: each marker has a witness, which only moves down.
 * What makes one pass enough is the order of the markers by rising layer: when
 * a marker is looked at, the fates of all layers below its own are settled, and
 * a witness is always below. */
#include "shrink/stale.h"

#include <stdlib.h>

/* What a layer has, to tell one that is nothing but stale markers. */
struct stale_layer {
	bool shows;  /* a name of the final tree */
	bool hides;  /* by a marker that has a witness */
	bool marked; /* has a marker at all */
};

void shrink_stale_done(struct stale *s)
{
	free(s->witness);
	free(s->sum);
	*s = (struct stale){ 0 };
}

int shrink_stale_init(struct stale *s, const struct ranges *r, uint32_t least,
		      uint32_t end, struct err *err)
{
	const struct tree *t = r->t;
	uint32_t layer;
	*s = (struct stale){ .r = r, .least = least, .end = end };
	s->witness = calloc((size_t)tree_n_markers(t) + 1, sizeof *s->witness);
	s->sum = calloc((size_t)tree_n_layers(t) + 1, sizeof *s->sum);
	if (!s->witness || !s->sum)
		return err_nomem(err, tree_n_markers(t) * sizeof *s->witness);
	for (uint32_t i = 0; i < tree_n_markers(t); i++) {
		const struct tree_marker *m = tree_marker(t, i);
		s->witness[i] =
			m->below == TREE_NONE ? NULL : tree_entry(t, m->below);
		s->sum[m->layer].marked = true;
	}
	for (uint32_t i = 0; i < tree_n_entries(t); i++)
		if (shrink_shown_range(r, i, &layer))
			s->sum[layer].shows = true;
	return 0;
}

/* By range: a source layer is chosen when the range it is in is. */
static bool is_chosen(const struct stale *s, uint16_t layer)
{
	return layer_is_chosen(range_of(s->r, layer));
}

/* Does a kept layer below a marker's have what it hides? */
static bool has_witness(struct stale *s, uint32_t marker)
{
	const struct tree_entry **at = &s->witness[marker];
	while (*at && is_chosen(s, (*at)->born))
		*at = tree_continued(s->r->t, *at);
	return *at != NULL;
}

/* Is a whiteout of no use where it stands? MARKER_CUT stands below an opaque
 * directory of its own layer, which hides all that the whiteout would. */
static bool is_stale_whiteout(struct stale *s, uint32_t marker)
{
	switch ((enum marker_what)tree_marker(s->r->t, marker)->what) {
	case MARKER_WHITEOUT:
		return !has_witness(s, marker);
	case MARKER_CUT:
		return true;
	case MARKER_OPAQUE:
	case MARKER_COVERED:
		break;
	}
	return false;
}

/* An opaque marker is never seen: one that hid nothing from the start is left
 * alone, builders make them without need. */
static bool came_to_hide_nothing(struct stale *s, uint32_t marker)
{
	const struct tree_marker *m = tree_marker(s->r->t, marker);
	return m->what == MARKER_OPAQUE && m->below != TREE_NONE &&
	       !has_witness(s, marker);
}

/* The layer is written without the marker, if nothing needs that: items.c
 * decides what a chosen layer holds. */
static void choose(const struct stale *s, uint16_t layer)
{
	s->r->v[s->r->of[layer]].fate = LAYER_REWRITTEN;
}

/* A name beside its own whiteout, an opaque root: engines show what is below,
 * and that has changed. */
static bool lets_change_through(const struct stale *s, uint32_t marker,
				uint32_t lowest)
{
	const struct tree_marker *m = tree_marker(s->r->t, marker);
	return m->layer > lowest &&
	       (m->what == MARKER_COVERED ||
		(m->what == MARKER_OPAQUE && m->node == TREE_ROOT));
}

/* Above the lowest layer that changes, what lies below a marker may be another
 * tree than the source's. */
static uint32_t lowest_chosen(const struct stale *s)
{
	uint32_t i = s->least;
	while (i < s->end && !is_chosen(s, (uint16_t)i))
		i++;
	return i;
}

bool shrink_stale_choose(struct stale *s)
{
	const struct tree *t = s->r->t;
	uint32_t lowest = lowest_chosen(s);
	bool chosen = false;
	for (uint32_t i = 0; i < tree_n_markers(t); i++) {
		uint16_t layer = tree_marker(t, i)->layer;
		if (layer < s->least || is_chosen(s, layer))
			continue;
		s->sum[layer].hides |= has_witness(s, i);
		if (!is_stale_whiteout(s, i) && !came_to_hide_nothing(s, i) &&
		    !lets_change_through(s, i, lowest))
			continue;
		choose(s, layer);
		lowest = MIN(lowest, layer);
		chosen = true;
	}
	/* A layer of nothing else vanishes: rewritten, it has no items. */
	for (uint32_t i = s->least; i < s->end; i++) {
		const struct stale_layer *l = &s->sum[i];
		if (is_chosen(s, (uint16_t)i) || !l->marked || l->shows ||
		    l->hides)
			continue;
		choose(s, (uint16_t)i);
		chosen = true;
	}
	return chosen;
}

/* A stale whiteout in a layer that must stay (the base's) is listed by overlay
 * when its directory is of that layer alone. In the source it was merged; so
 * the layers that merged it keep an entry of the directory, though nothing else
 * of theirs lives in it. */
int shrink_stale_guard(struct stale *s, uint8_t **guarded, struct err *err)
{
	const struct tree *t = s->r->t;
	for (uint32_t i = 0; i < tree_n_markers(t); i++) {
		const struct tree_marker *m = tree_marker(t, i);
		uint32_t dir = tree_parent(t, m->node);
		const struct tree_entry *e = tree_top(t, dir);
		if (dir == TREE_ROOT || !e || e->type != TAR_DIR ||
		    is_chosen(s, m->layer) || !is_stale_whiteout(s, i))
			continue;
		if (!*guarded)
			*guarded = calloc(tree_n_entries(t), 1);
		if (!*guarded)
			return err_nomem(err, tree_n_entries(t));
		/* Versions that were walked before end the walk. */
		for (; e && !(*guarded)[tree_id(t, e)];
		     e = tree_continued(t, e))
			(*guarded)[tree_id(t, e)] = e->born < s->end;
	}
	return 0;
}

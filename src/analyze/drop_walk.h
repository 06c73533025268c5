/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/drop_walk.h - marks what the places of the chosen rules take. Private
 * to drop.c. */
#pragma once
#include "analyze/drop_guard.h"
#include "analyze/dropping.h"
#include "analyze/packages.h"

/* A place of a rule that the user named. */
struct drop_place {
	const struct catalog_place *place;
	uint32_t rule;
};

enum {
	NODE_DANGLES = 1 << 0, /* links may lead to it, and then nowhere */
	NODE_SAVED = 1 << 1,   /* a link that stays leads there */
};

/* Shared by the passes that drop.c tells of. */
struct drop_finder {
	const struct loaded_image *li;
	const struct tree *t;
	const struct catalog_drop *rules[DROP_RULES_MAX];
	struct drop_place places[DROP_PLACES_MAX]; /* by rule */
	uint32_t n_places;
	uint32_t n_base;
	struct dropping *out;
	struct drop_guard guard;
	struct package_db packages;
	uint32_t *order; /* live nodes, parents first */
	uint32_t n_order, cap_order;
	uint8_t *taken; /* node -> rule + 1: it goes, or may when empty */
	uint8_t *flags; /* node -> NODE_ flags */
};

/* Visits all live nodes: fills order, and marks in taken what a place takes and
 * which directories may go when they are empty. What a kept layer of the base
 * stores is only summed. */
must_check int analyze_walk_drops(struct drop_finder *f, struct err *err);

static inline void drop_add_sum(struct drop_sum *s, uint64_t bytes)
{
	s->names++;
	s->bytes += bytes;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of one kind across all tools, as if they stood in one array. */
#include "catalog/catalog.h"

/* Defines catalog_next_KIND over the array MEMBER of each tool, whose rows end
 * where KEY is NULL. */
#define NEXT(kind, member, key)                                                \
	const struct catalog_##kind *catalog_next_##kind(struct catalog_at *a) \
	{                                                                      \
		const struct catalog_tool *t;                                  \
		for (; (t = catalog_tools[a->tool]); a->tool++) {              \
			a->row = a->inside ? (uint16_t)(a->row + 1) : 0;       \
			a->inside = t->member && t->member[a->row].key;        \
			if (a->inside)                                         \
				return &t->member[a->row];                     \
		}                                                              \
		return NULL;                                                   \
	}

NEXT(cache, caches, name)
NEXT(drop, drops, name)
NEXT(place, places, root)
NEXT(trace, traces, name)
NEXT(estimate, estimates, key)
NEXT(presence, presences, path)

/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/dropping.h - what is taken out of an image: the answer of drop.h. */
#pragma once
#include "base/arena.h"
#include "catalog/database.h"

/* Rules are bits, in the order of catalog_next_drop. */
enum { DROP_RULES_MAX = 64, DROP_PLACES_MAX = 160 };

struct dropped {
	uint32_t node;
	const struct catalog_drop *rule;
	uint64_t bytes;	  /* payload of the inode whose last name it is */
	struct str owner; /* "dpkg:libc6": a package that then lacks the file;
			   * empty: none is known */
};

struct drop_sum {
	uint64_t names, bytes;
};

struct dropping {
	struct dropped *v; /* in the order of the listing */
	uint32_t *nodes;   /* the same, nodes alone */
	uint32_t n;
	struct drop_sum by_rule[DROP_RULES_MAX];
	struct drop_sum base_by_rule[DROP_RULES_MAX]; /* what a kept base
							* stores: not taken */
	struct drop_sum all, base;
	/* By number of a database (catalog_database_at): how many names its
	 * manager then misses, and whether that is not known, as the database
	 * is there and not read. */
	uint64_t n_missed[CATALOG_DATABASES_MAX];
	bool unread[CATALOG_DATABASES_MAX];
	struct arena arena;
};

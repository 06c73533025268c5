/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/drop.h - which names of an image the rules of a user take out.
 *
 * Files and links go, and directories below a rule's own place that are empty
 * then; never a directory that a package owns, never what a kept base stores
 * (hiding it would save nothing), never what the config starts or names below
 * such a place, and, for caches, nothing that a link from elsewhere leads
 * to. */
#pragma once
#include "base/arena.h"
#include "catalog/database.h"
#include "tree/load.h"

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

void dropping_done(struct dropping *d);
/* Adds a rule, or those of a preset; ERR_USAGE when it is none. */
must_check int drop_select(struct str name, uint64_t *rules, struct err *err);
must_check int drop_find(const struct loaded_image *li, uint64_t rules,
			 uint32_t n_base, struct dropping *out,
			 struct err *err);

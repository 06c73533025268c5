/* SPDX-License-Identifier: Apache-2.0 */
/* context/waste/reason.h - why an entry has no business in a build context.
 *
 * Told by its name and by what lies beside or inside it: target beside a
 * Cargo.toml is build output, alone it has no reason. Contents are never read.
 * Which names those are stands in the catalogue: the traces of its tools. */
#pragma once
#include "catalog/catalog.h"
#include "context/files/file_tree.h"

enum { REASON_ROW_NONE = UINT16_MAX };

/* The traces of the catalogue as one array, and an index of it by one byte of
 * their names: the first, or for a name that starts with a star the last. */
struct context_waste_table {
	const struct catalog_trace **rows;
	/* By row: the next one that says the same, but for the commands that
	 * make it; REASON_ROW_NONE. An entry has the first of them. */
	uint16_t *same;
	uint16_t *next; /* by row: the next one of its chain */
	size_t n;
	uint16_t first[256], last[256]; /* chains; REASON_ROW_NONE: empty */
};

must_check int context_waste_table_init(struct context_waste_table *w,
					struct err *err);
void context_waste_table_done(struct context_waste_table *w);

/* Gives each entry the row that matches it or a directory above it, the
 * outermost one, or REASON_ROW_NONE. rows has t->n elements. */
void context_find_reasons(const struct context_waste_table *w,
			  const struct context_tree *t, uint16_t *rows);

/* Whether a name with one star or none ("id_rsa*") matches. */
bool context_name_matches(const char *pattern, struct str name);

static inline enum catalog_reason context_reason_of(
	const struct context_waste_table *w, uint16_t row)
{
	return row == REASON_ROW_NONE ? REASON_NONE : w->rows[row]->reason;
}

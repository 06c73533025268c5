/* SPDX-License-Identifier: Apache-2.0 */
/* tree/testtree.h - trees as text, for tests, in the language of
 * layer/testlayer.h. What fails ends the test. */
#pragma once
#include "layer/testlayer.h"
#include "tree/tree.h"

/* Layers, lowest first, up to a NULL or TESTLAYERS_MAX. */
struct testtree {
	struct layer_index layers[TESTLAYERS_MAX];
	size_t n;
	struct tree *tree;
};
void testtree_make(const char *const *layers, struct testtree *out);
void testtree_done(struct testtree *t);

/* The final file system in listing order. */
const char *testtree_text(const struct tree *t);
/* "stored N live N[ KIND N]..", the dead kinds that are not 0. */
const char *testtree_sums(const struct tree *t);
/* "LAYER:CASE xCOUNT PATH.." joined by "; "; layers count from 0. */
const char *testtree_notes(const struct tree *t);

/* A rule: layers, and what the three texts above say of them. */
struct testtree_row {
	const char *what;
	const char *layers[5];
	const char *want[3]; /* tree, sums, notes; NULL: empty */
};
/* Each row, under two seeds of hash tables: their order is no one's business. */
void testtree_check_rows(const struct testtree_row *rows, size_t n);

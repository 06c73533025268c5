/* SPDX-License-Identifier: Apache-2.0 */
/* tree/testlayers.h - layers and trees as one line of text, for tests.
 *
 * A layer is its members, in order, joined by "; ". A member is a letter, a
 * name and what is not usual about it:
 *
 *	f NAME [=CONTENT | #SIZE]    regular file; #SIZE: so many bytes
 *	d NAME                       directory; "." is the root
 *	l NAME >TARGET               symbolic link
 *	h NAME >TARGET               hard link
 *	c NAME vMAJOR:MINOR          character device; b: block device
 *	p NAME                       fifo
 *
 *	mOCTAL  mode (files 644, directories 755, all else 644)
 *	oU:G    owner (0:0)          tSECONDS[.NANOSECONDS]  mtime (1);
 *	                             nanoseconds count forward, nine digits
 *	xN:V    xattr, may be many   sSIZE:OFFSET  a sparse file of SIZE bytes
 *	                             with its content at OFFSET
 *
 * Names and values hold no blanks, no ';' and no NUL; "\xHH" is a byte.
 * The same language comes back: what a layer or a tree holds, with only what is
 * not usual. A directory that nobody declared is "d NAME t0"; a root that is
 * like that is left out; the names of a hard-link group behind the first come
 * as links to it. Contents that no maker made come as "#SIZE:HEX".
 * Texts live until the eighth next one. What fails ends the test. */
#pragma once
#include "tree/tree.h"

/* Appends the layer's tar, its end included. */
void testlayer_tar(const char *text, struct buf *out);
/* The tar read by index_build, raw. */
void testlayer_index(const char *text, struct layer_index *out);
/* Members of an index, in order. */
const char *testlayer_text(const struct layer_index *ix);

enum { TESTLAYERS_MAX = 8 };
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

/* snprintf into a text as above. */
const char *testlayer_printf(const char *fmt, ...) printf_like(1, 2);

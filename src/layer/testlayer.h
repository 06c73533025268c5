/* SPDX-License-Identifier: Apache-2.0 */
/* layer/testlayer.h - layers and trees as one line of text, for tests.
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
#include "layer/index.h"

/* Layers of one image. */
enum { TESTLAYERS_MAX = 8 };

/* Appends the layer's tar, its end included. */
void testlayer_tar(const char *text, struct buf *out);
/* The tar read by layer_index_build, raw. */
void testlayer_index(const char *text, struct layer_index *out);
/* Members of an index, in order. */
const char *testlayer_text(const struct layer_index *ix);

/* snprintf into a text as above. */
const char *testlayer_printf(const char *fmt, ...) printf_like(1, 2);

/* For texts of other things in the same language (tree/testtree.h). */
char *testlayer_next(void);
void testlayer_addf(char *to, const char *fmt, ...) printf_like(2, 3);
/* "." is the root. */
void testlayer_add_name(char *to, struct str s);
void testlayer_add(char *to, const struct index_record *r);
/* A content that was made and the word for it, to tell it by its digest. */
enum { TESTLAYER_WORD_MAX = 1024 };
void testlayer_remember(struct str content, const char *word);

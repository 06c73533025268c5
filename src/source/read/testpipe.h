/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/testpipe.h - a kind of source without a file: images are kept in
 * memory by name, and whatever is read of them, documents and layers alike,
 * comes through a pipe of odd chunks that cannot be sought. It takes bare paths
 * that begin with the name of an image that is kept: "p" or "p:TAG" or "p:@N".
 * A registry kind needs only the same hooks. */
#pragma once
#include "source/read/kind.h"
#include "source/read/testimage.h"

extern const struct source_kind testpipe_kind;
/* It, and what is built in. */
extern const struct source_kind *const testpipe_kinds[];

/* Keeps a copy of an image, in place of one of that name. */
void testpipe_put(const char *name, const struct testimage *t);
/* NULL: there is none. Borrowed. */
struct testimage *testpipe_get(const char *name);
void testpipe_rename(const char *from, const char *to);
void testpipe_drop(const char *name);
/* All that is kept goes; how many streams were opened since the last time. */
unsigned testpipe_clear(void);

/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/live.h - where the live bytes of an image are: each of them once.
 *
 * A file with several names is counted at the first of them in the order of the
 * listing, as du(1) does, so the root has all live bytes and no directory has
 * any twice. Bytes are payload, as everywhere: what a sparse file does not store
 * is not counted. */
#pragma once
#include "tree/tree.h"

struct live_place {
	uint32_t node;
	uint64_t bytes; /* of a directory: all below it */
};

struct live {
	uint64_t *below; /* a node each: its file's bytes, or all below it */
	uint32_t *files; /* a node each: how many files that are */
	/* Files that store bytes, by their first names, and the directories that
	 * stand out: the costliest first, equals in the order of the listing. */
	struct live_place *v, *dirs;
	uint32_t n, n_dirs;
};
/* The tree is complete. Release with analyze_live_done whether or not it
 * failed.
 *
 * A directory stands out when no more than a third of its bytes is in one
 * directory below it; one that does not gives way to all of those below it:
 *
 *	usr 600			lib has more than a third
 *	usr/lib 400		jvm has more than a third
 *	usr/lib/jvm 190		stands out, and so does
 *	usr/share 90 */
must_check int analyze_live(const struct tree *t, struct live *out,
			    struct err *err);
void analyze_live_done(struct live *l);

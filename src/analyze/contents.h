/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/contents.h - what is in some files of a loaded image.
 *
 * Layer indices hold digests, no contents: the layers that hold a wanted file
 * are read once more, up to the last one wanted. */
#pragma once
#include "tar/reader.h"
#include "tree/load.h"

/* The members of one layer, read front to back. Entry ids count the members of a
 * layer in order, so they are counted to find one. */
struct layer_members {
	struct stream *plain;
	struct tar_reader *tar;
	uint32_t next; /* entry */
};
must_check int analyze_members_open(const struct loaded_image *li,
				    uint16_t layer, struct layer_members *out,
				    struct err *err);
/* Goes on to an entry that was not passed yet; its content is next. */
must_check int analyze_members_find(struct layer_members *m, uint32_t entry,
				    struct tar_entry *out, struct err *err);
/* Holds the content that was read, its SHA-256 and its size, against the index,
 * which may come from the cache: the file of the image may have changed since. */
must_check int analyze_members_check(const struct tree *t, uint32_t entry,
				     const struct digest *got, uint64_t size,
				     struct err *err);
void analyze_members_done(struct layer_members *m);

/* content is borrowed until the return. */
typedef int contents_fn(void *self, uint32_t entry, struct str content,
			struct err *err);

/* Entries of regular files, in any order (they are sorted). Files of more than
 * max bytes are passed over. Contents are checked by their digest. */
must_check int analyze_read_contents(const struct loaded_image *li,
				     uint32_t *entries, uint32_t n,
				     uint64_t max, contents_fn *fn, void *self,
				     struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* source/write/layout_dest.h - the destination that is an OCI layout in a directory;
 * private to the room. */
#pragma once
#include "source/write/directory.h"

#define DEST_BLOBS "blobs/sha256"

struct layout_dest {
	struct dest dest;	 /* first */
	struct atomic_file file; /* a directory: the layout of the result */
	int blob;		 /* the blob in work, or -1 */
	bool merges;		 /* into a layout that exists */
	struct str entry;	 /* index.json's descriptor of the result */
};

struct dest_blob_path {
	char text[32 + DIGEST_TEXT_MAX];
};
struct dest_blob_path dest_blob_path(const struct digest *d);
/* The names of blobs, once the files are safe. */
must_check int dest_sync_blob_dirs(int dirfd, struct err *err);

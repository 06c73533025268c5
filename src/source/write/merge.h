/* SPDX-License-Identifier: Apache-2.0 */
/* source/write/merge.h - an image into an OCI layout that exists; private to
 * the room. */
#pragma once
#include "source/write/layout_dest.h"

/* What is in to's own directory, into the layout that is there. */
must_check int dest_merge(struct layout_dest *to, struct err *err);
/* dest_kind.has_entry. */
must_check int dest_layout_has(const struct layout_dest *to, struct str tag,
			       struct err *err);
/* Takes out the blobs of runs that were killed amid dest_merge. */
void dest_merge_undo(struct layout_dest *to, const char *path);

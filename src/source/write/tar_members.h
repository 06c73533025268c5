/* SPDX-License-Identifier: Apache-2.0 */
/* source/write/tar_members.h - the members of a tar whose headers are filled in
 * last; private to the room.
 *
 * Digest (the name) and size of a blob are known when its bytes are through, so
 * the header's block is left out and written then. The file must be seekable.
 * Everything in a header is fixed, and members stand in the order they were
 * written: the same content gives the same bytes. */
#pragma once
#include "source/write/kind.h"

struct tar_members {
	int fd;	       /* borrowed */
	bool is_spool; /* for errors: no file that the user knows */
	uint64_t end;  /* where the next member begins */
};

/* to writes the content of a new member; name is for its errors. */
must_check int dest_tar_begin(struct tar_members *m, const char *name,
			      struct sink **to, struct err *err);
/* It was size bytes: the next member begins behind it. *at is where it
 * begins. */
must_check int dest_tar_end(struct tar_members *m, uint64_t size, uint64_t *at,
			    struct err *err);
/* Drops what was written since dest_tar_begin. */
must_check int dest_tar_drop(struct tar_members *m, struct err *err);
/* The header of the member at `at`; may be written again under another name. */
must_check int dest_tar_name(struct tar_members *m, uint64_t at,
			     const char *name, uint64_t size, struct err *err);
/* A whole member. */
must_check int dest_tar_put(struct tar_members *m, const char *name,
			    struct str text, struct err *err);
/* The two blocks of zeros. */
must_check int dest_tar_finish(struct tar_members *m, struct err *err);

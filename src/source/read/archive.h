/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/archive.h - the members of an outer tar, found by name and read in
 * place.
 *
 * The tar is walked once, payloads are leapt over. Of two members with one
 * name the last counts. Symbolic and hard links are followed within the
 * archive: Docker <= 24 writes the second of two equal layers as a symlink
 * "../<id>/layer.tar", skopeo and podman add "<hex>/layer.tar" symlinks. */
#pragma once
#include "base/limits.h"

struct archive;

struct archive_range {
	uint64_t offset, size; /* in the file behind the descriptor */
};

/* Reads bytes [base, base + size) of fd, borrowed. name is for errors. */
must_check int source_archive_open(int fd, uint64_t base, uint64_t size,
				   const char *name, const struct limits *lim,
				   struct archive **out, struct err *err);
void source_archive_close(struct archive **a);
/* Members by name, clean and in byte order; one of each. */
size_t source_archive_count(const struct archive *a);
struct str source_archive_name(const struct archive *a, size_t i);
/* name is cleaned first ("./", "/"). 1: *out is where the file's bytes are;
 * 0: there is no such member, or it is a directory; -1: a link that leads out
 * of the archive, in a circle or to nothing. Any thread. */
must_check int source_archive_find(const struct archive *a, struct str name,
				   struct archive_range *out, struct err *err);

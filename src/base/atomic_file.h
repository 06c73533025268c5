/* SPDX-License-Identifier: Apache-2.0 */
/* base/atomic_file.h - the one place where files are written.
 *
 * A regular file, or a directory, is written beside its destination and takes
 * its place by a rename, synced: it is never there by half, and a run that
 * fails or is killed leaves what was there. Mode, owner, ACL and other extended
 * attributes of a file that is replaced are kept as far as the system allows;
 * where the group may not be kept, it gets no more rights than all others.
 * Links of the user are followed and stay (base/place.h). Another hard link of
 * the file keeps the old content. Its directory must be writable: a file in one
 * that is not is refused, since it could only be overwritten in place.
 *
 * What is no regular file (a device, a FIFO, a terminal) and what is named as a
 * descriptor of ours (/dev/stdout, /dev/fd/N, "-") is never replaced, renamed
 * over or removed: it gets the bytes, from where it stands on. A FIFO's reader
 * is waited for when it is opened.
 *
 * Errors do not name the path: the caller does. */
#pragma once
#include <stdbool.h>

#include "base/err.h"
#include "base/place.h"
#include "base/str.h"

struct atomic_file {
	struct place at; /* what it is for */
	int fd;		 /* write here; locked (base/litter.h) */
	char *name;	 /* temporary, in parent; NULL: nameless, or renamed */
	int parent;	 /* borrowed, or own when is_within */
	bool is_dir, is_within;
	bool is_through; /* fd is the node itself: not seekable */
	bool must_match; /* at.st or its absence must still hold */
	bool is_scratch; /* private, not synced */
};
#define ATOMIC_FILE_INIT                                 \
	{                                                \
		.at = PLACE_INIT, .fd = -1, .parent = -1 \
	}

/* Removes what was not committed. */
void atomic_file_done(struct atomic_file *a);

must_check int atomic_file_open(const char *path, struct atomic_file *out,
				struct err *err);
/* A directory beside path, which may be there already. */
must_check int atomic_dir_open(const char *path, struct atomic_file *out,
			       struct err *err);
/* A directory inside the directory path: on its file system, which may be
 * another than its parent's. */
must_check int atomic_dir_open_within(const char *path, struct atomic_file *out,
				      struct err *err);
/* name in the directory dir, for what can be made again (a cache): readable by
 * the user alone, not synced; a link of that name is replaced. Its litter is
 * the caller's to remove. */
must_check int atomic_file_open_scratch(int dir, const char *name,
					struct atomic_file *out,
					struct err *err);
/* The path of the temporary directory; free() it. */
must_check int atomic_dir_path(const struct atomic_file *a, char **out,
			       struct err *err);

/* Syncs it, renames it to where it belongs and syncs the parent. */
must_check int atomic_file_commit(struct atomic_file *a, struct err *err);
/* The same for a directory that takes the place of another one, which is
 * removed. */
must_check int atomic_dir_exchange(struct atomic_file *a, struct err *err);

/* All of the file at once, and the commit. */
must_check int atomic_file_put(struct atomic_file *a, struct str text,
			       struct err *err);
/* A whole file that was found below the directory root (an ignore file, say),
 * and read: was is what fstat told then, NULL when it was not there. Links are
 * followed below root only (ERR_UNSUPPORTED). What is not the same file with
 * the same times and size any more, or is no regular file, stays:
 * ERR_MISMATCH. */
must_check int atomic_file_save_found(int root, const char *name,
				      const struct stat *was, struct str text,
				      struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* source/write/directory.h - files in a directory that is not in its place yet:
 * what the kinds that are directories share; private to the room. */
#pragma once
#include "source/write/kind.h"

/* A blob while its digest is not known: a file of a name of its own. */
must_check int dest_begin_file(struct dest *d, int dirfd, const char *name,
			       int *fd, struct sink **to, struct err *err);
/* Gives it the name of its digest, or removes it. */
must_check int dest_end_file(int dirfd, const char *name, int *fd,
			     const char *as, bool keep, struct err *err);
/* Written and synced. */
must_check int dest_put_file(int dirfd, const char *name, struct str text,
			     struct err *err);
must_check int dest_sync_path(int dirfd, const char *name, struct err *err);
/* 1: nothing in it (but what killed writers left); 0: something. */
must_check int dest_is_empty(const char *path, struct err *err);
/* dest_kind.stage where the result is a directory. */
must_check int dest_stage_dir(const struct atomic_file *file, struct ref *ref,
			      const struct source_options *opt,
			      struct source **out, struct err *err);
/* What killed runs left of a name that users know nothing of. */
#define DEST_NEW_BLOB ".new"
#define DEST_UNDO ".undo" /* merge.c */

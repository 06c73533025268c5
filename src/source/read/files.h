/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/files.h - files by name, in a directory or in an archive. */
#pragma once
#include <sys/types.h>

#include "base/arena.h"
#include "base/stream.h"

struct archive;

struct files {
	int fd;			 /* of the directory or the archive; owned */
	struct archive *archive; /* NULL: a directory */
	bool spooled;		 /* fd is a temporary file of ours */
};
#define FILES_INIT       \
	{                \
		.fd = -1 \
	}

void source_files_done(struct files *f);

/* Where a file's bytes stand. */
struct file {
	int fd;
	bool owned; /* fd is this file's own: source_file_done or source_file_open ends it */
	uint64_t offset, size;
};
#define FILE_INIT        \
	{                \
		.fd = -1 \
	}
void source_file_done(struct file *f);

/* 1: *out; 0: there is none; -1: it is no regular file, or cannot be opened. Any
 * thread. */
must_check int source_files_find(const struct files *f, struct str name,
				 struct file *out, struct err *err);
/* A file that is a relative symlink in a directory, wherever that leads: 1;
 * 0: it is none, or leads to nothing; -1: to what is no regular file. */
must_check int source_files_find_outside(const struct files *f, struct str name,
					 struct file *out, struct err *err);
bool source_files_has(const struct files *f, const char *name);
/* Takes over f's descriptor when it is its own. */
must_check int source_file_open(struct file *f, const char *name,
				struct stream **out, struct err *err);
/* The whole of a small file, copied to the arena: 1; 0: there is none. size_max
 * is a field of lim. */
must_check int source_files_read(const struct files *f, const char *name,
				 const struct limits *lim,
				 const uint64_t *size_max, struct arena *a,
				 struct str *out, struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* work/context_files.h - the files that `pare context` reads: Dockerfiles and
 * the ignore file. */
#pragma once
#include <sys/stat.h>

#include "context/context.h"

/* Whose rules count. docker reads NAME.dockerignore beside the Dockerfile, else
 * DIR/.dockerignore; podman NAME.dockerignore, NAME.containerignore,
 * DIR/.containerignore, DIR/.dockerignore, the first that is there, and a
 * Containerfile before a Dockerfile. */
enum builder { BUILDER_UNSAID, BUILDER_DOCKER, BUILDER_PODMAN };

struct context_files {
	const char *dir, *file; /* as named; file: -f, or NULL */
	/* Unsaid it is found out: podman where its files alone are there, else
	 * docker. */
	enum builder builder;
	struct buf passed_over; /* podman's file, when it was unsaid and
				 * docker has one, too; else empty */
	int rootfd;
	struct buf dockerfile, ignore; /* texts */
	struct buf dockerfile_name, ignore_name;
	bool has_dockerfile, has_ignore;
	bool shared; /* the ignore file lies in DIR, for all Dockerfiles */
	/* Where it was found: a name in a directory, for --write. */
	int ignore_dir;
	const char *ignore_base; /* within ignore_name */
	struct stat ignore_id;	 /* when has_ignore: as it was read */
	struct stat dockerfile_id;
	struct buf *others; /* texts */
	size_t n_others;
};

#define CONTEXT_FILES_INIT                      \
	{                                       \
		.rootfd = -1, .ignore_dir = -1, \
	}

/* Opens the directory and reads both; release with work_context_files_done. */
must_check int work_context_files_read(struct context_files *f,
				       struct err *err);
/* Tells c of other Dockerfiles that live by the same ignore file: what they
 * copy is not to be left out either. One that cannot be read is passed over. */
must_check int work_context_files_others(struct context_files *f,
					 struct context *c, struct err *err);
void work_context_files_done(struct context_files *f);

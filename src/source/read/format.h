/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/format.h - the kind of source that is a file or a directory;
 * private to the room.
 *
 * file_source.c opens the path; probe.c finds the format in the table by the
 * files that are there; the format reads the documents and knows where the
 * layers are. */
#pragma once
#include <sys/stat.h>

#include "source/read/files.h"
#include "source/read/kind.h"

struct file_source {
	struct source source; /* first */
	const struct file_format *format;
	/* An archive with manifest.json and index.json is of two formats: the
	 * one that was not asked for, else manifest.json's. NULL: of one. */
	const struct file_format *other;
	struct files files;
	struct stat origin; /* of what was opened, before any spooling */
	bool no_follow;
	bool is_open; /* files has something to close */
};

struct file_format {
	const char *name;
	enum ref_transport transport;
	bool directory;
	bool links_blobs;  /* a blob may be a symlink out of the directory */
	const char *marks; /* the files that tell it, for messages */
	bool (*taste)(const struct file_source *f);
	/* Fills the source's set. */
	int (*images)(struct file_source *f, struct err *err);
	/* 1: *out is the layer's file; 0: its bytes are in desc.data; -1. Any
	 * thread. */
	int (*find_layer)(const struct file_source *f,
			  const struct source_layer *l, struct file *out,
			  struct err *err);
	/* Where a blob stands, as snprintf; NULL for docker-archive. */
	int (*blob_name)(const struct digest *d, bool is_document, char *out,
			 size_t size);
};

extern const struct file_format source_docker_archive, source_docker_v1,
	source_oci_dir, source_oci_archive, source_skopeo_dir;

/* The whole of a small file by its name, in the arena: 1; 0: there is none.
 * size_max is a field of the source's limits. */
must_check int source_read_named(struct file_source *f, const char *name,
				 const uint64_t *size_max, struct str *out,
				 struct err *err);

/* PATH:TAG of a bare path is split where the left side exists. */
must_check int source_probe_split(struct ref *ref, struct arena *a,
				  struct err *err);
/* Sets format and other from the files that are there; an explicit transport
 * must agree. */
must_check int source_probe_format(struct file_source *f, struct err *err);
/* Fills the set from the one of two documents that the bytes prove, and settles
 * the format. */
must_check int source_choose_images(struct file_source *f, struct err *err);

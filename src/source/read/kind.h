/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/kind.h - what each kind of source brings; private to the folder.
 *
 * open.c opens the path, probe.c finds the kind in the table by the files
 * that are there, the kind reads the documents and knows where the layers
 * are. */
#pragma once
#include <sys/stat.h>

#include "source/read/files.h"
#include "source/read/source.h"

struct source_kind {
	const char *name;
	enum ref_transport transport;
	bool directory;
	const char *marks; /* the files that tell it, for messages */
	bool (*taste)(const struct source *s);
	/* Fills s->set. Errors do not repeat the image's name. */
	int (*images)(struct source *s, struct err *err);
	/* 1: *out is the layer's file; 0: its bytes are in desc.data; -1. Any
	 * thread. */
	int (*find_layer)(const struct source *s, const struct source_layer *l,
			  struct file *out, struct err *err);
	/* Where a blob stands, as snprintf; NULL for docker-archive. */
	int (*blob_name)(const struct digest *d, bool is_document, char *out,
			 size_t size);
};

extern const struct source_kind docker_archive, docker_v1, oci_dir, oci_archive,
	skopeo_dir;

/* Bytes of all documents of one source: an index may name one manifest, and
 * manifests one config, ten thousand times. */
enum { SOURCE_DOCS_MAX = 256 << 20 };

struct source {
	const struct source_kind *kind;
	/* An archive with manifest.json and index.json is of two kinds: the one
	 * that was not asked for, else manifest.json's. NULL: it is of one. */
	const struct source_kind *other;
	struct arena arena; /* all that was parsed */
	struct limits lim;
	struct ref ref; /* path and tag split */
	struct str platform;
	bool no_follow;
	void (*note)(void *self, const char *text);
	void *note_self;
	struct files files;
	struct stat origin; /* of what was opened, before any spooling */
	struct image_set set;
	size_t images_cap, attestations_cap;
	bool ready;
};

/* PATH:TAG of a bare path is split where the left side exists. */
must_check int probe_split(struct ref *ref, struct arena *a, struct err *err);
/* Sets s->kind and s->other from the files that are there; an explicit
 * transport must agree. */
must_check int probe_kind(struct source *s, struct err *err);
/* The same as source_open for a file that is open already; fd is duplicated.
 * ref's transport says the kind. */
must_check int source_open_fd(int fd, const struct ref *ref,
			      const struct source_options *opt,
			      struct source **out, struct err *err);

/* Fills s->set from the one of two documents that the bytes prove, and settles
 * s->kind. */
must_check int choose_images(struct source *s, struct err *err);
/* "IMAGE: " and a line for the user. */
void source_note(struct source *s, const char *fmt, ...) printf_like(2, 3);

/* Adds an image; its layers and config were read. Checks that layers and
 * diff_ids are as many, and the platform filter: 0 when it does not match (the
 * image's platform is appended to seen, with ", "). */
must_check int source_add_image(struct source *s, const struct image *proto,
				struct buf *seen, struct err *err);
must_check int source_add_attestation(struct source *s, const struct desc *d,
				      struct err *err);
must_check int source_note_platform(const struct oci_platform *p,
				    struct buf *seen, struct err *err);
/* ERR_NOT_FOUND that names the platform asked for and those there are. */
int source_no_platform(const struct source *s, struct buf *seen,
		       struct err *err);

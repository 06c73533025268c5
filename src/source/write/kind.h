/* SPDX-License-Identifier: Apache-2.0 */
/* source/write/kind.h - what a kind of destination brings, and what it is given;
 * private to the room.
 *
 * The generic half (blob.c, finish.c) hashes and counts what goes by, keeps one
 * copy of each blob and puts names in front of errors. The kind says where a
 * blob's bytes go by giving a sink, learns the digest when they are through, and
 * puts the whole in its place at the commit. Its state is a struct of its own
 * that begins with struct dest. Nothing here asks for a file: an upload is a
 * kind like any other. */
#pragma once
#include "base/atomic_file.h"
#include "source/write/dest.h"

struct dest_blob {
	struct digest digest;
	uint64_t size;
	uint64_t at;  /* the kind's own: where it put the bytes */
	bool is_held; /* bytes not written yet */
	struct str held;
};

struct dest_result {
	const struct dest_image *images;
	size_t n;
	struct str index, tag;
	struct dest_around around;
};

struct dest_kind {
	const char *name;
	enum ref_transport transport; /* what it is read back as */
	size_t size;		      /* of its state */
	bool takes_index;
	enum dest_holds holds;
	/* Documents wait until dest_finish tells which of them are wanted, and
	 * what each is: they are the held ones of dest.blobs. */
	bool holds_bytes;
	/* index.json calls an image by its full name, as docker load takes names
	 * from there: "docker.io/library/app:1" for the tag app:1. */
	bool full_names;

	bool (*takes)(const struct ref *ref);
	/* The own state is zeroed; close follows, also where this fails. */
	int (*open)(struct dest *d, struct err *err);
	void (*close)(struct dest *d);
	/* Where the bytes of a new blob go. The sink is finished and closed by
	 * the caller. */
	int (*begin)(struct dest *d, struct sink **to, struct err *err);
	/* The bytes are written; keep: false for a blob that is there. */
	int (*end)(struct dest *d, struct dest_blob *b, bool keep,
		   struct err *err);
	int (*finish)(struct dest *d, const struct dest_result *r,
		      struct err *err);
	/* Opens what was written, before the commit. ref names it, but for the
	 * path. */
	int (*stage)(struct dest *d, struct ref *ref,
		     const struct source_options *opt, struct source **out,
		     struct err *err);
	int (*commit)(struct dest *d, struct err *err);

	/* Which of several images engines read that know manifest.json alone.
	 * NULL: such engines read none of it, or there is one image. */
	const struct dest_image *(*docker_image)(
		const struct dest_image *images, size_t n);
	/* What is renamed into place. NULL: no file is. */
	const struct atomic_file *(*file)(const struct dest *d);
	/* 1: the layout that is there has an entry of that name (empty: one
	 * without); 0: it has none. Only asked where dest.holds is
	 * DEST_HOLDS_ENTRY. */
	int (*has_entry)(const struct dest *d, struct str tag, struct err *err);
};

/* First member of every kind's state. */
struct dest {
	const struct dest_kind *kind;
	struct arena arena;
	struct limits lim;
	struct ref ref;
	enum dest_holds holds;	 /* the kind's, unless its open says less */
	struct str tag;		 /* of the result */
	struct dest_blob *blobs; /* in the order written */
	size_t n, cap;
	/* the blob in work */
	struct sink *to, *hash;
	struct digest digest;
	uint64_t size;
	bool finished;
};

/* All that are built in; ends with NULL. */
extern const struct dest_kind *const dest_kinds[];
extern const struct dest_kind dest_oci_dir, dest_oci_archive,
	dest_docker_archive, dest_both, dest_skopeo_dir;

const struct dest_blob *dest_find_blob(const struct dest *d,
				       const struct digest *digest);
/* What is renamed into place, or NULL. */
const struct atomic_file *dest_file(const struct dest *d);

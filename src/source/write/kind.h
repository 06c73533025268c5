/* SPDX-License-Identifier: Apache-2.0 */
/* source/write/kind.h - what each kind of destination brings; private to the
 * folder.
 *
 * dest_write.c hashes and counts; the kind says where a blob's bytes go, names
 * them when the digest is known, and puts the whole in its place. */
#pragma once
#include "base/atomic_file.h"
#include "source/write/dest.h"

struct dest_blob {
	struct digest digest;
	uint64_t size;
	uint64_t header; /* tar: where its member begins */
	bool is_held;	 /* bytes not written yet */
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
	bool takes_index;
	enum dest_holds holds;
	bool holds_bytes; /* documents wait until dest_finish tells which of
			   * them are wanted */
	int (*open)(struct dest *d, struct err *err);
	/* *fd stands where the bytes of a new blob go. */
	int (*begin)(struct dest *d, int *fd, struct err *err);
	/* The bytes are written; keep: false for a blob that is there. */
	int (*end)(struct dest *d, struct dest_blob *b, bool keep,
		   struct err *err);
	int (*finish)(struct dest *d, const struct dest_result *r,
		      struct err *err);
	int (*commit)(struct dest *d, struct err *err);
};

extern const struct dest_kind dest_oci_dir, dest_oci_archive,
	dest_docker_archive, dest_both, dest_skopeo_dir;

struct dest {
	const struct dest_kind *kind;
	struct arena arena;
	struct limits lim;
	struct ref ref;
	struct atomic_file aside;
	int fd; /* written to: aside.fd, or a temporary file where
		 * that is a node */
	struct dest_blob *blobs; /* in the order written */
	size_t n, cap;
	/* the blob in work */
	struct sink *to, *hash;
	int blob_fd;
	bool blob_fd_owned;
	struct digest digest;
	uint64_t size;
	/* tar */
	uint64_t end; /* where the next member begins */
	/* directory */
	bool merges;	  /* into a layout that exists */
	bool replaces;	  /* a directory of skopeo's */
	struct str tag;	  /* of the result, for the merge */
	struct str entry; /* index.json's descriptor of the result */
	bool finished;
};

const struct dest_blob *dest_find_blob(const struct dest *d,
				       const struct digest *digest);

/* What the kinds that are directories share. */
must_check int dest_new_file(int dirfd, const char *name, int *out,
			     struct err *err);
/* Written and synced. */
must_check int dest_put_file(int dirfd, const char *name, struct str text,
			     struct err *err);
must_check int dest_sync_path(int dirfd, const char *name, struct err *err);
/* 1: nothing in it (but what writers leave aside); 0: something. */
must_check int dest_is_empty(const char *path, struct err *err);

/* An OCI layout. */
#define DEST_BLOBS "blobs/sha256"
#define DEST_UNDO ".undo" /* dest_merge.c */
struct dest_blob_path {
	char text[32 + DIGEST_TEXT_MAX];
};
struct dest_blob_path dest_blob_path(const struct digest *d);
/* The names of blobs, once the files are safe. */
must_check int dest_sync_blob_dirs(int dirfd, struct err *err);
/* What is aside, into the layout that is there. */
must_check int dest_merge(struct dest *d, struct err *err);
/* 1: the layout that is there has an entry of that name (empty: without one);
 * 0: it has none. */
must_check int dest_layout_has(const struct dest *d, struct str tag,
			       struct err *err);
/* Takes out the blobs of runs that were killed amid dest_merge. */
void dest_merge_undo(struct dest *d, const char *path);

/* The documents, as text. names/HEX: how this kind calls a blob. */
enum { DEST_DOC_MAX = 16 << 20 };
/* "index.json" with one descriptor; the nested index is written first when
 * there is one. *entry is the descriptor's JSON, in the arena. */
must_check int dest_oci_entry(struct dest *d, const struct dest_result *r,
			      struct str *entry, struct err *err);
/* The index of several platforms: the caller's own, or made here. */
must_check int dest_index_text(const struct dest_result *r, struct buf *out,
			       struct err *err);
must_check int dest_index_json(struct str layout, struct str entry,
			       struct buf *out, struct err *err);
/* manifest.json of the host's platform, else of the first. config and layer
 * are printf-like parts: prefix and suffix around the hex digits. */
struct dest_naming {
	const char *prefix, *config_suffix, *layer_suffix;
};
must_check int dest_manifest_json(const struct dest_result *r,
				  const struct dest_naming *names,
				  struct buf *out, struct err *err);
must_check int dest_repositories(const struct dest_result *r, struct buf *out,
				 struct err *err);
const struct dest_image *dest_docker_image(const struct dest_result *r);
#define DEST_OCI_LAYOUT "{\"imageLayoutVersion\":\"1.0.0\"}"

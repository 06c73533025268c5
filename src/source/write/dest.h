/* SPDX-License-Identifier: Apache-2.0 */
/* source/write/dest.h - where an image is written to.
 *
 * Blobs come first, each through a sink (dest_begin_blob), then the documents
 * (dest_finish). dest_stage opens what was written as a source, for the proof;
 * dest_commit makes it appear; dest_close without a commit leaves nothing
 * behind. What a place is made of is its kind's business
 * (source/write/kind.h).
 *
 * Kinds: oci (an OCI layout in a directory), dir (skopeo's; what skopeo wrote is
 * replaced), oci-archive, docker-archive (manifest.json with <hex>.json and
 * layer tars as docker load reads them) and archive, one tar with manifest.json
 * and index.json over the same blobs. All of them are files and directories:
 * atomic ones (base/atomic_file.h), written beside the destination (for a
 * directory that exists: inside it) and renamed into place. In a layout that
 * exists other images stay; an image of the same tag is replaced. What is no
 * regular file ("-", a pipe, a device) gets the bytes at the commit. */
#pragma once
#include "base/sink.h"
#include "source/read/source.h"

struct dest;
struct dest_kind;

/* Opens the first kind that takes the reference; kinds ends with NULL, and NULL
 * stands for all that are built in. For those: what a bare -o PATH means: a directory that exists or a trailing "/" is an
 * OCI layout, else one file that old and new engines load. "-" is stdout. */
must_check int dest_open(const struct dest_kind *const *kinds,
			 const struct ref *ref, const struct limits *lim,
			 struct dest **out, struct err *err);
void dest_close(struct dest **d);
const char *dest_kind(const struct dest *d); /* "oci", "oci-archive", ... */
/* Written as "-", /dev/stdout, or however. */
bool dest_is_stdout(const struct dest *d);
/* docker-archive cannot carry a manifest or several platforms. */
bool dest_takes_index(const struct dest *d);
/* What of the documents around an image has a place there; each has all that
 * stands before it. */
enum dest_holds {
	DEST_HOLDS_IMAGE,     /* config and layers */
	DEST_HOLDS_DOCUMENTS, /* manifest and index */
	DEST_HOLDS_ENTRY,     /* the descriptor in index.json */
	DEST_HOLDS_LAYOUT,    /* what index.json says besides */
};
enum dest_holds dest_holds(const struct dest *d);

/* ERR_USAGE where the result would replace the source, or lie inside it; into a
 * layout that is read another tag may go. tag as for dest_finish. Nothing is
 * written before dest_commit, so there is time to ask. */
must_check int dest_refuse_source(const struct dest *d, const struct source *s,
				  struct str tag, struct err *err);
/* ERR_USAGE where another file of the same run would go to the same place. */
must_check int dest_refuse_place(const struct dest *d, const struct place *p,
				 struct err *err);

/* Is there room for n more bytes? n is what is certain to come; the error
 * tells what is left. */
must_check int dest_check_room(const struct dest *d, uint64_t n,
			       struct err *err);
bool dest_has_blob(const struct dest *d, const struct digest *digest);

/* Begins a blob; one at a time. Bytes written to *out are hashed; after
 * dest_end_blob *desc has digest and size (media_type is the caller's). A blob
 * that is there already is kept once. */
must_check int dest_begin_blob(struct dest *d, struct sink **out,
			       struct err *err);
must_check int dest_end_blob(struct dest *d, struct sink **blob,
			     struct desc *desc, struct err *err);
/* Bytes, digest and size born together. A docker-archive keeps them back and
 * writes what its manifest.json names. */
must_check int dest_put_bytes(struct dest *d, struct str bytes,
			      struct desc *desc, struct err *err);

/* One image of the result; blobs were written before. */
struct dest_image {
	struct desc manifest; /* with platform */
	struct desc config;
	const struct desc *layers;
	const struct digest *diff_ids;
	size_t n_layers;
};
/* Which of several images manifest.json names, for engines that read it: the
 * host's platform, else the first. -1: all, or there is no manifest.json. */
int dest_docker_choice(const struct dest *d, const struct dest_image *images,
		       size_t n);
/* What stood around the images in their source and is kept where there is a
 * place: the descriptor in index.json (NULL: none) and index.json itself. */
struct dest_around {
	const struct desc *entry;
	struct str layout;
};
/* Writes index.json, oci-layout, manifest.json and repositories as the kind
 * needs. tag may be empty: then the ref's own, if it had one. With n > 1 (or
 * index given) index.json names one nested index whose bytes are `index` (made
 * here when empty); else the manifest itself. */
must_check int dest_finish(struct dest *d, const struct dest_image *images,
			   size_t n, struct str index, struct str tag,
			   const struct dest_around *around, struct err *err);
/* Opens what was written, before it shows. Only after dest_finish. */
must_check int dest_stage(struct dest *d, const struct source_options *opt,
			  struct source **out, struct err *err);
must_check int dest_commit(struct dest *d, struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/source.h - every place an image is read from, behind one
 * interface.
 *
 * A place is a kind (source/read/kind.h): it opens what a reference names,
 * reads the documents and gives each layer as a stream. Nothing above asks for
 * a file, so a registry is a kind like any other.
 *
 * The kind of today is a file or a directory, told by its content:
 * docker-archive in all its dialects (Docker < 1.10 with "repositories" alone,
 * Docker <= 24 with symlinked equal layers, Docker >= 25, podman and skopeo
 * with manifest.json last, crane, ko and kaniko names, keys in any case, "./"
 * prefixes, several images a file), OCI layout as directory or tar, any of the
 * archives gzip, zstd, xz or bzip2 compressed as a whole (bytes behind the
 * compressed ones are left alone, as docker load does), skopeo's dir:, "-" for
 * stdin. Archives are indexed once; members are then read in place by pread,
 * from several threads if need be. Whole-file compression and pipes are spooled
 * to an unlinked temporary file. */
#pragma once
#include "base/place.h"
#include "base/stream.h"
#include "oci/config.h"
#include "oci/doc.h"
#include "oci/ref.h"

struct source;

struct source_layer {
	/* Media type as stated; digest.alg NONE where the source states none
	 * (docker-archive). */
	struct desc desc;
	bool has_desc;	       /* desc comes from a manifest */
	struct digest diff_id; /* from the config */
	uint64_t blob_size;    /* bytes as stored */
	size_t position;       /* in the image, 0 = lowest */
	uint64_t locator;      /* the kind's own: where it finds the bytes */
	struct str file;       /* its name in a docker-archive; else empty */
};

/* One image of one platform. Immutable; owned by the source. */
struct image {
	struct source *source;
	struct str name;	      /* for people and "image" in JSON */
	struct oci_platform platform; /* config's, else descriptor's */
	struct str *tags;	      /* names it is known by in the source */
	size_t n_tags;
	struct desc manifest_desc; /* digest NONE for docker-archive */
	struct oci_doc manifest;   /* n_layers 0 for docker-archive */
	bool has_manifest;
	struct oci_config config;
	struct desc config_desc;
	struct source_layer *layers;
	size_t n_layers;
};

/* All that one name names: one image, or one a platform. */
struct image_set {
	struct image **images;
	size_t n;
	struct desc *attestations; /* of those images; never read as images */
	size_t n_attestations;
	bool is_index; /* the name names an index */
	/* What stands above the images in an OCI layout, to be kept: */
	const struct oci_doc *index; /* the one index; NULL: none, or several */
	struct desc entry; /* index.json's descriptor; of several: the first */
	struct str layout; /* the bytes of index.json; empty: none */
	struct str nested; /* keys that indices within the index have, ", " */
};

/* The image of a platform (its os, architecture and variant), or NULL. */
const struct image *source_find_image(const struct image_set *set,
				      const struct oci_platform *platform);

struct progress;
struct source_kind;
struct source_options {
	const struct limits *limits;
	struct str platform;	   /* empty: every platform */
	const char *tmpdir;	   /* for spools; NULL: TMPDIR, else /var/tmp */
	struct progress *progress; /* of reading into a spool; may be NULL */
	bool no_follow; /* refuse blobs that are links out of a layout */
	/* Told what was decided where documents of one archive disagree; NULL:
	 * not told. */
	void (*note)(void *self, const char *text);
	void *note_self;
	/* The kinds to choose from, the first that takes the reference; ends
	 * with NULL. NULL: all that are built in. */
	const struct source_kind *const *kinds;
};

/* ERR_NOT_FOUND names what was looked for and, for a tag, what there is. A
 * docker-archive with several images and no REF or @N is ERR_USAGE that lists
 * them. */
must_check int source_open(const struct ref *ref,
			   const struct source_options *opt,
			   struct source **out, struct err *err);
/* The same for a file that is open already, read from its beginning; fd is
 * duplicated. ref's transport says what is expected in it. */
must_check int source_open_fd(int fd, const struct ref *ref,
			      const struct source_options *opt,
			      struct source **out, struct err *err);
void source_close(struct source **s);
/* What the user wrote, path and tag split. */
const struct ref *source_ref(const struct source *s);
/* "docker-archive", "oci", "oci-archive", "dir". */
const char *source_kind(const struct source *s);
/* Borrowed, lives as long as the source. */
must_check int source_images(struct source *s, const struct image_set **out,
			     struct err *err);
/* The blob of a layer as stored: verify(limit(bytes)) where a digest is known,
 * size-checked where not. May be called from several threads, and again for a
 * layer that was read: who needs random access spools it (base/spool.h). Errors
 * name image, layer and digest. */
must_check int source_open_layer(const struct image *img, size_t position,
				 struct stream **out, struct err *err);
/* Puts "IMAGE: layer N (sha256:abcdef012345): " in front of the pending error,
 * N from 1, as source_open_layer does: for errors that came while its stream was
 * read. */
int source_layer_ctx(const struct image *img, size_t position, struct err *err);

/* Where the bytes lie, for those that lie in files; a kind may have none. */

/* ERR_USAGE where a file there would replace the source, or lie inside it. */
must_check int source_refuse_place(const struct source *s,
				   const struct place *at, struct err *err);
/* Is it the very file or directory that was opened? */
bool source_is_at(const struct source *s, const struct place *at);
/* What holds this layer's bytes, for the cache's racy check: 1 and the stat of
 * the file; 0 when there is none (stdin, a kind without files). */
struct stat;
must_check int source_stat_layer(const struct image *img, size_t position,
				 struct stat *st, struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/kind.h - what a kind of source brings, and what it is given;
 * private to the room.
 *
 * A kind owns everything about its place: how a reference is opened, where the
 * documents are, how a layer becomes a stream. Its state is a struct of its own
 * that begins with struct source. The generic half (open.c, source.c, layer.c)
 * knows kinds by this table alone: it limits and verifies what comes out of
 * open_layer, and puts names in front of errors.
 *
 * The optional parts are of two sorts. Blobs by digest and documents by name
 * serve kinds that are shaped as OCI's (oci_layout.h walks from an index to
 * images with no more than these); stat_layer and origin serve those whose
 * bytes lie in files. */
#pragma once
#include "source/read/source.h"

struct source_kind {
	size_t size; /* of its state */
	bool (*takes)(const struct ref *ref);
	/* The own state is zeroed. */
	int (*open)(struct source *s, const struct source_options *opt,
		    struct err *err);
	/* Of a state that was opened, half opened or is zeroed still. NULL: it
	 * owns nothing. */
	void (*close)(struct source *s);
	/* For people: "oci-archive". */
	const char *(*name)(const struct source *s);
	/* Fills s->set. Errors do not repeat the image's name. */
	int (*images)(struct source *s, struct err *err);
	/* The bytes as they are stored, neither limited nor verified. Any
	 * thread, as often as asked. */
	int (*open_layer)(const struct source *s, const struct source_layer *l,
			  struct stream **out, struct err *err);

	/* 1: the bytes of a blob; 0: it is not here; -1. A document is a
	 * manifest or an index. Any thread. */
	int (*open_blob)(const struct source *s, const struct desc *d,
			 bool is_document, struct stream **out,
			 struct err *err);
	/* 1: it is here; 0: not; -1: nothing can be read there. Asked of each
	 * layer before any is read. NULL: opening it will tell. */
	int (*has_blob)(const struct source *s, const struct desc *d,
			struct err *err);
	/* index.json or oci-layout, whole, in the arena: 1; 0: there is none. */
	int (*read_document)(struct source *s, const char *name,
			     struct str *out, struct err *err);

	/* See source_stat_layer. NULL: no layer is in a file. */
	int (*stat_layer)(const struct source *s, const struct source_layer *l,
			  struct stat *st, struct err *err);
	/* What was opened. NULL: no file. */
	const struct stat *(*origin)(const struct source *s);
};

/* All that are built in; ends with NULL. */
extern const struct source_kind *const source_kinds[];
extern const struct source_kind source_file_kind;

/* Bytes of all documents of one source: an index may name one manifest, and
 * manifests one config, ten thousand times. */
enum { SOURCE_DOCS_MAX = 256 << 20 };

/* First member of every kind's state. */
struct source {
	const struct source_kind *kind;
	struct arena arena; /* all that was parsed */
	struct limits lim;
	struct ref ref;	     /* path and tag split */
	struct str platform; /* wanted; empty: all */
	void (*note)(void *self, const char *text);
	void *note_self;
	struct image_set set;
	size_t images_cap, attestations_cap;
	bool ready; /* set is filled */
};

/* A source of that kind that is not opened yet: its own state is zeroed. */
must_check int source_new(const struct source_kind *kind, const struct ref *ref,
			  const struct source_options *opt, struct source **out,
			  struct err *err);

/* "IMAGE: " and a line for the user. */
void source_note(struct source *s, const char *fmt, ...) printf_like(2, 3);

/* Adds an image; its layers and config were read. Checks that layers and
 * diff_ids are as many, and the platform filter: 0 when it does not match (the
 * image's platform is appended to seen, with ", "). */
must_check int source_add_image(struct source *s, const struct image *proto,
				struct buf *seen, struct err *err);
must_check int source_add_attestation(struct source *s, const struct desc *d,
				      struct err *err);
/* What was added so far; the source has none then. */
struct image_set source_take_images(struct source *s);
void source_images_done(struct image_set *set);
must_check int source_note_platform(const struct oci_platform *p,
				    struct buf *seen, struct err *err);
/* ERR_NOT_FOUND that names the platform asked for and those there are. */
int source_no_platform(const struct source *s, struct buf *seen,
		       struct err *err);

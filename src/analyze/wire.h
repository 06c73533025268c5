/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/wire.h - what a node that has OLD must fetch for NEW, and what of it
 * comes again without need.
 *
 * Engines fetch blobs by digest, each whole: a layer of which a byte changed
 * comes again with all that did not change. Every file that a fetched layer of
 * NEW stores is compared with OLD's file system. */
#pragma once
#include "tree/load.h"

/* Why a file of a fetched layer is on the wire. */
enum wire_cause {
	WIRE_NEW,	 /* OLD has nothing like it */
	WIRE_UNCHANGED,	 /* OLD has the very same: something else of its layer
			  * changed */
	WIRE_TIME,	 /* only the mtime is another */
	WIRE_METADATA,	 /* the content is the same, mode, owner or xattrs
			  * are not */
	WIRE_MOVED,	 /* OLD has the content in another place */
	WIRE_BYTECODE,	 /* Python bytecode with another stamp of its source */
	WIRE_ARCHIVE,	 /* the same members in another order, or with other
			  * times */
	WIRE_COMPRESSED, /* the same content compressed in another way */
	WIRE_CAUSES,
};
extern const char *const wire_cause_name[WIRE_CAUSES]; /* JSON keys */

struct wire_sum {
	uint64_t files, bytes, compressed;
};

struct wire_layer {
	struct digest digest; /* of the blob */
	uint64_t size;
	bool fetched;
	bool same_tar; /* fetched, though OLD has its tar in another blob */
	struct wire_sum by[WIRE_CAUSES]; /* when fetched */
};

/* A file that comes again without need. */
struct wire_file {
	uint32_t node; /* of NEW's tree */
	uint16_t layer;
	enum wire_cause cause;
	uint64_t bytes, compressed;
};

struct wire {
	const struct loaded_image *from, *to;
	struct wire_layer *layers;
	uint64_t layer_bytes, layer_fetch; /* of all, of those not in OLD */
	uint32_t n_fetched;
	uint64_t doc_bytes, doc_fetch; /* config and manifest */
	struct wire_sum by[WIRE_CAUSES];
	struct wire_file *files; /* the costliest first */
	uint32_t n_files, cap_files;
	bool compressed; /* a fetched layer is */
};

void wire_done(struct wire *w);
/* Borrows both. Contents of files that differ at one path are read once more,
 * up to 64 MiB each. */
must_check int wire_compare(const struct loaded_image *from,
			    const struct loaded_image *to, struct wire *out,
			    struct err *err);

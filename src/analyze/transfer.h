/* SPDX-License-Identifier: Apache-2.0 */
/* analyze/transfer.h - what a node that has OLD must fetch for NEW, and what of
 * it comes again without need.
 *
 * Engines fetch blobs by digest, each whole: a layer of which a byte changed
 * comes again with all that did not change. Every file that a fetched layer of
 * NEW stores is compared with OLD's file system. */
#pragma once
#include "tree/load.h"

/* Why a file of a fetched layer is transferred. */
enum transfer_cause {
	TRANSFER_NEW,	    /* OLD has nothing like it */
	TRANSFER_UNCHANGED, /* OLD has the very same: something else of its
			      * layer changed */
	TRANSFER_TIME,	    /* only the mtime is another */
	TRANSFER_METADATA,  /* the content is the same, mode, owner or xattrs
			  * are not */
	TRANSFER_MOVED,	    /* OLD has the content in another place */
	TRANSFER_BYTECODE, /* Python bytecode with another time of its source */
	TRANSFER_ARCHIVE,  /* the same members in another order, or with other
			  * times */
	TRANSFER_COMPRESSED, /* the same content compressed in another way */
	TRANSFER_CAUSES,
};
extern const char
	*const analyze_transfer_cause_name[TRANSFER_CAUSES]; /* JSON keys */

struct transfer_sum {
	uint64_t files, bytes, compressed;
};

struct transfer_layer {
	struct digest digest; /* of the blob */
	uint64_t size;
	bool fetched;
	bool same_tar; /* fetched, though OLD has its tar in another blob */
	struct transfer_sum by[TRANSFER_CAUSES]; /* when fetched */
};

/* A file that comes again without need. */
struct transfer_file {
	uint32_t node; /* of NEW's tree */
	uint16_t layer;
	enum transfer_cause cause;
	uint64_t bytes, compressed;
};

struct transfer {
	const struct loaded_image *from, *to;
	struct transfer_layer *layers;
	uint64_t layer_bytes, layer_fetch; /* of all, of those not in OLD */
	uint32_t n_fetched;
	uint64_t doc_bytes, doc_fetch; /* config and manifest */
	struct transfer_sum by[TRANSFER_CAUSES];
	struct transfer_file *files; /* the costliest first */
	uint32_t n_files, cap_files;
	bool compressed; /* a fetched layer is */
};

void analyze_transfer_done(struct transfer *w);
/* Borrows both. Contents of files that differ at one path are read once more,
 * up to 64 MiB each. */
must_check int analyze_transfer(const struct loaded_image *from,
				const struct loaded_image *to,
				struct transfer *out, struct err *err);

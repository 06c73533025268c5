/* SPDX-License-Identifier: Apache-2.0 */
/* base/limits.h - how much of each thing a reader believes.
 *
 * Limits are inclusive and data: every reader takes them, checks them before
 * it allocates, and names the limit and its flag when it stops. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct limits {
	uint64_t layers_max;
	uint64_t entries_max;	    /* tar members in all layers */
	uint64_t path_max;	    /* bytes of a whole name */
	uint64_t name_max;	    /* bytes between two slashes */
	uint64_t depth_max;	    /* components of a name */
	uint64_t pax_max;	    /* bytes of one extended header */
	uint64_t xattr_max;	    /* bytes of one xattr value */
	uint64_t xattrs_max;	    /* bytes of different xattr sets */
	uint64_t listed_xattrs_max; /* bytes of the sets of all names */
	uint64_t sparse_max;	    /* regions in one sparse map */
	uint64_t sparse_size_max;   /* logical bytes of all sparse members */
	uint64_t link_chain_max;    /* symlinks followed for one name */
	uint64_t link_bytes_max;    /* bytes that targets unfold to */
	uint64_t blob_max;	    /* bytes of one blob */
	uint64_t layer_max;	    /* bytes of one layer as a tar */
	uint64_t inflate_ratio_max; /* inflated / compressed ... */
	uint64_t inflate_free_max;  /* ... past so many inflated bytes */
	uint64_t window_max;	    /* bytes a codec may look back */
	/* Bytes that the threads which compress a layer may hold: with more
	 * threads than fit, fewer are used. */
	uint64_t compress_memory_max;
	uint64_t manifest_max; /* bytes of a manifest or index */
	uint64_t config_max;   /* bytes of a config */
	uint64_t json_depth_max;
	uint64_t index_depth_max; /* image indices inside one another */
	uint64_t manifests_max;	  /* manifests reached from one index */
};

extern const struct limits limits_default;

/* One row a limit: what --limit NAME=VALUE may set, and what errors say. */
struct limit_desc {
	const char *name; /* as in --limit NAME=VALUE */
	const char *help;
	size_t offset;	  /* of the field in struct limits */
	uint64_t ceiling; /* no one may raise it above; 0: none */
};
extern const struct limit_desc limit_table[];
extern const size_t limit_table_len;

/* Reads "NAME=VALUE"; VALUE as in size.h. ERR_USAGE otherwise. */
must_check int limits_set(struct limits *lim, struct str assignment,
			  struct err *err);
/* ERR_LIMIT that says what was seen, the limit and its flag; returns -1.
 * field is the address of the limit's field in lim. */
int limits_exceeded(const struct limits *lim, const uint64_t *field,
		    uint64_t seen, struct err *err);

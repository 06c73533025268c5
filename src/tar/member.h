/* SPDX-License-Identifier: Apache-2.0 */
/* tar/member.h - one member put together from its header block and from all
 * that was announced in front of it. */
#pragma once
#include "tar/pax.h"

/* What waits for the next member. */
struct tar_announced {
	struct buf long_name, long_link; /* GNU 'L', 'K'; empty: none */
	struct buf bytes;		 /* of the 'x' header */
	struct pax_values pax;
	bool has_pax;
	bool any;
	uint8_t odd; /* enum tar_odd of the global headers */
};

struct tar_member {
	union tar_block block;
	char joined[sizeof((struct tar_raw_header *)0)->prefix + 1 +
		    sizeof((struct tar_raw_header *)0)->name];
	uint64_t stored;       /* archived bytes; 0 for header-only types */
	struct sparse_map map; /* of a sparse member */
};

/* As the header block alone has it; borrows from m. */
struct str tar_header_name(struct tar_member *m);
/* Sets what the header block and the announcements say of the member: all of
 * *out but number, offsets and the sparse map. *out borrows from m, a and g. */
must_check int tar_member_fill(struct tar_member *m, struct tar_announced *a,
			       const struct pax_global *g,
			       const struct limits *lim, struct tar_entry *out,
			       struct err *err);
/* When the member is sparse, in any of the four ways: reads its map (for old
 * GNU and PAX 1.0 out of the stream), sets is_sparse, sparse, n_sparse, size
 * and payload, and lowers m->stored to the bytes of data that follow. */
must_check int tar_member_sparse(struct tar_member *m, struct tar_announced *a,
				 const struct limits *lim, struct tar_input *in,
				 struct tar_entry *out, struct err *err);

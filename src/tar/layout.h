/* SPDX-License-Identifier: Apache-2.0 */
/* tar/layout.h - how one member is said in ustar, and what must be said in
 * PAX because ustar cannot. */
#pragma once
#include "base/sink.h"
#include "tar/header.h"
#include "tar/tar.h"

/* One member as the writer will store it. Borrows from the entry. */
struct tar_layout {
	const struct tar_entry *e;
	struct str prefix, name; /* the header's two parts of the name */
	struct str target;	 /* the header's */
	bool slash;		 /* behind the name, of a directory */
	bool pax_path, pax_target, pax_mtime, pax_size, pax_uid, pax_gid;
	bool binary;	  /* a PAX path or target is not UTF-8 */
	uint64_t pax;	  /* bytes of PAX records, 0: no PAX header */
	uint64_t map;	  /* bytes of the sparse map, padded */
	uint64_t regions; /* in that map, an empty last one included */
	uint64_t data;	  /* bytes of content that follow the map */
};

must_check int tar_layout_of(const struct tar_entry *e, struct tar_layout *out,
			     struct err *err);
/* Header blocks, PAX records and map, padded: all but the content. */
uint64_t tar_layout_head(const struct tar_layout *l);

/* The records of the PAX header, appended to b; or, when b is NULL, only
 * counted. */
must_check int tar_pax_records(const struct tar_layout *l, struct buf *b,
			       uint64_t *n, struct err *err);
/* The map of PAX 1.0 sparse, unpadded; the same. */
must_check int tar_map_text(const struct tar_layout *l, struct buf *b,
			    uint64_t *n, struct err *err);
/* The member's own header block. */
void tar_layout_block(const struct tar_layout *l, union tar_block *out);
/* The block in front of the PAX records. */
void tar_pax_block(const struct tar_layout *l, union tar_block *out);
/* The header of a regular file (mode 0644, owner and time 0) in one block,
 * whatever its size: for who leaves room for it and writes it once the content
 * has come to its end. A size past 8 GiB is base-256, which PAX would need two
 * more blocks for; all engines read it. ERR_CORRUPT for a name over 99 bytes. */
must_check int tar_file_block(struct str name, uint64_t size,
			      union tar_block *out, struct err *err);

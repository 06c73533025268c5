/* SPDX-License-Identifier: Apache-2.0 */
/* tar/tar.h - what one member of a tar is, for the reader and the writer. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"

/* The header's type flag, brought to one value a kind. */
enum tar_type {
	TAR_FILE,     /* '0', NUL, '7', and 'S' (old GNU sparse) */
	TAR_HARDLINK, /* '1' */
	TAR_SYMLINK,  /* '2' */
	TAR_CHAR,     /* '3' */
	TAR_BLOCK,    /* '4' */
	TAR_DIR,      /* '5', and '0' with a name that ends in "/" (v7) */
	TAR_FIFO,     /* '6' */
	TAR_OTHER,    /* anything else that has a header: flag says which */
};

struct tar_xattr {
	struct str name;  /* without "SCHILY.xattr." */
	struct str value; /* any bytes */
};

/* A run of stored bytes of a sparse file; between runs there are holes. */
struct tar_region {
	uint64_t offset, size;
};

/* Where Go's archive/tar, with which engines read, reads another member. */
enum tar_odd {
	TAR_ODD_TYPE = 1,   /* old GNU sparse, contiguous: it has neither */
	TAR_ODD_NAME = 2,   /* a GNU long name wins over a PAX path */
	TAR_ODD_GLOBAL = 4, /* a global header before it, its name with a
				   * folder: it is a member to some */
	TAR_ODD_GLOBAL_AGAIN = 8, /* a second one with the same name */
};

struct tar_entry {
	struct str name;   /* bytes as stored, after PAX and GNU overrides */
	struct str target; /* of TAR_HARDLINK and TAR_SYMLINK */
	enum tar_type type;
	char flag;	 /* the type flag as stored */
	bool has_global; /* a PAX global header applied to it */
	uint8_t odd;	 /* enum tar_odd; reader only */
	uint32_t mode;	 /* permission bits, 07777 */
	uint32_t uid, gid;
	struct instant mtime;
	uint32_t devmajor, devminor;
	uint64_t size;	  /* logical bytes of content; 0 unless TAR_FILE */
	uint64_t payload; /* bytes archived between header block and padding:
			    * the map of PAX 1.0 sparse and the extension blocks
			    * of old GNU sparse count; 0 for header-only types */
	const struct tar_xattr
		*xattrs; /* as stored, last of a name wins, sorted
					 * by name */
	size_t n_xattrs;
	const struct tar_region *sparse; /* rising, not touching; NULL unless
					  * is_sparse */
	size_t n_sparse;
	bool is_sparse;

	/* Reader only. */
	uint64_t number; /* of the member, from 0 */
	uint64_t offset; /* of its first header block (extensions included) */
	uint64_t payload_offset;
};

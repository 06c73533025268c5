/* SPDX-License-Identifier: Apache-2.0 */
/* tar/header.h - the 512 bytes in front of a member, as they are stored.
 *
 * POSIX.1-2024, pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar
 * Format". Names are cut at their first NUL; numbers are octal text, or
 * base-256 when the first bit is set. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum { TAR_BLOCK_SIZE = 512 };
/* A stored name may be this much longer than limits.path_max: "./" in front, a
 * slash behind, a whiteout's prefix. Who cleans names holds them to the limit
 * itself. */
enum { TAR_PATH_SLACK = 512 };

/* offset and size of one run of a sparse file, in octal or base-256. */
struct tar_raw_region {
	char offset[12], size[12];
};

/* What all dialects share, and ustar's own. */
struct tar_raw_header {
	char name[100];
	char mode[8], uid[8], gid[8];
	char size[12], mtime[12];
	char checksum[8];
	char flag;
	char linkname[100];
	char magic[6], version[2];
	char uname[32], gname[32];
	char devmajor[8], devminor[8];
	char prefix[155];	 /* ustar only; star: 131 bytes, then times */
	char pad[8], trailer[4]; /* star: "tar\0" */
};

/* Old GNU's use of the bytes from 345 on. */
struct tar_raw_gnu {
	char shared[345];
	char atime[12], ctime[12], offset[12], longnames[4], unused;
	struct tar_raw_region regions[4];
	char is_extended;
	char real_size[12];
	char pad[17];
};

/* What follows the header while is_extended is set. */
struct tar_raw_regions {
	struct tar_raw_region regions[21];
	char is_extended;
	char pad[7];
};

union tar_block {
	uint8_t bytes[TAR_BLOCK_SIZE];
	struct tar_raw_header h;
	struct tar_raw_gnu gnu;
	struct tar_raw_regions more;
};

enum tar_dialect { TAR_V7, TAR_USTAR, TAR_STAR, TAR_GNU };

/* Told by magic and version: "ustar\0" (any version) is ustar, or star with
 * its trailer; "ustar  \0" is GNU; all else is v7. */
enum tar_dialect tar_dialect_of(const struct tar_raw_header *h);

/* 1: the checksum holds, as a sum of unsigned or (old writers) of signed
 * bytes; 0: the block is all zero; -1: ERR_CORRUPT. */
must_check int tar_check_block(const union tar_block *b, struct err *err);

/* One numeric field: blanks and NULs in front, octal digits, then a blank, a
 * NUL or the field's end; or base-256 in two's complement. An empty field is
 * 0. ERR_CORRUPT names the field. */
must_check int tar_number(const char *field, size_t n, const char *what,
			  int64_t *out, struct err *err);
/* The same, never negative. */
must_check int tar_size(const char *field, size_t n, const char *what,
			uint64_t *out, struct err *err);
/* The same for an owner or a device: 0 to 2^32 - 1. */
must_check int tar_u32(const char *field, size_t n, const char *what,
		       uint32_t *out, struct err *err);

/* The bytes before the first NUL of a field. */
static inline struct str tar_text(const char *field, size_t n)
{
	return (struct str){ field, strnlen(field, n) };
}

#define TAR_FIELD(f) (f), sizeof(f)

/* SPDX-License-Identifier: Apache-2.0 */
/* One block (POSIX.1-2024, pax, "ustar Interchange Format"):
 *
 *	  0 name 100 | 100 mode 8   | 108 uid 8      | 116 gid 8
 *	124 size 12  | 136 mtime 12 | 148 checksum 8 | 156 flag 1
 *	157 linkname 100            | 257 magic 6    | 263 version 2
 *	265 uname 32 | 297 gname 32 | 329 devmajor 8 | 337 devminor 8
 *	345 prefix 155              | 500 padding 12
 *
 * All fields are bytes, so the structs have no padding and lie over the block
 * as it came. uname and gname are never read: which number a name has is the
 * affair of the machine that unpacks. */
#include "tar/header.h"

#include <inttypes.h>

#include "base/checked.h"

_Static_assert(sizeof(union tar_block) == TAR_BLOCK_SIZE, "block layout");
_Static_assert(offsetof(struct tar_raw_header, checksum) == 148, "checksum");
_Static_assert(offsetof(struct tar_raw_header, magic) == 257, "magic");
_Static_assert(offsetof(struct tar_raw_header, prefix) == 345, "prefix");
_Static_assert(offsetof(struct tar_raw_gnu, regions) == 386, "regions");
_Static_assert(offsetof(struct tar_raw_gnu, real_size) == 483, "real size");

/* What stands from byte 345 on depends on it: a name prefix (ustar), a shorter
 * one and two times (star), sparse regions (GNU), nothing (v7). Taken for
 * another dialect, "usr/lib" and "libc.so" would become one file "libc.so" at
 * the root. */
enum tar_dialect tar_dialect_of(const struct tar_raw_header *h)
{
	if (memcmp(h->magic, "ustar", 6) == 0)
		return memcmp(h->trailer, "tar", 4) == 0 ? TAR_STAR : TAR_USTAR;
	/* Magic and version are one field here: "ustar  \0". */
	if (memcmp(h->magic, "ustar ", 6) == 0 &&
	    memcmp(h->version, " ", 2) == 0)
		return TAR_GNU;
	return TAR_V7;
}

/* The checksum field itself counts as eight blanks. */
static uint32_t block_sum(const uint8_t b[static TAR_BLOCK_SIZE])
{
	const size_t at = offsetof(struct tar_raw_header, checksum);
	uint32_t sum = 0;
	for (size_t i = 0; i < TAR_BLOCK_SIZE; i++)
		sum += b[i];
	for (size_t i = at; i < at + 8; i++)
		sum -= b[i];
	return sum + 8 * ' ';
}

/* A signed byte from 0x80 on counts 256 less than an unsigned one.
 *
 * POSIX ("ustar Interchange Format", chksum) sums unsigned bytes. Old tars
 * summed char, which is signed on most machines; it differs where a name is not
 * ASCII. */
static int64_t signed_sum(const uint8_t b[static TAR_BLOCK_SIZE], uint32_t sum)
{
	const size_t at = offsetof(struct tar_raw_header, checksum);
	int64_t high = 0;
	for (size_t i = 0; i < TAR_BLOCK_SIZE; i++)
		if (b[i] >= 0x80 && (i < at || i >= at + 8))
			high++;
	return (int64_t)sum - 256 * high;
}

static bool block_is_zero(const uint8_t b[static TAR_BLOCK_SIZE])
{
	return b[0] == 0 && memcmp(b, b + 1, TAR_BLOCK_SIZE - 1) == 0;
}

int tar_check_block(const union tar_block *b, struct err *err)
{
	int64_t want = 0;
	uint32_t sum = block_sum(b->bytes);
	/* The sum alone leaves the checksum field out, and a block that is zero
	 * but for that field is no end of an archive. */
	if (sum == 8 * ' ' && block_is_zero(b->bytes))
		return 0;
	if (tar_number(TAR_FIELD(b->h.checksum), "checksum", &want, err) < 0)
		return -1;
	if (want == sum || want == signed_sum(b->bytes, sum))
		return 1;
	return err_set(err, ERR_CORRUPT,
		       "header checksum is %" PRIo32
		       ", the header says %" PRIo64,
		       sum, (uint64_t)want);
}

static int no_number(const char *field, size_t n, const char *what,
		     struct err *err)
{
	return err_set(err, ERR_CORRUPT, "%s \"%s\" is no number of 64 bits",
		       what, str_quoted((struct str){ field, n }).text);
}

/* Big-endian two's complement; the first bit is the mark, the second the
 * sign.
 *
 * Twelve bytes hold 95 bits, so a header can say more than 64 bits hold:
 *
 *	80 00 .. 01 00	256
 *	ff ff .. ff ff	-1
 *	80 00 01 00 ..	2^64 or more: refused, not cut to its low bits */
static int base256(const char *field, size_t n, const char *what, int64_t *out,
		   struct err *err)
{
	const uint8_t *p = (const uint8_t *)field;
	bool negative = p[0] & 0x40;
	uint64_t v = p[0] & 0x3f;
	if (negative)
		v |= ~(uint64_t)0x3f;
	const uint64_t sign = negative ? 0x1ff : 0;
	for (size_t i = 1; i < n; i++) {
		/* What is shifted out must repeat the sign. */
		if (v >> 55 != sign)
			return no_number(field, n, what, err);
		v = v << 8 | p[i];
	}
	*out = (int64_t)v;
	return 0;
}

/* "0000644\0", "   644 \0" and "644\0xyz" are all 0644; "64a" is no number, and
 * an empty field is 0 (GNU tar leaves devmajor empty). */
int tar_number(const char *field, size_t n, const char *what, int64_t *out,
	       struct err *err)
{
	if (field[0] & 0x80)
		return base256(field, n, what, out, err);
	size_t i = 0;
	while (i < n && (field[i] == ' ' || field[i] == 0))
		i++;
	uint64_t v = 0; /* 12 digits hold 36 bits */
	for (; i < n && field[i] >= '0' && field[i] <= '7'; i++)
		v = v << 3 | (uint64_t)(field[i] - '0');
	/* Behind a NUL anything may stand, as for Go's archive/tar. */
	while (i < n && field[i] == ' ')
		i++;
	if (i < n && field[i] != 0)
		return no_number(field, n, what, err);
	*out = (int64_t)v;
	return 0;
}

/* A negative size in base-256 would make a reader step backwards, over the same
 * header again and again. */
int tar_size(const char *field, size_t n, const char *what, uint64_t *out,
	     struct err *err)
{
	int64_t v;
	if (tar_number(field, n, what, &v, err) < 0)
		return -1;
	if (v < 0)
		return err_set(err, ERR_CORRUPT, "%s %" PRId64 " is negative",
			       what, v);
	*out = (uint64_t)v;
	return 0;
}

int tar_u32(const char *field, size_t n, const char *what, uint32_t *out,
	    struct err *err)
{
	int64_t v;
	if (tar_number(field, n, what, &v, err) < 0)
		return -1;
	if (v < 0 || !narrow_u32((uint64_t)v, out))
		return err_set(err, ERR_CORRUPT,
			       "%s %" PRId64 " is outside 0 to 4294967295",
			       what, v);
	return 0;
}

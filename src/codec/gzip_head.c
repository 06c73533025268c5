/* SPDX-License-Identifier: Apache-2.0 */
/* RFC 1952 2.3. No name, MTIME 0, XFL 0, OS 255 (unknown), and one extra
 * subfield, as bgzip and dictzip have one: how long the member is, so that all
 * members are found without inflating, and the level that made it.
 *
 *	1f 8b 08 04 | 00 00 00 00 | 00 ff | 09 00 | 'P' 'M' | 05 00 | u32 n | u8
 *	            flags           MTIME   XFL OS  XLEN      the subfield's length
 *
 * n counts all bytes of the member, this header and the trailer included. */
#include "codec/internal.h"

static const uint8_t fixed[] = { 0x1f, 0x8b, 8, 4, 0,	0,   0, 0,
				 0,    0xff, 9, 0, 'P', 'M', 5, 0 };

static void put_u32(uint8_t *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (8 * i));
}

static uint32_t get_u32(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

void codec_gzip_put_head(uint8_t head[static GZIP_HEAD], uint32_t n, int level)
{
	memcpy(head, fixed, sizeof fixed);
	put_u32(head + sizeof fixed, n);
	head[GZIP_HEAD - 1] = (uint8_t)level;
}

void codec_gzip_put_trailer(uint8_t trailer[static GZIP_TRAILER], uint32_t crc,
			    uint32_t size)
{
	put_u32(trailer, crc);
	put_u32(trailer + 4, size);
}

bool codec_gzip_parse_head(const uint8_t *p, size_t have, uint32_t *n,
			   uint8_t *level)
{
	if (have < GZIP_HEAD || memcmp(p, fixed, sizeof fixed) != 0)
		return false;
	*n = get_u32(p + sizeof fixed);
	*level = p[GZIP_HEAD - 1];
	return *n > GZIP_HEAD + GZIP_TRAILER;
}

void codec_gzip_parse_trailer(const uint8_t trailer[static GZIP_TRAILER],
			      uint32_t *crc, uint32_t *size)
{
	*crc = get_u32(trailer);
	*size = get_u32(trailer + 4);
}

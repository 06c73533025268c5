/* SPDX-License-Identifier: Apache-2.0 */
/* json/base64.h - bytes inside JSON strings (RFC 4648 section 4). */
#pragma once
#include "base/str.h"

/* Appends, padded, on one line. */
must_check int json_base64_add(struct buf *out, struct str bytes,
			       struct err *err);
/* Bytes that a text of n characters may decode to, at most. */
static inline size_t base64_room(size_t n)
{
	return n / 4 * 3;
}
/* Strict: padding there, unused bits zero, no line breaks. to has base64_room
 * bytes. false when the text is not base64. */
bool json_base64_decode(struct str text, uint8_t *to, size_t *n);

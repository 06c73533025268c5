/* SPDX-License-Identifier: Apache-2.0 */
#include "json/base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			       "abcdefghijklmnopqrstuvwxyz0123456789+/";

int json_base64_add(struct buf *out, struct str bytes, struct err *err)
{
	const uint8_t *p = (const uint8_t *)bytes.p;
	for (size_t i = 0; i < bytes.n; i += 3) {
		size_t left = MIN(bytes.n - i, (size_t)3);
		uint32_t v = (uint32_t)p[i] << 16;
		v |= left > 1 ? (uint32_t)p[i + 1] << 8 : 0;
		v |= left > 2 ? p[i + 2] : 0;
		char four[4] = { alphabet[v >> 18], alphabet[v >> 12 & 63],
				 left > 1 ? alphabet[v >> 6 & 63] : '=',
				 left > 2 ? alphabet[v & 63] : '=' };
		if (buf_add(out, four, sizeof four, err) < 0)
			return -1;
	}
	return 0;
}

static int value_of(char c)
{
	const char *hit = c ? strchr(alphabet, c) : NULL;
	return hit ? (int)(hit - alphabet) : -1;
}

bool json_base64_decode(struct str text, uint8_t *to, size_t *n)
{
	size_t done = 0, pad = 0;
	if (text.n % 4 != 0)
		return false;
	while (pad < 2 && pad < text.n && text.p[text.n - 1 - pad] == '=')
		pad++;
	for (size_t i = 0; i < text.n; i += 4) {
		size_t digits = i + 4 == text.n ? 4 - pad : 4;
		uint32_t v = 0;
		for (size_t k = 0; k < 4; k++) {
			int d = k < digits ? value_of(text.p[i + k]) : 0;
			if (d < 0)
				return false;
			v = v << 6 | (uint32_t)d;
		}
		/* 4 digits are 3 bytes, 3 are 2, 2 are 1. */
		if (v & (0xffffffu >> (8 * (digits - 1))) & 0xffffffu)
			return false;
		for (size_t k = 0; k + 1 < digits; k++)
			to[done++] = (uint8_t)(v >> (16 - 8 * k));
	}
	*n = done;
	return true;
}

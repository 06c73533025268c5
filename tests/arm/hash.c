/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 of standard input's first n bytes for every n, three times: by one
 * state, and by each of two that share a schedule. run compares. */
#include <stdio.h>

#include "base/sha256.h"

static void print(struct sha256 *s)
{
	uint8_t out[32];
	sha256_end(s, out);
	for (int i = 0; i < 32; i++)
		printf("%02x", out[i]);
	putchar('\n');
}

int main(void)
{
	static uint8_t text[1 << 16];
	struct sha256 a, b, c;
	size_t size = fread(text, 1, sizeof text, stdin);
	if (!sha256_has_instructions())
		return 2;
	for (size_t n = 0; n <= size; n++) {
		size_t half = n / 3;
		sha256_start(&a);
		sha256_start(&b);
		sha256_start(&c);
		sha256_add(&a, text, n);
		sha256_add_both(&b, &c, text, half);
		sha256_add_both(&b, &c, text + half, n - half);
		print(&a);
		print(&b);
		print(&c);
	}
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <openssl/evp.h>
#include <pthread.h>
#include <string.h>

#include "base/sha256.h"

/* A kernel may trap the instructions, an emulator may have them wrong. Content
 * is compared by these digests, so they are trusted only after they gave what
 * libcrypto gives: alone and as a pair, over whole blocks and the rest. */
static bool agrees_with_libcrypto(void)
{
	enum { N = 5 * 64 + 17 };
	uint8_t text[N], want[32], one[32], two[2][32];
	struct sha256 s, pair[2];
	for (size_t i = 0; i < N; i++)
		text[i] = (uint8_t)(i * i + 7 * i);
	if (EVP_Digest(text, N, want, NULL, EVP_sha256(), NULL) != 1)
		return false;
	sha256_start(&s);
	sha256_start(&pair[0]);
	sha256_start(&pair[1]);
	sha256_add(&s, text, N);
	sha256_add_both(&pair[0], &pair[1], text, N);
	sha256_end(&s, one);
	sha256_end(&pair[0], two[0]);
	sha256_end(&pair[1], two[1]);
	return memcmp(one, want, 32) == 0 && memcmp(two[0], want, 32) == 0 &&
	       memcmp(two[1], want, 32) == 0;
}

static bool usable;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void find_out(void)
{
	usable = sha256_has_instructions() && agrees_with_libcrypto();
}

bool sha256_is_usable(void)
{
	pthread_once(&once, find_out);
	return usable;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Two hashers that stand apart, fed in pieces of sizes taken from the input,
 * now one, now both; libcrypto says what must come out. */
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "fuzz.h"

struct twin {
	struct sha256 own;
	EVP_MD_CTX *libcrypto;
};

static void twin_start(struct twin *t)
{
	sha256_start(&t->own);
	t->libcrypto = EVP_MD_CTX_new();
	if (EVP_DigestInit_ex(t->libcrypto, EVP_sha256(), NULL) != 1)
		abort();
}

static void twin_end(struct twin *t)
{
	uint8_t got[32], want[32];
	sha256_end(&t->own, got);
	if (EVP_DigestFinal_ex(t->libcrypto, want, NULL) != 1 ||
	    memcmp(got, want, sizeof got) != 0)
		abort();
	EVP_MD_CTX_free(t->libcrypto);
}

/* The first byte of a piece says who takes it and how long it is. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct twin t[2];
	if (!sha256_is_usable())
		return 0;
	twin_start(&t[0]);
	twin_start(&t[1]);
	while (size) {
		unsigned who = data[0] & 3;
		size_t n = (size_t)(data[0] >> 2) * 5;
		data++, size--;
		n = n < size ? n : size;
		if (who < 2)
			sha256_add(&t[who].own, data, n);
		else
			sha256_add_both(&t[0].own, &t[1].own, data, n);
		for (unsigned i = 0; i < 2; i++)
			if ((who == i || who >= 2) && n &&
			    EVP_DigestUpdate(t[i].libcrypto, data, n) != 1)
				abort();
		data += n, size -= n;
	}
	twin_end(&t[0]);
	twin_end(&t[1]);
	return 0;
}

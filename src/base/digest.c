/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"

#include <openssl/evp.h>
#include <pthread.h>

/* Fetched once and never freed: a fetch costs more than hashing a small
 * file, and they live as long as the program. */
static EVP_MD *md_sha256, *md_sha512;
static pthread_once_t md_once = PTHREAD_ONCE_INIT;

static void fetch_mds(void)
{
	md_sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	md_sha512 = EVP_MD_fetch(NULL, "SHA512", NULL);
}

static const EVP_MD *md_of(enum digest_alg alg)
{
	pthread_once(&md_once, fetch_mds);
	return alg == DIGEST_SHA512 ? md_sha512 : md_sha256;
}

const char *digest_alg_name(enum digest_alg alg)
{
	return alg == DIGEST_SHA512 ? "sha512" : "sha256";
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* algorithm ::= component (separator component)*, both of [a-z0-9] and
 * [+._-]; encoded ::= [a-zA-Z0-9=_-]+ */
static bool is_digest_shaped(struct str alg, struct str hex)
{
	if (alg.n == 0 || hex.n == 0)
		return false;
	for (size_t i = 0; i < alg.n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789+._-",
			    alg.p[i]) ||
		    !alg.p[i])
			return false;
	for (size_t i = 0; i < hex.n; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789=_-"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
			    hex.p[i]) ||
		    !hex.p[i])
			return false;
	return true;
}

int digest_parse(struct str text, struct digest *out, struct err *err)
{
	struct str alg, hex;
	struct digest d = { 0 };
	if (!str_cut(text, ':', &alg, &hex) || !is_digest_shaped(alg, hex))
		return err_set(err, ERR_CORRUPT, "\"%s\" is not a digest",
			       str_quoted(text).text);
	if (str_eqz(alg, "sha256"))
		d.alg = DIGEST_SHA256;
	else if (str_eqz(alg, "sha512"))
		d.alg = DIGEST_SHA512;
	else
		return err_set(err, ERR_UNSUPPORTED,
			       "digest algorithm \"%s\" is not supported",
			       str_quoted(alg).text);
	size_t n = digest_len(d.alg);
	if (hex.n != 2 * n)
		return err_set(err, ERR_CORRUPT,
			       "digest \"%s\" has %zu digits, expected %zu",
			       str_quoted(text).text, hex.n, 2 * n);
	for (size_t i = 0; i < n; i++) {
		int hi = hex_value(hex.p[2 * i]);
		int lo = hex_value(hex.p[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return err_set(err, ERR_CORRUPT,
				       "digest \"%s\" is not lower-case hex",
				       str_quoted(text).text);
		d.bytes[i] = (uint8_t)(hi << 4 | lo);
	}
	*out = d;
	return 0;
}

struct digest_text digest_hex(const struct digest *d)
{
	struct digest_text t = { "" };
	size_t n = digest_len(d->alg);
	for (size_t i = 0; i < n; i++) {
		t.text[2 * i] = "0123456789abcdef"[d->bytes[i] >> 4];
		t.text[2 * i + 1] = "0123456789abcdef"[d->bytes[i] & 15];
	}
	return t;
}

struct digest_text digest_text(const struct digest *d)
{
	struct digest_text t = { "" };
	struct digest_text hex = digest_hex(d);
	if (d->alg == DIGEST_NONE)
		return t;
	memcpy(t.text, digest_alg_name(d->alg), 6);
	t.text[6] = ':';
	memcpy(t.text + 7, hex.text, 2 * digest_len(d->alg));
	return t;
}

struct digest_text digest_short(const struct digest *d)
{
	struct digest_text t = digest_hex(d);
	t.text[12] = 0;
	return t;
}

int hasher_start(struct hasher *h, enum digest_alg alg, struct err *err)
{
	h->own = alg == DIGEST_SHA256 && sha256_is_usable();
	if (h->own) {
		sha256_start(&h->sha256);
		return 0;
	}
	const EVP_MD *md = md_of(alg);
	if (!h->ctx)
		h->ctx = EVP_MD_CTX_new();
	if (!h->ctx || !md || EVP_DigestInit_ex2(h->ctx, md, NULL) != 1)
		return err_set(err, ERR_NOMEM, "no %s hashing",
			       digest_alg_name(alg));
	return 0;
}

int hasher_add(struct hasher *h, const void *p, size_t n, struct err *err)
{
	if (h->own)
		sha256_add(&h->sha256, p, n);
	else if (n && EVP_DigestUpdate(h->ctx, p, n) != 1)
		return err_set(err, ERR_NOMEM, "hashing failed");
	return 0;
}

int hasher_add_both(struct hasher *a, struct hasher *b, const void *p, size_t n,
		    struct err *err)
{
	if (a->own && b->own) {
		sha256_add_both(&a->sha256, &b->sha256, p, n);
		return 0;
	}
	if (hasher_add(a, p, n, err) < 0)
		return -1;
	return hasher_add(b, p, n, err);
}

int hasher_end(struct hasher *h, enum digest_alg alg, struct digest *out,
	       struct err *err)
{
	struct digest d = { .alg = alg };
	if (h->own)
		sha256_end(&h->sha256, d.bytes);
	else if (EVP_DigestFinal_ex(h->ctx, d.bytes, NULL) != 1)
		return err_set(err, ERR_NOMEM, "hashing failed");
	*out = d;
	return 0;
}

void hasher_done(struct hasher *h)
{
	EVP_MD_CTX_free(h->ctx);
	h->ctx = NULL;
}

int digest_of(enum digest_alg alg, const void *p, size_t n, struct digest *out,
	      struct err *err)
{
	scoped(hasher_done) struct hasher h = HASHER_INIT;
	if (hasher_start(&h, alg, err) < 0 || hasher_add(&h, p, n, err) < 0)
		return -1;
	return hasher_end(&h, alg, out, err);
}

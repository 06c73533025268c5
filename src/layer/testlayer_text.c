/* SPDX-License-Identifier: Apache-2.0 */
/* Records to text. */
#include "layer/testlayer.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/cursor.h"
#include "base/test.h" /* last: cmocka defines skip */

enum { TEXT_MAX = 16 << 10, MADE_MAX = 256, WORD_MAX = TESTLAYER_WORD_MAX };

/* Contents that were made, to tell them by their digests. */
static struct made {
	struct digest digest;
	char word[WORD_MAX];
} made[MADE_MAX];
static size_t n_made;

char *testlayer_next(void)
{
	static char texts[8][TEXT_MAX];
	static unsigned at;
	char *t = texts[at++ % ARRAY_LEN(texts)];
	*t = 0;
	return t;
}

void testlayer_addf(char *to, const char *fmt, ...)
{
	size_t n = strlen(to);
	va_list ap;
	va_start(ap, fmt);
	int k = vsnprintf(to + n, TEXT_MAX - n, fmt, ap);
	va_end(ap);
	assert_true(k >= 0 && (size_t)k < TEXT_MAX - n);
}

const char *testlayer_printf(const char *fmt, ...)
{
	char *t = testlayer_next();
	va_list ap;
	va_start(ap, fmt);
	int k = vsnprintf(t, TEXT_MAX, fmt, ap);
	va_end(ap);
	assert_true(k >= 0 && k < TEXT_MAX);
	return t;
}

void testlayer_remember(struct str content, const char *word)
{
	struct err err = { 0 };
	struct digest d;
	assert_ok(digest_of(DIGEST_SHA256, content.p, content.n, &d, &err),
		  &err);
	for (size_t i = 0; i < n_made; i++)
		if (digest_eq(&made[i].digest, &d))
			return;
	assert_true(n_made < MADE_MAX && strlen(word) < WORD_MAX);
	made[n_made].digest = d;
	strcpy(made[n_made++].word, word);
}

static void add_bytes(char *to, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		uint8_t c = (uint8_t)s.p[i];
		if (c <= ' ' || c >= 127 || c == ';')
			testlayer_addf(to, "\\x%02x", c);
		else
			testlayer_addf(to, "%c", c);
	}
}

/* "." is the root. */
void testlayer_add_name(char *to, struct str s)
{
	add_bytes(to, s.n ? s : STR("."));
}

static void add_content(char *to, const uint8_t *sha256, uint64_t size)
{
	struct digest d = { .alg = DIGEST_SHA256 };
	memcpy(d.bytes, sha256, 32);
	for (size_t i = 0; i < n_made; i++)
		if (digest_eq(&made[i].digest, &d)) {
			testlayer_addf(to, " %s", made[i].word);
			return;
		}
	testlayer_addf(to, " #%" PRIu64 ":%s", size, digest_short(&d).text);
}

static void add_meta(char *to, const struct index_record *r)
{
	struct cur c = cur_of(r->xattrs.p, r->xattrs.n);
	struct str name, value;
	uint32_t usual = r->type == TAR_DIR ? 0755 : 0644;
	if (r->type != TAR_SYMLINK && r->mode != usual)
		testlayer_addf(to, " m%o", r->mode);
	if (r->uid || r->gid)
		testlayer_addf(to, " o%u:%u", r->uid, r->gid);
	if (r->mtime.ns)
		testlayer_addf(to, " t%" PRId64 ".%09" PRIu32, r->mtime.s,
			       r->mtime.ns);
	else if (r->mtime.s != 1)
		testlayer_addf(to, " t%" PRId64, r->mtime.s);
	while (layer_xattr_next(&c, &name, &value)) {
		testlayer_addf(to, " x");
		add_bytes(to, name);
		testlayer_addf(to, ":");
		add_bytes(to, value);
	}
}

void testlayer_add(char *to, const struct index_record *r)
{
	testlayer_addf(to, "%s%c ", *to ? "; " : "", "fhlcbdp?"[r->type]);
	testlayer_add_name(to, r->path);
	if (r->type == TAR_HARDLINK || r->type == TAR_SYMLINK) {
		testlayer_addf(to, " >");
		testlayer_add_name(to, r->target);
	}
	if (r->type == TAR_CHAR || r->type == TAR_BLOCK)
		testlayer_addf(to, " v%u:%u", r->devmajor, r->devminor);
	if (r->type == TAR_FILE && r->size)
		add_content(to, r->sha256, r->size);
	add_meta(to, r);
}

const char *testlayer_text(const struct layer_index *ix)
{
	struct err err = { 0 };
	scoped(layer_index_iter_done) struct index_iter it;
	struct index_record r;
	char *out = testlayer_next();
	int got;
	layer_index_begin(ix, &it);
	while ((got = layer_index_next(&it, &r, &err)) > 0)
		testlayer_add(out, &r);
	assert_ok(got, &err);
	return out;
}

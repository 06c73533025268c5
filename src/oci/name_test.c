/* SPDX-License-Identifier: Apache-2.0 */
#include "oci/name.h"

#include <stdio.h>

#include "base/test.h"

#define HEX16 "0123456789abcdef"
#define HEX64 HEX16 HEX16 HEX16 HEX16

static const struct {
	const char *text, *host, *path, *tag;
	bool has_digest;
} good[] = {
	{ "busybox", "", "busybox", "", false },
	{ "busybox:1.36", "", "busybox", "1.36", false },
	{ "library/busybox", "", "library/busybox", "", false },
	{ "a.b/c", "a.b", "c", "", false },
	{ "localhost/c", "localhost", "c", "", false },
	{ "localhost:5000/a/b:t", "localhost:5000", "a/b", "t", false },
	{ "Host/c", "Host", "c", "", false },
	{ "127.0.0.1:80/x", "127.0.0.1:80", "x", "", false },
	{ "[::1]:5000/x:y", "[::1]:5000", "x", "y", false },
	{ "[fe80::1]/x", "[fe80::1]", "x", "", false },
	{ "quay.io/a__b/c---d/e.f_g:_T.-x", "quay.io", "a__b/c---d/e.f_g",
	  "_T.-x", false },
	{ "a@sha256:" HEX64, "", "a", "", true },
	{ "r.io/a:b@sha256:" HEX64, "r.io", "a", "b", true },
};

TEST(name, good)
{
	struct err err = { 0 };
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		struct oci_name n;
		assert_ok(oci_parse_name(str_of(good[i].text), &n, &err), &err);
		assert_true(str_eqz(n.host, good[i].host));
		assert_true(str_eqz(n.path, good[i].path));
		assert_true(str_eqz(n.tag, good[i].tag));
		assert_int_equal(n.has_digest, good[i].has_digest);
	}
}

#define BAD_PATH                                                           \
	"a repository is parts of a-z and 0-9, with . _ __ or - between, " \
	"joined by /"
#define BAD_TAG                                             \
	"a tag is 1 to 128 of A-Z a-z 0-9 _ . -, and does " \
	"not begin with . or -"
#define BAD_HOST "the host is not valid"

static const struct {
	const char *text, *why;
} bad[] = {
	{ "", BAD_PATH },
	{ "Busybox", BAD_PATH },
	{ "a/", BAD_PATH },
	{ "/a", BAD_PATH },
	{ "a//b", BAD_PATH },
	{ "a..b", BAD_PATH },
	{ "a___b", BAD_PATH },
	{ "a._b", BAD_PATH },
	{ "a-", BAD_PATH },
	{ "-a", BAD_PATH },
	{ "r.io/../a", BAD_PATH },
	{ "a b", BAD_PATH },
	{ "a:", BAD_TAG },
	{ "a:.x", BAD_TAG },
	{ "a:-x", BAD_TAG },
	{ "a:x/y", BAD_HOST },
	{ "a:b:c", BAD_TAG },
	{ "r.io:port/a", BAD_HOST },
	{ "r.io:65536/a", BAD_HOST },
	{ "r..io/a", BAD_HOST },
	{ "-r.io/a", BAD_HOST },
	{ "r-.io/a", BAD_HOST },
	{ "r.io-/a", BAD_HOST },
	{ ".io/a", BAD_HOST },
	{ "[::1/a", BAD_HOST },
	{ "[::1]5/a", BAD_HOST },
	{ "[:]:5/a", BAD_HOST },
	{ "a@", "\"\" is not a digest" },
	{ "a@sha256:12", "digest \"sha256:12\" has 2 digits, expected 64" },
};

TEST(name, bad)
{
	struct err err = { 0 };
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct oci_name n;
		char want[480];
		snprintf(want, sizeof want, "\"%s\" is no image name: %s",
			 bad[i].text, bad[i].why);
		assert_fails(oci_parse_name(str_of(bad[i].text), &n, &err),
			     &err, ERR_USAGE, want);
	}
}

TEST(name, lengths)
{
	struct err err = { 0 };
	struct oci_name n;
	char text[400] = "";
	memset(text, 'a', 255);
	text[255] = ':';
	memset(text + 256, 't', 128);
	assert_ok(oci_parse_name((struct str){ text, 384 }, &n, &err), &err);
	text[384] = 't';
	assert_int_equal(oci_parse_name((struct str){ text, 385 }, &n, &err),
			 -1);
	assert_non_null(strstr(err.text, "a tag is 1 to 128"));
	err_clear(&err);
	text[255] = 'a';
	assert_int_equal(oci_parse_name((struct str){ text, 256 }, &n, &err),
			 -1);
	assert_non_null(strstr(err.text, "longer than 255 bytes"));
}

TESTS_MAIN(unit(name, good), unit(name, bad), unit(name, lengths))

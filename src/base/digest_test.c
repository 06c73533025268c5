/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"

#include <stdio.h>

#include "base/test.h"

#define HEX64 "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define HEX128                                                             \
	"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a" \
	"2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"

TEST(digest, of_abc)
{
	(void)state;
	struct err err = { 0 };
	struct digest d;
	assert_ok(digest_of(DIGEST_SHA256, "abc", 3, &d, &err), &err);
	assert_string_equal(digest_text(&d).text, "sha256:" HEX64);
	assert_string_equal(digest_hex(&d).text, HEX64);
	assert_string_equal(digest_short(&d).text, "ba7816bf8f01");
	assert_ok(digest_of(DIGEST_SHA512, "abc", 3, &d, &err), &err);
	assert_string_equal(digest_text(&d).text, "sha512:" HEX128);
	struct digest none = { 0 };
	assert_string_equal(digest_text(&none).text, "");
}

TEST(digest, parse)
{
	(void)state;
	struct err err = { 0 };
	struct digest a, b;
	assert_ok(digest_parse(STR("sha256:" HEX64), &a, &err), &err);
	assert_ok(digest_of(DIGEST_SHA256, "abc", 3, &b, &err), &err);
	assert_true(digest_eq(&a, &b));
	assert_ok(digest_parse(STR("sha512:" HEX128), &a, &err), &err);
	assert_string_equal(digest_hex(&a).text, HEX128);
}

TEST(digest, parse_errors)
{
	(void)state;
	static const struct {
		struct str in;
		enum err_code code;
		const char *text;
	} cases[] = {
		{ { "", 0 }, ERR_CORRUPT, "\"\" is not a digest" },
		{ { "abc", 3 }, ERR_CORRUPT, "\"abc\" is not a digest" },
		{ { "sha256:", 7 },
		  ERR_CORRUPT,
		  "\"sha256:\" is not a digest" },
		{ { "sha256:../../a", 14 },
		  ERR_CORRUPT,
		  "\"sha256:../../a\" is not a digest" },
		{ { "sha/256:aa", 10 },
		  ERR_CORRUPT,
		  "\"sha/256:aa\" is not a digest" },
		{ { "sha256:a\0b", 10 },
		  ERR_CORRUPT,
		  "\"sha256:a\\x00b\" is not a digest" },
		{ { "blake3:aa", 9 },
		  ERR_UNSUPPORTED,
		  "digest algorithm \"blake3\" is not supported" },
		{ { "sha256:aa", 9 },
		  ERR_CORRUPT,
		  "digest \"sha256:aa\" has 2 digits, expected 64" },
	};
	struct err err = { 0 };
	struct digest d;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_fails(digest_parse(cases[i].in, &d, &err), &err,
			     cases[i].code, cases[i].text);
	char upper[] = "sha256:" HEX64;
	upper[7] = 'B';
	char text[200];
	snprintf(text, sizeof text, "digest \"%s\" is not lower-case hex",
		 upper);
	assert_fails(digest_parse(str_of(upper), &d, &err), &err, ERR_CORRUPT,
		     text);
}

TEST(digest, hasher_is_used_again)
{
	(void)state;
	struct err err = { 0 };
	scoped(hasher_done) struct hasher h = HASHER_INIT;
	struct digest d;
	for (int i = 0; i < 3; i++) {
		assert_ok(hasher_start(&h, DIGEST_SHA256, &err), &err);
		assert_ok(hasher_add(&h, "a", 1, &err), &err);
		assert_ok(hasher_add(&h, NULL, 0, &err), &err);
		assert_ok(hasher_add(&h, "bc", 2, &err), &err);
		assert_ok(hasher_end(&h, DIGEST_SHA256, &d, &err), &err);
		assert_string_equal(digest_hex(&d).text, HEX64);
	}
}

TESTS_MAIN(unit(digest, of_abc), unit(digest, parse),
	   unit(digest, parse_errors), unit(digest, hasher_is_used_again))

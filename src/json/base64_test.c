/* SPDX-License-Identifier: Apache-2.0 */
#include "json/base64.h"

#include "base/test.h"

/* RFC 4648 section 10, and bytes that need all of the alphabet's ends. */
static const struct {
	struct str bytes;
	const char *text;
} pairs[] = {
	{ { "", 0 }, "" },
	{ { "f", 1 }, "Zg==" },
	{ { "fo", 2 }, "Zm8=" },
	{ { "foo", 3 }, "Zm9v" },
	{ { "foob", 4 }, "Zm9vYg==" },
	{ { "fooba", 5 }, "Zm9vYmE=" },
	{ { "foobar", 6 }, "Zm9vYmFy" },
	{ { "{}", 2 }, "e30=" },
	{ { "\0\0\0", 3 }, "AAAA" },
	{ { "\xff\xff\xfe", 3 }, "///+" },
};

TEST(base64, both_ways)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(64);
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		uint8_t bytes[16];
		size_t n = 99;
		struct str text = str_of(pairs[i].text);
		buf_reset(&b);
		assert_ok(json_base64_add(&b, pairs[i].bytes, &err), &err);
		assert_true(str_eq(buf_str(&b), text));
		assert_true(base64_room(text.n) <= sizeof bytes);
		assert_true(json_base64_decode(text, bytes, &n));
		assert_int_equal(n, pairs[i].bytes.n);
		assert_memory_equal(bytes, pairs[i].bytes.p, n);
	}
}

TEST(base64, refused)
{
	static const char *const texts[] = {
		"Z",	"Zg",	    "Zg=",    "Zh==", "Zm9=", "====",
		"=AAA", "Zg==Zg==", "Zm9v\n", "Zm 9", "Zm-_", "Z===",
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		uint8_t bytes[16];
		size_t n = 99;
		assert_false(json_base64_decode(str_of(texts[i]), bytes, &n));
		assert_int_equal(n, 99);
	}
}

TESTS_MAIN(unit(base64, both_ways), unit(base64, refused))

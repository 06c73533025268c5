/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

#include "base/test.h"

TEST(str, compare)
{
	(void)state;
	assert_true(str_cmp(STR("a"), STR("b")) < 0);
	assert_true(str_cmp(STR("a"), STR("a\0")) < 0);
	assert_true(str_cmp(STR("\xff"), STR("a")) > 0);
	assert_int_equal(str_cmp(STR("a\0b"), STR("a\0b")), 0);
	assert_int_equal(str_cmp((struct str){ 0 }, STR("")), 0);
	assert_true(str_eq((struct str){ 0 }, STR("")));
	assert_false(str_eq(STR("a"), STR("b")));
	assert_true(str_starts(STR("abc"), STR("ab")));
	assert_false(str_starts(STR("a"), STR("ab")));
	assert_true(str_ends(STR("abc"), STR("bc")));
	assert_false(str_ends(STR("c"), STR("bc")));
}

TEST(str, cut)
{
	(void)state;
	struct str head, tail;
	assert_true(str_cut(STR("a=b=c"), '=', &head, &tail));
	assert_true(str_eqz(head, "a"));
	assert_true(str_eqz(tail, "b=c"));
	assert_true(str_cut(STR("="), '=', &head, &tail));
	assert_int_equal(head.n + tail.n, 0);
	assert_false(str_cut(STR("abc"), '=', &head, &tail));
	assert_true(str_has(STR("a=b"), '=') && str_has(STR("\0"), 0));
	assert_false(str_has(STR("a=b"), 'c'));
	assert_true(str_contains(STR("abc"), STR("bc")));
	assert_false(str_contains(STR("abc"), STR("ac")));
}

TEST(str, to_u64)
{
	(void)state;
	uint64_t v = 9;
	assert_true(str_to_u64(STR("0"), &v));
	assert_int_equal(v, 0);
	assert_true(str_to_u64(STR("00018446744073709551615"), &v));
	assert_true(v == UINT64_MAX);
	v = 9;
	static const char *const bad[] = {
		"", "18446744073709551616", "-1", "+1", " 1", "1 ", "0x1"
	};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(str_to_u64(str_of(bad[i]), &v));
	assert_int_equal(v, 9);
}

TEST(str, utf8)
{
	(void)state;
	static const struct {
		const char *text;
		bool good;
	} cases[] = {
		{ "", true },
		{ "plain", true },
		{ "\x7f", true },
		{ "\xc2\x80", true },
		{ "\xdf\xbf", true },
		{ "\xe0\xa0\x80", true },
		{ "\xed\x9f\xbf", true },
		{ "\xee\x80\x80", true },
		{ "\xf0\x90\x80\x80", true },
		{ "\xf4\x8f\xbf\xbf", true },
		{ "\x80", false },	       /* continuation alone */
		{ "\xc0\x80", false },	       /* overlong NUL */
		{ "\xc1\xbf", false },	       /* overlong */
		{ "\xe0\x9f\xbf", false },     /* overlong */
		{ "\xf0\x8f\xbf\xbf", false }, /* overlong */
		{ "\xed\xa0\x80", false },     /* surrogate */
		{ "\xf4\x90\x80\x80", false }, /* past U+10FFFF */
		{ "\xf5\x80\x80\x80", false },
		{ "\xff", false },
		{ "\xc3", false },	/* cut off */
		{ "\xe2\x82", false },	/* cut off */
		{ "\xc3(", false },	/* no continuation */
		{ "\xe2\x82(", false }, /* no continuation */
		{ "ok\xf0\x9f\x98", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(str_is_utf8(str_of(cases[i].text)),
				 cases[i].good);
	assert_true(str_is_utf8(STR("a\0b")));
}

TEST(str, quoted)
{
	(void)state;
	static const struct {
		struct str in;
		const char *out;
	} cases[] = {
		{ { "", 0 }, "" },
		{ { "a b", 3 }, "a b" },
		{ { "a\nb\tc\rd", 7 }, "a\\nb\\tc\\rd" },
		{ { "\"\\", 2 }, "\\\"\\\\" },
		{ { "\0\x1b\x7f", 3 }, "\\x00\\x1b\\x7f" },
		{ { "\xc3\xa9\xe2\x82\xac", 5 }, "\xc3\xa9\xe2\x82\xac" },
		{ { "\xc3", 1 }, "\\xc3" },
		{ { "\xed\xa0\x80", 3 }, "\\xed\\xa0\\x80" },
		{ { "\xc2\x9b", 2 }, "\\xc2\\x9b" }, /* C1: CSI */
		{ { "\xc2\xa0", 2 }, "\xc2\xa0" },
		/* U+202E turns the line round; U+2027 and U+2028 do not. */
		{ { "\xe2\x80\xae", 3 }, "\\xe2\\x80\\xae" },
		{ { "\xe2\x80\xa7", 3 }, "\xe2\x80\xa7" },
		{ { "\xe2\x81\xa6", 3 }, "\\xe2\\x81\\xa6" },
		{ { "\xd8\x9c", 2 }, "\\xd8\\x9c" },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf b = BUF_INIT(100);
		assert_string_equal(str_quoted(cases[i].in).text, cases[i].out);
		assert_ok(buf_quoted(&b, cases[i].in, &err), &err);
		assert_string_equal(buf_cstr(&b), cases[i].out);
	}
}

TEST(str, quoted_is_cut)
{
	(void)state;
	char longer[400];
	memset(longer, 'x', sizeof longer);
	for (size_t n = 150; n < sizeof longer; n++) {
		struct quoted q = str_quoted((struct str){ longer, n });
		size_t len = strlen(q.text);
		assert_true(len < sizeof q.text);
		assert_true(len == n || strcmp(q.text + len - 4, "x...") == 0);
	}
	/* never within an escape */
	memset(longer, 1, sizeof longer);
	struct quoted q = str_quoted((struct str){ longer, sizeof longer });
	assert_string_equal(q.text + strlen(q.text) - 7, "\\x01...");
}

TEST(str, buf)
{
	(void)state;
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(8);
	assert_ok(buf_add(&b, NULL, 0, &err), &err);
	assert_ok(buf_addf(&b, &err, "%d-%s", 12, "ab"), &err);
	assert_true(str_eqz(buf_str(&b), "12-ab"));
	assert_string_equal(buf_cstr(&b), "12-ab");
	assert_ok(buf_add(&b, "xyz", 3, &err), &err);
	assert_fails(buf_byte(&b, 'c', &err), &err, ERR_LIMIT,
		     "a buffer would grow past 8 bytes");
	assert_true(str_eqz(buf_str(&b), "12-abxyz"));
	assert_string_equal(buf_cstr(&b), "12-abxyz");
	char *room;
	assert_fails(buf_room(&b, SIZE_MAX, &room, &err), &err, ERR_LIMIT,
		     "a buffer would grow past 8 bytes");
	buf_done(&b);
	assert_int_equal(b.max, 8);
	assert_ok(buf_add(&b, "again", 5, &err), &err);
}

TEST(str, addf_fills_to_the_ceiling)
{
	(void)state;
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(3);
	assert_string_equal(buf_cstr(&b), "");
	assert_ok(buf_addf(&b, &err, "%s", ""), &err);
	assert_ok(buf_addf(&b, &err, "%s", "abc"), &err);
	assert_true(str_eqz(buf_str(&b), "abc"));
	assert_fails(buf_addf(&b, &err, "%s", "d"), &err, ERR_LIMIT,
		     "a buffer would grow past 3 bytes");
}

/* No function may hand NULL to memcmp, memchr or memcpy, nor add to it: the
 * sanitizers stop this test where one does. */
TEST(str, without_bytes)
{
	(void)state;
	const struct str none = { NULL, 0 };
	struct str head = STR("as it was"), tail = head;
	uint64_t v = 9;
	assert_true(str_eq(none, none) && str_eq(none, STR("")));
	assert_true(str_eqz(none, ""));
	assert_false(str_eq(none, STR("a")) || str_eqz(none, "a"));
	assert_true(str_starts(none, none) && str_starts(STR("a"), none));
	assert_true(str_ends(none, none) && str_ends(STR("a"), none));
	assert_false(str_starts(none, STR("a")) || str_ends(none, STR("a")));
	assert_int_equal(str_from(none, 0).n, 0);
	assert_int_equal(str_cmp(none, none), 0);
	assert_true(str_cmp(none, STR("a")) < 0 && str_cmp(STR("a"), none) > 0);
	assert_int_equal(str_find(none, 0), 0);
	assert_false(str_has(none, 0) || str_contains(none, STR("a")));
	assert_true(str_contains(none, none) && str_contains(STR("a"), none));
	assert_false(str_cut(none, 0, &head, &tail));
	assert_true(str_eqz(head, "as it was") && str_eq(head, tail));
	assert_false(str_to_u64(none, &v));
	assert_int_equal(v, 9);
	assert_true(str_is_utf8(none));
	assert_int_equal(str_utf8_len(none), 0);
	assert_string_equal(str_quoted(none).text, "");
}

TEST(str, buf_takes_no_bytes)
{
	(void)state;
	const struct str none = { NULL, 0 };
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(8);
	char *room;
	assert_ok(buf_room(&b, 0, &room, &err), &err);
	assert_ok(buf_add(&b, none.p, none.n, &err), &err);
	assert_ok(buf_str_add(&b, none, &err), &err);
	assert_ok(buf_shown(&b, none, &err), &err);
	assert_ok(buf_quoted(&b, none, &err), &err);
	assert_true(str_eq(buf_str(&b), none));
	buf_reset(&b);
	assert_string_equal(buf_cstr(&b), "");
}

TESTS_MAIN(unit(str, compare), unit(str, cut), unit(str, to_u64),
	   unit(str, utf8), unit(str, quoted), unit(str, quoted_is_cut),
	   unit(str, buf), unit(str, addf_fills_to_the_ceiling),
	   unit(str, without_bytes), unit(str, buf_takes_no_bytes))

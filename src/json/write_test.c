/* SPDX-License-Identifier: Apache-2.0 */
#include "json/write.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/test.h"

static void write_sample(struct json_out *o)
{
	json_open_object(o);
	json_key(o, "schema");
	json_put_u64(o, 1);
	json_key(o, "none");
	json_open_object(o);
	json_close_object(o);
	json_key(o, "list");
	json_open_array(o);
	json_put_null(o);
	json_put_bool(o, true);
	json_open_array(o);
	json_close_array(o);
	json_open_object(o);
	json_key(o, "x");
	json_put_i64(o, -1);
	json_key(o, "raw");
	json_put_raw(o, STR("{\"y\": 2}"));
	json_close_object(o);
	json_close_array(o);
	json_close_object(o);
}

TEST(write, compact)
{
	struct err err = { 0 };
	struct json_out o;
	scoped(buf_done) struct buf b = BUF_INIT(1024);
	json_out_begin(&o, &b, false);
	write_sample(&o);
	assert_ok(json_out_finish(&o, &err), &err);
	assert_non_null(buf_cstr(&b));
	assert_string_equal(b.p, "{\"schema\":1,\"none\":{},\"list\":[null,"
				 "true,[],{\"x\":-1,\"raw\":{\"y\": 2}}]}");
}

TEST(write, pretty)
{
	struct err err = { 0 };
	struct json_out o;
	scoped(buf_done) struct buf b = BUF_INIT(1024);
	json_out_begin(&o, &b, true);
	write_sample(&o);
	assert_ok(json_out_finish(&o, &err), &err);
	assert_non_null(buf_cstr(&b));
	assert_string_equal(b.p, "{\n"
				 "  \"schema\": 1,\n"
				 "  \"none\": {},\n"
				 "  \"list\": [\n"
				 "    null,\n"
				 "    true,\n"
				 "    [],\n"
				 "    {\n"
				 "      \"x\": -1,\n"
				 "      \"raw\": {\"y\": 2}\n"
				 "    }\n"
				 "  ]\n"
				 "}");
}

static const struct {
	struct str s;
	const char *want;
} strings[] = {
	{ { "", 0 }, "\"\"" },
	{ { "a/b", 3 }, "\"a/b\"" },
	{ { "\"\\", 2 }, "\"\\\"\\\\\"" },
	{ { "\b\f\n\r\t\0\x1f\x7f", 8 },
	  "\"\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f\"" },
	{ { "\xc2\x80\xc2\x9f\xc2\xa0", 6 }, "\"\\u0080\\u009f\xc2\xa0\"" },
	{ { "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", 9 },
	  "\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\"" },
	{ { "a\xff"
	    "b",
	    3 },
	  "\"a\xef\xbf\xbd"
	  "b\"" },
	{ { "\xe2\x82", 2 }, "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ { "\xed\xa0\x80", 3 }, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
};

TEST(write, strings)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1024);
	for (size_t i = 0; i < ARRAY_LEN(strings); i++) {
		struct json_out o;
		buf_reset(&b);
		json_out_begin(&o, &b, false);
		json_put_str(&o, strings[i].s);
		assert_ok(json_out_finish(&o, &err), &err);
		assert_non_null(buf_cstr(&b));
		assert_string_equal(b.p, strings[i].want);
	}
}

static const struct {
	double v;
	const char *want;
} doubles[] = {
	{ 0, "0" },
	{ -0.0, "-0" },
	{ 1, "1" },
	{ 0.1, "0.1" },
	{ 0.3, "0.3" },
	{ 0.1 + 0.2, "0.30000000000000004" },
	{ 1.0 / 3, "0.3333333333333333" },
	{ 0.123456789012345, "0.123456789012345" },
	{ 1e21, "1e+21" },
	{ 9007199254740993.0, "9007199254740992" },
	{ DBL_MAX, "1.7976931348623157e+308" },
	{ -4.9406564584124654e-324, "-4.94065645841247e-324" },
	{ NAN, "null" },
	{ INFINITY, "null" },
};

TEST(write, doubles)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1024);
	for (size_t i = 0; i < ARRAY_LEN(doubles); i++) {
		struct json_out o;
		buf_reset(&b);
		json_out_begin(&o, &b, false);
		json_put_double(&o, doubles[i].v);
		assert_ok(json_out_finish(&o, &err), &err);
		assert_non_null(buf_cstr(&b));
		assert_string_equal(b.p, doubles[i].want);
		if (isfinite(doubles[i].v))
			assert_true(strtod(b.p, NULL) == doubles[i].v);
	}
}

TEST(write, integers_at_their_ends)
{
	struct err err = { 0 };
	struct json_out o;
	scoped(buf_done) struct buf b = BUF_INIT(1024);
	json_out_begin(&o, &b, false);
	json_open_array(&o);
	json_put_u64(&o, UINT64_MAX);
	json_put_i64(&o, INT64_MIN);
	json_close_array(&o);
	assert_ok(json_out_finish(&o, &err), &err);
	assert_true(str_eqz(buf_str(&b),
			    "[18446744073709551615,-9223372036854775808]"));
}

TEST(write, paths)
{
	struct err err = { 0 };
	struct json_out o;
	scoped(buf_done) struct buf b = BUF_INIT(1024);
	json_out_begin(&o, &b, false);
	json_open_object(&o);
	json_put_path(&o, "path", STR("na\xc3\xafve\n"));
	json_put_path(&o, "link", STR("b\xe4r"));
	json_close_object(&o);
	assert_ok(json_out_finish(&o, &err), &err);
	assert_non_null(buf_cstr(&b));
	assert_string_equal(b.p, "{\"path\":\"na\xc3\xafve\\n\","
				 "\"link\":\"b\xef\xbf\xbdr\","
				 "\"link_b64\":\"YuRy\"}");
}

TEST(write, errors_stick)
{
	struct err err = { 0 };
	struct json_out o;
	scoped(buf_done) struct buf b = BUF_INIT(10);
	json_out_begin(&o, &b, true);
	write_sample(&o);
	json_put_path(&o, "p", STR("\xff"));
	json_put_double(&o, 1);
	assert_fails(json_out_finish(&o, &err), &err, ERR_LIMIT,
		     "a buffer would grow past 10 bytes");
}

TEST(write, members)
{
	struct err err = { 0 };
	struct json_out o;
	scoped(buf_done) struct buf b = BUF_INIT(1000);
	json_out_begin(&o, &b, false);
	json_open_object(&o);
	json_member_u64(&o, "a", UINT64_MAX);
	json_member_u64_if(&o, "b", true, 0);
	json_member_u64_if(&o, "c", false, 1);
	json_member_str(&o, "d", STR("x\""));
	json_member_name(&o, "e", "y");
	json_member_name(&o, "f", NULL);
	json_close_object(&o);
	assert_ok(json_out_finish(&o, &err), &err);
	assert_string_equal(buf_cstr(&b),
			    "{\"a\":18446744073709551615,\"b\":0,"
			    "\"c\":null,\"d\":\"x\\\"\",\"e\":\"y\","
			    "\"f\":null}");
}

TESTS_MAIN(unit(write, compact), unit(write, pretty), unit(write, strings),
	   unit(write, doubles), unit(write, integers_at_their_ends),
	   unit(write, paths), unit(write, errors_stick), unit(write, members))

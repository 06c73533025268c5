/* SPDX-License-Identifier: Apache-2.0 */
#include "json/span.h"

#include "base/test.h"
#include "json/json.h"

static const struct {
	const char *text, *key, *value; /* NULL: no such key */
} lookups[] = {
	{ "{\"a\":1}", "a", "1" },
	{ " { \"a\" : 1 , \"b\" :\t[ 1, {\"a\":2} ] } ", "b",
	  "[ 1, {\"a\":2} ]" },
	{ "{\"x\":{\"a\":1},\"a\":2}", "a", "2" },
	{ "{\"x\":[\"a\",{\"a\":1}]}", "a", NULL },
	{ "{\"x\":\"}\\\"a\\\":1\",\"a\":true}", "a", "true" },
	{ "{\"\\u0072ootfs\":{}}", "rootfs", "{}" },
	{ "{\"\\u0072o\\u006ftf\\u0073\":\"\\\\\"}", "rootfs", "\"\\\\\"" },
	{ "{\"Rootfs\":1,\"rootfs2\":2,\"rootf\":3}", "rootfs", NULL },
	{ "{\"\\\"\\\\\\/\\b\\f\\n\\r\\t\":1}", "\"\\/\b\f\n\r\t", "1" },
	{ "{\"\\ud83d\\ude00\":1}", "\xf0\x9f\x98\x80", "1" },
	{ "{\"\\u20ac\":1}", "\xe2\x82\xac", "1" },
	{ "{\"\\u00e4\":1}", "\xc3\xa4", "1" },
	{ "{}", "a", NULL },
	{ "{\"\":1}", "", "1" },
};

TEST(span, lookups)
{
	struct err err = { 0 };
	for (size_t i = 0; i < ARRAY_LEN(lookups); i++) {
		struct str text = str_of(lookups[i].text);
		struct json_span span;
		scoped(json_free) json_t *doc = NULL;
		assert_ok(json_parse(text, &limits_default,
				     &limits_default.config_max, &doc, &err),
			  &err);
		int r = json_span_of(text, lookups[i].key, &span, &err);
		assert_int_equal(r, lookups[i].value != NULL);
		if (r > 0)
			assert_true(str_eqz(json_span_str(text, span),
					    lookups[i].value));
	}
}

TEST(span, broken_texts_end)
{
	static const char *const texts[] = {
		"",	    "{",	   "{\"",
		"{\"a",	    "{\"a\"",	   "{\"a\":",
		"{a:1}",    "{\"b\":1",	   "{\"b\":1,",
		"{\"b\":[", "{\"b\"1}",	   "{,}",
		"{:}",	    "{\"b\":\"",   "{\"b\":1 2}",
		"{\"\\",    "{\"\\u1\":1",
	};
	struct json_span span;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct err err = { 0 };
		assert_int_equal(
			json_span_of(str_of(texts[i]), "a", &span, &err), -1);
		assert_int_equal(err.code, ERR_CORRUPT);
	}
}

TEST(span, only_objects_have_keys)
{
	struct err err = { 0 };
	struct json_span span;
	assert_fails(json_span_of(STR("[1]"), "a", &span, &err), &err,
		     ERR_CORRUPT, "JSON at byte 0: expected an object");
	assert_fails(json_span_of(STR(" 1"), "a", &span, &err), &err,
		     ERR_CORRUPT,
		     "JSON at byte 2: expected an object or an array");
}

TEST(span, walk_in_order)
{
	static const char *const want[] = { "1", "\"a,]\"", "[2,[3]]",
					    "{\"x\":[]}", "null" };
	struct err err = { 0 };
	struct json_walk w;
	struct json_item item;
	struct str text = STR("[1, \"a,]\",[2,[3]] ,{\"x\":[]},\nnull ]");
	assert_ok(json_walk_begin(&w, text, &err), &err);
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		assert_int_equal(json_walk_next(&w, &item, &err), 1);
		assert_true(str_eqz(json_span_str(text, item.value), want[i]));
		assert_int_equal(item.key.n, 0);
	}
	assert_int_equal(json_walk_next(&w, &item, &err), 0);
	assert_int_equal(json_walk_next(&w, &item, &err), 0);
}

static const struct {
	const char *text;
	struct json_edit edits[2];
	size_t n_edits;
	const char *want;
} splices[] = {
	{ "{\"a\":1}", { { 0 } }, 0, "{\"a\":1}" },
	{ " {\n\t\"z\" : [1,  2],\n\t\"a\" : 1.50 ,\"m\":{ } }\n",
	  { { "a", { "[]", 2 } } },
	  1,
	  " {\n\t\"z\" : [1,  2],\n\t\"a\" : [] ,\"m\":{ } }\n" },
	{ "{\"\\u0072ootfs\":{\"x\":\"\\u00e4\"},\"history\":[]}",
	  { { "history", { "[1]", 3 } }, { "rootfs", { "{}", 2 } } },
	  2,
	  "{\"\\u0072ootfs\":{},\"history\":[1]}" },
	{ "{\"a\":{\"b\":1},\"b\":2}",
	  { { "b", { "3", 1 } } },
	  1,
	  "{\"a\":{\"b\":1},\"b\":3}" },
	{ "{}", { { "b", { "3", 1 } } }, 1, "{\"b\":3}" },
	{ "{ }",
	  { { "b", { "3", 1 } }, { "c", { "4", 1 } } },
	  2,
	  "{\"b\":3,\"c\":4 }" },
	{ "{\"a\":1 }",
	  { { "b\"\n", { "3", 1 } } },
	  1,
	  "{\"a\":1,\"b\\\"\\n\":3 }" },
	{ "{\"c\":1,\"a\":2}\n",
	  { { "b", { "3", 1 } }, { "c", { "true", 4 } } },
	  2,
	  "{\"c\":true,\"a\":2,\"b\":3}\n" },
};

TEST(span, splice_keeps_every_other_byte)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1024);
	for (size_t i = 0; i < ARRAY_LEN(splices); i++) {
		buf_reset(&b);
		assert_ok(json_splice(str_of(splices[i].text), splices[i].edits,
				      splices[i].n_edits, &b, &err),
			  &err);
		assert_non_null(buf_cstr(&b));
		assert_string_equal(b.p, splices[i].want);
	}
}

TEST(span, splice_stops_at_the_buffers_ceiling)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(4);
	const struct json_edit e = { "a", STR("23") };
	assert_fails(json_splice(STR("{\"a\":1}"), &e, 1, &b, &err), &err,
		     ERR_LIMIT, "a buffer would grow past 4 bytes");
	assert_fails(json_splice(STR("[]"), &e, 1, &b, &err), &err, ERR_CORRUPT,
		     "JSON at byte 0: expected an object");
}

TEST(span, remove_takes_the_comma_along)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "{\"a\": 1, \"x\": [2], \"b\":3}", "{\"a\": 1, \"b\":3}" },
		{ "{ \"x\":1, \"a\":2 }", "{ \"a\":2 }" },
		{ "{\"a\":1,\"y\":{\"x\":2}}", "{\"a\":1}" },
		{ "{\"x\":1,\"y\":2}", "{}" },
		{ "{\"x\":1,\"y\":2,\"a\":3,\"x\":4,\"y\":5}", "{\"a\":3}" },
		{ "{\"a\":1,\"x\":2,\"y\":3,\"b\":4}", "{\"a\":1,\"b\":4}" },
		{ "{\"a\":{\"x\":1}}", "{\"a\":{\"x\":1}}" },
		{ " {} ", " {} " },
	};
	static const char *const keys[] = { "x", "y", NULL };
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(buf_done) struct buf b = BUF_INIT(256);
		struct err err = { 0 };
		assert_ok(json_remove(str_of(rows[i].text), keys, &b, &err),
			  &err);
		assert_string_equal(buf_cstr(&b), rows[i].want);
	}
}

TESTS_MAIN(unit(span, lookups), unit(span, broken_texts_end),
	   unit(span, only_objects_have_keys), unit(span, walk_in_order),
	   unit(span, splice_keeps_every_other_byte),
	   unit(span, splice_stops_at_the_buffers_ceiling),
	   unit(span, remove_takes_the_comma_along))

/* SPDX-License-Identifier: Apache-2.0 */
#include "json/json.h"

#include "base/test.h"
#include "json/check.h"

static int parse(struct str text, const struct limits *lim, json_t **out,
		 struct err *err)
{
	return json_parse(text, lim, &lim->manifest_max, out, err);
}

/* A text, and how its refusal reads; NULL: it is accepted. */
static const struct {
	const char *text;
	enum err_code code;
	const char *want;
} texts[] = {
	{ "{}", 0, NULL },
	{ "[]", 0, NULL },
	{ " \t\r\n{ \"a\" : [ 1 , -2.5e3 , true , null ] } \n", 0, NULL },
	{ "{\"a\":\"\\u0000\"}", 0, NULL },
	{ "{\"a\":\"\\ud83d\\ude00\"}", 0, NULL },
	{ "{\"a\":9223372036854775807}", 0, NULL },
	{ "{\"a\":-9223372036854775808}", 0, NULL },
	/* Equal in different objects, or only nearly equal. */
	{ "{\"a\":{\"b\":1},\"c\":{\"B\":1},\"b\":[{\"A\":1}]}", 0, NULL },
	{ "{\"\xc3\xa4\":1,\"\xc3\x84\":2}", 0, NULL },
	{ "{\"a\":\"b\",\"c\":\"B\"}", 0, NULL },
	{ "", ERR_CORRUPT, "JSON at byte 0 (line 1): '[' or '{' expected" },
	{ "3", ERR_CORRUPT, "JSON at byte 1 (line 1): '[' or '{' expected" },
	{ "\"a\"", ERR_CORRUPT,
	  "JSON at byte 3 (line 1): '[' or '{' expected" },
	{ "{\"a\":1} x", ERR_CORRUPT,
	  "JSON at byte 9 (line 1): end of file expected" },
	{ "{}{}", ERR_CORRUPT,
	  "JSON at byte 3 (line 1): end of file expected" },
	{ "{\n\"a\":1,\n\"a\":2}", ERR_CORRUPT,
	  "JSON at byte 12 (line 3): duplicate object key" },
	{ "{\"a\":1,\"\\u0061\":2}", ERR_CORRUPT,
	  "JSON at byte 15 (line 1): duplicate object key" },
	{ "{\"a\":1,}", ERR_CORRUPT,
	  "JSON at byte 8 (line 1): string or '}' expected" },
	{ "[1,]", ERR_CORRUPT, "JSON at byte 4 (line 1): unexpected token" },
	{ "[1", ERR_CORRUPT, "JSON at byte 2 (line 1): ']' expected" },
	{ "[\"a", ERR_CORRUPT,
	  "JSON at byte 3 (line 1): premature end of input" },
	{ "[\"a\\", ERR_CORRUPT, "JSON at byte 4 (line 1): invalid escape" },
	{ "]]", ERR_CORRUPT, "JSON at byte 1 (line 1): '[' or '{' expected" },
	{ "[NaN]", ERR_CORRUPT, "JSON at byte 4 (line 1): invalid token" },
	{ "[01]", ERR_CORRUPT, "JSON at byte 2 (line 1): invalid token" },
	{ "['a']", ERR_CORRUPT, "JSON at byte 2 (line 1): invalid token" },
	{ "[1e999]", ERR_CORRUPT,
	  "JSON at byte 6 (line 1): real number overflow" },
	{ "[9223372036854775808]", ERR_CORRUPT,
	  "JSON at byte 20 (line 1): too big integer" },
	{ "[-9223372036854775809]", ERR_CORRUPT,
	  "JSON at byte 21 (line 1): too big negative integer" },
	{ "[\"\xff\"]", ERR_CORRUPT,
	  "JSON at byte 2 (line 1): unable to decode byte 0xff" },
	{ "[\"\xc0\x80\"]", ERR_CORRUPT,
	  "JSON at byte 2 (line 1): unable to decode byte 0xc0" },
	{ "[\"\xed\xa0\x80\"]", ERR_CORRUPT,
	  "JSON at byte 2 (line 1): unable to decode byte 0xed" },
	{ "[\"\\ud800\"]", ERR_CORRUPT,
	  "JSON at byte 9 (line 1): invalid Unicode '\\uD800'" },
	{ "[\"\\udc00\"]", ERR_CORRUPT,
	  "JSON at byte 9 (line 1): invalid Unicode '\\uDC00'" },
	{ "[\"a\nb\"]", ERR_CORRUPT,
	  "JSON at byte 3 (line 1): unexpected newline" },
	{ "[\"a\x01\"]", ERR_CORRUPT,
	  "JSON at byte 3 (line 1): control character 0x1" },
	{ "{\"a\\u0000b\":1}", ERR_CORRUPT,
	  "JSON at byte 11 (line 1): NUL byte in object key not supported" },
	{ "\xef\xbb\xbf{}", ERR_CORRUPT, "JSON begins with a byte order mark" },
	/* Keys that a Go reader takes for one another. */
	{ "{\"Layers\":[],\"layers\":[]}", ERR_CORRUPT,
	  "JSON keys \"Layers\" at byte 1 and \"layers\" at byte 13 differ in "
	  "case alone" },
	{ "{\"a\":[{\"x\":{},\"k\":1,\"y\":{\"k\":2},\"K\":3}]}", ERR_CORRUPT,
	  "JSON keys \"k\" at byte 14 and \"K\" at byte 32 differ in case "
	  "alone" },
	{ "{\"\\u004cayers\":[],\"layers\":[]}", ERR_CORRUPT,
	  "JSON keys \"\\\\u004cayers\" at byte 1 and \"layers\" at byte 18 "
	  "differ in case alone" },
	{ "{\"layers\":1,\"layer\xc5\xbf\":2}", ERR_CORRUPT,
	  "JSON keys \"layers\" at byte 1 and \"layer\xc5\xbf\" at byte 12 "
	  "differ in case alone" },
	/* Of many pairs the one that is complete first. */
	{ "{\"q\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"B\":1,"
	  "\"G\":1,\"F\":1,\"E\":1,\"D\":1,\"C\":1,\"Q\":1}",
	  ERR_CORRUPT,
	  "JSON keys \"b\" at byte 7 and \"B\" at byte 43 differ in case "
	  "alone" },
	{ "{\"k\":1,\"\\u212a\":2}", ERR_CORRUPT,
	  "JSON keys \"k\" at byte 1 and \"\\\\u212a\" at byte 7 differ in "
	  "case alone" },
};

TEST(json, texts)
{
	struct err err = { 0 };
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		scoped(json_free) json_t *doc = NULL;
		struct str text = str_of(texts[i].text);
		if (texts[i].want)
			assert_fails(parse(text, &limits_default, &doc, &err),
				     &err, texts[i].code, texts[i].want);
		else
			assert_ok(parse(text, &limits_default, &doc, &err),
				  &err);
	}
}

TEST(json, nul_bytes_are_no_space)
{
	struct err err = { 0 };
	scoped(json_free) json_t *doc = NULL;
	assert_fails(parse(STR("{}\0"), &limits_default, &doc, &err), &err,
		     ERR_CORRUPT,
		     "JSON at byte 3 (line 1): end of file expected");
	assert_fails(parse((struct str){ 0 }, &limits_default, &doc, &err),
		     &err, ERR_CORRUPT,
		     "JSON at byte 0 (line 1): '[' or '{' expected");
}

TEST(json, integers_are_exact)
{
	struct err err = { 0 };
	scoped(json_free) json_t *doc = NULL;
	uint64_t v;
	assert_ok(parse(STR("{\"size\":9007199254740993}"), &limits_default,
			&doc, &err),
		  &err);
	assert_int_equal(json_get_u64(doc, "size", &v, &err), 1);
	assert_true(v == 9007199254740993u);
}

TEST(json, size_limit)
{
	struct err err = { 0 };
	struct limits lim = limits_default;
	scoped(json_free) json_t *doc = NULL;
	lim.config_max = 6;
	assert_int_equal(
		json_parse(STR("[1234]"), &lim, &lim.config_max, &doc, &err),
		0);
	json_free(&doc);
	assert_fails(
		json_parse(STR("[12345]"), &lim, &lim.config_max, &doc, &err),
		&err, ERR_LIMIT,
		"7 bytes of an image config, over the limit of 6 (raise it "
		"with --limit config=N)");
}

static void nested(struct buf *b, size_t depth, char open, char close)
{
	struct err err = { 0 };
	buf_reset(b);
	for (size_t i = 0; i < depth; i++)
		assert_int_equal(buf_byte(b, open, &err), 0);
	for (size_t i = 0; close && i < depth; i++)
		assert_int_equal(buf_byte(b, close, &err), 0);
}

TEST(json, depth_limit)
{
	struct err err = { 0 };
	struct limits lim = limits_default;
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	scoped(json_free) json_t *doc = NULL;
	nested(&b, 64, '[', ']');
	assert_ok(parse(buf_str(&b), &lim, &doc, &err), &err);
	json_free(&doc);
	const char *want = "65 nesting of a JSON document, over the limit of "
			   "64 (raise it with --limit json_depth=N)";
	nested(&b, 65, '[', ']');
	assert_fails(parse(buf_str(&b), &lim, &doc, &err), &err, ERR_LIMIT,
		     want);
	nested(&b, 100000, '[', 0);
	assert_fails(parse(buf_str(&b), &lim, &doc, &err), &err, ERR_LIMIT,
		     want);
	nested(&b, 100000, '{', '}');
	assert_fails(parse(buf_str(&b), &lim, &doc, &err), &err, ERR_LIMIT,
		     want);
	/* However far the limit is raised, jansson keeps one of its own. */
	lim.json_depth_max = 1000000;
	nested(&b, 100000, '[', ']');
	assert_fails(parse(buf_str(&b), &lim, &doc, &err), &err, ERR_LIMIT,
		     "JSON at byte 2049 (line 1): nested too deep");
	/* Brackets in strings nest nothing; one level counts one time. */
	lim.json_depth_max = 2;
	assert_ok(parse(STR("[\"[[[[\\\"[[[\",[],[],{}]"), &lim, &doc, &err),
		  &err);
}

TEST(json, number_of_values_is_limited)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(1 << 21);
	scoped(json_free) json_t *doc = NULL;
	assert_int_equal(buf_byte(&b, '[', &err), 0);
	for (size_t i = 1; i < JSON_VALUES_MAX; i++)
		assert_int_equal(buf_str_add(&b, STR("1,"), &err), 0);
	assert_int_equal(buf_str_add(&b, STR("1]"), &err), 0);
	assert_ok(parse(buf_str(&b), &limits_default, &doc, &err), &err);
	assert_int_equal(json_array_size(doc), JSON_VALUES_MAX);
	json_free(&doc);
	b.n--;
	assert_int_equal(buf_str_add(&b, STR(",1]"), &err), 0);
	assert_fails(parse(buf_str(&b), &limits_default, &doc, &err), &err,
		     ERR_LIMIT, "over 500000 values in one JSON document");
}

/* A sort, not every pair: this would take minutes otherwise. */
TEST(json, many_keys_in_one_object)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(4 << 20);
	scoped(json_free) json_t *doc = NULL;
	for (unsigned i = 0; i < 200000; i++)
		assert_int_equal(
			buf_addf(&b, &err, "%s\"k%u\":1", i ? "," : "{", i), 0);
	assert_int_equal(buf_str_add(&b, STR(",\"K777\":1}"), &err), 0);
	assert_fails(parse(buf_str(&b), &limits_default, &doc, &err), &err,
		     ERR_CORRUPT,
		     "JSON keys \"k777\" at byte 6884 and \"K777\" at byte "
		     "2288891 differ in case alone");
}

TEST(json, getters)
{
	struct err err = { 0 };
	scoped(json_free) json_t *doc = NULL;
	struct str s;
	uint64_t u;
	bool b;
	json_t *v;
	assert_ok(parse(STR("{\"s\":\"a\\u0000b\",\"u\":7,\"neg\":-1,"
			    "\"r\":1.0,\"t\":true,\"f\":false,\"n\":null,"
			    "\"a\":[1],\"o\":{},\"Case\":1}"),
			&limits_default, &doc, &err),
		  &err);
	assert_int_equal(json_get_str(doc, "s", &s, &err), 1);
	assert_true(str_eq(s, STR("a\0b")));
	assert_int_equal(json_get_u64(doc, "u", &u, &err), 1);
	assert_int_equal(u, 7);
	assert_int_equal(json_get_bool(doc, "t", &b, &err), 1);
	assert_true(b);
	assert_int_equal(json_get_bool(doc, "f", &b, &err), 1);
	assert_false(b);
	assert_int_equal(json_get_array(doc, "a", &v, &err), 1);
	assert_int_equal(json_array_size(v), 1);
	assert_int_equal(json_get_object(doc, "o", &v, &err), 1);
	assert_int_equal(json_get_str(doc, "n", &s, &err), 0);
	assert_int_equal(json_get_array(doc, "x", &v, &err), 0);
	assert_int_equal(json_has(doc, "n", &err), 1);
	assert_int_equal(json_has(doc, "x", &err), 0);
	assert_fails(json_get_str(doc, "u", &s, &err), &err, ERR_CORRUPT,
		     "\"u\" is an integer, expected a string");
	assert_fails(json_get_u64(doc, "r", &u, &err), &err, ERR_CORRUPT,
		     "\"r\" is a number with a fraction or an exponent, "
		     "expected an integer");
	assert_fails(json_get_u64(doc, "neg", &u, &err), &err, ERR_CORRUPT,
		     "\"neg\" is -1, expected 0 or more");
	assert_fails(json_get_bool(doc, "a", &b, &err), &err, ERR_CORRUPT,
		     "\"a\" is an array, expected true or false");
	assert_fails(json_get_array(doc, "t", &v, &err), &err, ERR_CORRUPT,
		     "\"t\" is a boolean, expected an array");
	assert_fails(json_get_object(doc, "s", &v, &err), &err, ERR_CORRUPT,
		     "\"s\" is a string, expected an object");
	assert_fails(json_get_object(doc, "case", &v, &err), &err, ERR_CORRUPT,
		     "key \"Case\" should be spelled \"case\"");
	assert_fails(json_has(doc, "CASE", &err), &err, ERR_CORRUPT,
		     "key \"Case\" should be spelled \"CASE\"");
	assert_fails(json_get_str(json_object_get(doc, "a"), "x", &s, &err),
		     &err, ERR_CORRUPT,
		     "expected an object with \"x\", not an array");
	assert_fails(json_get_str(NULL, "x", &s, &err), &err, ERR_CORRUPT,
		     "expected an object with \"x\", not nothing");
}

TESTS_MAIN(unit(json, texts), unit(json, nul_bytes_are_no_space),
	   unit(json, integers_are_exact), unit(json, size_limit),
	   unit(json, depth_limit), unit(json, number_of_values_is_limited),
	   unit(json, many_keys_in_one_object), unit(json, getters))

/* SPDX-License-Identifier: Apache-2.0 */
#include "yaml/yaml.h"

#include "base/test.h"

/* Back to one line: maps {k: v}, lists [a], a line number behind each key. */
static void show(const struct yaml_node *n, struct buf *b)
{
	struct err err = { 0 };
	bool map = n->kind == YAML_MAP;
	if (n->kind == YAML_SCALAR) {
		assert_ok(buf_addf(b, &err, n->plain ? "%.*s" : "'%.*s'",
				   STR_ARG(n->text)),
			  &err);
		return;
	}
	assert_ok(buf_byte(b, map ? '{' : '[', &err), &err);
	for (size_t i = 0; i < n->n; i++) {
		if (i)
			assert_ok(buf_byte(b, ' ', &err), &err);
		if (map) {
			show(n->pairs[i].key, b);
			assert_ok(buf_addf(b, &err,
					   "@%u:", n->pairs[i].key->line),
				  &err);
		}
		show(map ? n->pairs[i].value : n->items[i], b);
	}
	assert_ok(buf_byte(b, map ? '}' : ']', &err), &err);
}

TEST(yaml, trees)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "a: 1\nb:\n- x\n- 'y'\n", "{a@1:1 b@2:[x 'y']}" },
		{ "{a: [b, c], d: {}}", "{a@1:[b c] d@1:{}}" },
		{ "- &x {a: 1}\n- *x\n", "[{a@1:1} {a@1:1}]" },
		{ "x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\n",
		  "{x@1:{a@1:1 b@1:2} y@2:{a@1:1 b@4:3}}" },
		{ "x: &x {a: 1}\ny: {b: 2, <<: [*x, {b: 9, c: 3}]}\n",
		  "{x@1:{a@1:1} y@2:{b@2:2 a@1:1 c@2:3}}" },
		{ "a: |\n  one\n  two\n", "{a@1:'one\ntwo\n'}" },
		{ "--- # one\na: ~\n...\n", "{a@2:~}" },
		{ "x", "x" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		struct yaml y;
		scoped(buf_done) struct buf b = BUF_INIT(10000);
		assert_ok(yaml_parse(str_of(rows[i].text), &y, &err), &err);
		show(y.root, &b);
		assert_string_equal(buf_cstr(&b), rows[i].want);
		yaml_done(&y);
	}
}

TEST(yaml, nothing_is_no_document)
{
	static const struct str texts[] = {
		{ 0 },
		{ "", 0 },
		{ " \n\t\r\n", 5 },
		{ "\xef\xbb\xbf", 3 },
		{ "\xff\xfe", 2 },
		{ "\xfe\xff\0#", 4 },
		{ "# only this\n", 12 },
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct err err = { 0 };
		struct yaml y;
		assert_ok(yaml_parse(texts[i], &y, &err), &err);
		assert_null(y.root);
		yaml_done(&y);
	}
}

TEST(yaml, an_empty_document_is_null)
{
	static const char *const texts[] = { "---", "---\n", "--- # x\n...\n",
					     "~\n", "&a" };
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct err err = { 0 };
		struct yaml y;
		assert_ok(yaml_parse(str_of(texts[i]), &y, &err), &err);
		assert_true(yaml_is_null(y.root));
		yaml_done(&y);
	}
}

static void refuses(struct str text, enum err_code code, const char *why)
{
	struct err err = { 0 };
	struct yaml y;
	assert_fails(yaml_parse(text, &y, &err), &err, code, why);
	yaml_done(&y);
}

TEST(yaml, refuses_by_line)
{
	refuses(STR("a: 1\nb: [\n"), ERR_CORRUPT,
		"line 3: did not find expected node content");
	refuses(STR("a: 1\nb: 2\na: 3\n"), ERR_CORRUPT,
		"line 3: a key stands twice");
	refuses(STR("a: 1\n---\nb: 2\n"), ERR_CORRUPT,
		"line 2: a second document");
	refuses(STR("a:\n- *x\n"), ERR_CORRUPT,
		"line 2: an alias for what was not named before");
	refuses(STR("a: &a [*a]\n"), ERR_CORRUPT,
		"line 1: an alias for what was not named before");
	refuses(STR("a: 1\n<<: 2\n"), ERR_CORRUPT, "line 2: << wants a map");
	refuses((struct str){ "a: 1\n\0\n", 7 }, ERR_CORRUPT,
		"line 1: control characters are not allowed");
}

TEST(yaml, bombs_do_not_unfold)
{
	scoped(buf_done) struct buf b = BUF_INIT(1 << 20);
	struct err err = { 0 };
	assert_ok(buf_addf(&b, &err, "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"),
		  &err);
	for (int i = 1; i < 9; i++)
		assert_ok(buf_addf(&b, &err,
				   "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, "
				   "*a%d, *a%d, *a%d, *a%d]\n",
				   i, i, i - 1, i - 1, i - 1, i - 1, i - 1,
				   i - 1, i - 1, i - 1, i - 1),
			  &err);
	refuses(buf_str(&b), ERR_LIMIT, "line 6: more than 100000 nodes");
	buf_reset(&b);
	for (int i = 0; i < 100; i++)
		assert_ok(buf_byte(&b, '[', &err), &err);
	refuses(buf_str(&b), ERR_LIMIT, "line 1: more than 64 levels");
}

TEST(yaml, values)
{
	struct err err = { 0 };
	struct yaml y;
	bool is = false;
	assert_ok(yaml_parse(STR("a: yes\nb: 'yes'\nc:\nd: off\n"), &y, &err),
		  &err);
	assert_int_equal(yaml_bool(yaml_get(y.root, "a"), &is), 1);
	assert_true(is);
	assert_int_equal(yaml_bool(yaml_get(y.root, "b"), &is), 0);
	assert_true(yaml_is_null(yaml_get(y.root, "c")));
	assert_int_equal(yaml_bool(yaml_get(y.root, "d"), &is), 1);
	assert_false(is);
	assert_null(yaml_get(y.root, "e"));
	assert_null(yaml_get(yaml_get(y.root, "a"), "e"));
	yaml_done(&y);
}

TESTS_MAIN(unit(yaml, trees), unit(yaml, nothing_is_no_document),
	   unit(yaml, an_empty_document_is_null), unit(yaml, refuses_by_line),
	   unit(yaml, bombs_do_not_unfold), unit(yaml, values))

/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/expand.h"

#include "base/test.h"

struct row {
	const char *source, *want;
};

static bool get(void *self, struct str name, struct str *value)
{
	static const struct row vars[] = {
		{ "x", "value" },	{ "e", "" },
		{ "p", "/a/b.tar.gz" }, { "s", "one two  three" },
		{ "g", "a*b?c" },
	};
	(void)self;
	for (size_t i = 0; i < ARRAY_LEN(vars); i++)
		if (str_eqz(name, vars[i].source)) {
			*value = str_of(vars[i].want);
			return true;
		}
	return false;
}

static void check(struct expand x, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf out = BUF_INIT(1000);
		assert_ok(dockerfile_expand_text(&x, str_of(rows[i].source),
						 &out, &err),
			  &err);
		assert_string_equal(buf_cstr(&out), rows[i].want);
	}
}

TEST(expand, variables)
{
	static const struct row rows[] = {
		{ "", "" },
		{ "$x", "value" },
		{ "a${x}b", "avalueb" },
		{ "$u.", "." },
		{ "$", "$" },
		{ "a$", "a$" },
		{ "$.", "$." },
		{ "$12x", "x" },
		{ "$@", "" },
		{ "${x:-y}", "value" },
		{ "${u:-y}", "y" },
		{ "${e:-y}", "y" },
		{ "${e-y}", "" },
		{ "${u-y}", "y" },
		{ "${x:+y}", "y" },
		{ "${e:+y}", "" },
		{ "${e+y}", "y" },
		{ "${u+y}", "" },
		{ "${x:?m}", "value" },
		{ "${e?m}", "" },
		{ "${u:-${x}}", "value" },
		{ "${u:-${v:-\"}\"}}", "}" },
		{ "${p#/*/}", "b.tar.gz" },
		{ "${p##*/}", "b.tar.gz" },
		{ "${p#*.}", "tar.gz" },
		{ "${p##*.}", "gz" },
		{ "${p%.*}", "/a/b.tar" },
		{ "${p%%.*}", "/a/b" },
		{ "${p%x}", "/a/b.tar.gz" },
		{ "${p/a/A}", "/A/b.tar.gz" },
		{ "${p//a/A}", "/A/b.tAr.gz" },
		{ "${p//\\//-}", "-a-b.tar.gz" },
		{ "${p/.*/}", "/a/b" },
		{ "${x/?/}", "alue" },
		{ "${g/\\*/x}", "axb?c" },
		{ "${g//[ab]/x}", "a*b?c" },
		{ "${x//a/$0$0}", "vlue" },
	};
	check((struct expand){ .escape = '\\', .get = get }, rows,
	      ARRAY_LEN(rows));
}

TEST(expand, quotes)
{
	static const struct row rows[] = {
		{ "'$x'", "$x" },
		{ "\"$x\"", "value" },
		{ "\\$x", "$x" },
		{ "\"\\$x\"", "$x" },
		{ "a\\ b", "a b" },
		{ "\"a\\ b\"", "a\\ b" },
		{ "'a\\'b", "a\\b" },
		{ "\"'\"", "'" },
		{ "a\\", "a" },
		{ "`$x`", "`value`" },
		{ "caf\xc3\xa9", "caf\xc3\xa9" },
	};
	static const struct row backtick[] = {
		{ "`$x", "$x" },
		{ "C:\\a", "C:\\a" },
	};
	static const struct row body[] = { { "'$x' \"", "'value' \"" } };
	static const struct row kept[] = {
		{ "$u ${u} ${u:-a} ${u#b} ${u/c/d}",
		  "$u ${u} ${u:-a} ${u#b} ${u/c/d}" },
	};
	check((struct expand){ .escape = '\\', .get = get }, rows,
	      ARRAY_LEN(rows));
	check((struct expand){ .escape = '`', .get = get }, backtick,
	      ARRAY_LEN(backtick));
	check((struct expand){ .escape = '\\',
			       .how = EXPAND_NO_QUOTES,
			       .get = get },
	      body, 1);
	check((struct expand){ .escape = '\\',
			       .how = EXPAND_KEEP_UNSET,
			       .get = get },
	      kept, 1);
}

TEST(expand, refuses)
{
	static const struct row rows[] = {
		{ "${", "'}' is missing" },
		{ "${x", "'}' is missing" },
		{ "${}", "${} without a name" },
		{ "${:-x}", "${} without a name" },
		{ "${x:#y}", "${} has no modifier :#" },
		{ "${x^y}", "${} has no modifier ^" },
		{ "${x:-y", "'}' is missing" },
		{ "${x/y}", "'/' is missing in ${}" },
		{ "${x/y/z", "'}' is missing" },
		{ "'a", "a single quote has no end" },
		{ "\"a", "a double quote has no end" },
		{ "${x#\\a}",
		  "pattern \\\\a: a backslash stands before what needs "
		  "none" },
	};
	struct err err = { 0 };
	struct expand x = { .escape = '\\', .get = get };
	scoped(buf_done) struct buf out = BUF_INIT(1000);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_fails(dockerfile_expand_text(&x, str_of(rows[i].source),
						    &out, &err),
			     &err, ERR_CORRUPT, rows[i].want);
	assert_fails(dockerfile_expand_text(&x, STR("${u:?no u}"), &out, &err),
		     &err, ERR_NOT_FOUND, "u: no u");
	assert_fails(dockerfile_expand_text(&x, STR("${e:?}"), &out, &err),
		     &err, ERR_NOT_FOUND, "e: must not be empty");
	assert_fails(dockerfile_expand_text(&x, STR("${u?}"), &out, &err), &err,
		     ERR_NOT_FOUND, "u: must be set");
}

TEST(expand, depth)
{
	struct err err = { 0 };
	struct expand x = { .escape = '\\' };
	scoped(buf_done) struct buf in = BUF_INIT(1000);
	scoped(buf_done) struct buf out = BUF_INIT(1000);
	for (int i = 0; i < 65; i++)
		assert_ok(buf_str_add(&in, STR("${a:-"), &err), &err);
	assert_fails(dockerfile_expand_text(&x, buf_str(&in), &out, &err), &err,
		     ERR_LIMIT, "expansions nest over 64 deep");
}

TEST(expand, words)
{
	static const struct {
		const char *source;
		size_t n;
		const char *words[4];
		struct span at[4];
	} rows[] = {
		{ "a  b", 2, { "a", "b" }, { { 0, 1 }, { 3, 1 } } },
		{ " 'a b'c ", 1, { "a bc" }, { { 1, 6 } } },
		{ "$s x",
		  4,
		  { "one", "two", "three", "x" },
		  { { 0, 2 }, { 0, 2 }, { 0, 2 }, { 3, 1 } } },
		{ "\"$s\"", 1, { "one two  three" }, { { 0, 4 } } },
		{ "cat << EOF",
		  2,
		  { "cat", "<< EOF" },
		  { { 0, 3 }, { 4, 6 } } },
		/* What stands in front of a modifier is lost, as in BuildKit. */
		{ "80${u:-81}", 1, { "81" }, { { 2, 8 } } },
	};
	struct expand x = { .escape = '\\', .get = get };
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t n;
		struct expand_word *w;
		struct err err = { 0 };
		scoped(arena_done) struct arena a = { 0 };
		assert_ok(dockerfile_expand_words(&x, str_of(rows[i].source),
						  &a, &w, &n, &err),
			  &err);
		assert_int_equal(n, rows[i].n);
		for (size_t k = 0; k < n; k++) {
			assert_string_equal(w[k].text.p, rows[i].words[k]);
			assert_int_equal(w[k].at.at, rows[i].at[k].at);
			assert_int_equal(w[k].at.n, rows[i].at[k].n);
		}
	}
}

static void seen(void *self, struct str name, struct span at, bool set)
{
	struct err err = { 0 };
	assert_ok(buf_addf(self, &err, "%.*s@%u%s ", STR_ARG(name), at.at,
			   set ? "" : "?"),
		  &err);
}

static bool no_get(void *self, struct str name, struct str *value)
{
	(void)self;
	*value = STR("v");
	return str_eqz(name, "x");
}

TEST(expand, tells_names)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf told = BUF_INIT(1000);
	scoped(buf_done) struct buf out = BUF_INIT(1000);
	struct expand x = {
		.escape = '\\', .get = no_get, .seen = seen, .self = &told
	};
	assert_ok(
		dockerfile_expand_text(&x, STR("$x/${y:-$z} '$q'"), &out, &err),
		&err);
	assert_string_equal(buf_cstr(&out), "v/ $q");
	/* The value in reserve is read before the name is looked up. */
	assert_string_equal(buf_cstr(&told), "x@1 z@9? y@5? ");
}

TESTS_MAIN(unit(expand, variables), unit(expand, quotes), unit(expand, refuses),
	   unit(expand, depth), unit(expand, words), unit(expand, tells_names))

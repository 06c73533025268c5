/* SPDX-License-Identifier: Apache-2.0 */
#include "tree/compare.h"

#include <inttypes.h>
#include <stdio.h>

#include "tree/testtree.h"
#include "base/test.h" /* last: cmocka defines skip */

struct told {
	char text[4096];
	uint64_t n;
};

static int tell(void *self, const struct tree_difference *d, struct err *err)
{
	struct told *t = self;
	size_t n = strlen(t->text);
	snprintf(t->text + n, sizeof t->text - n, "%s%.*s %s [%.*s] [%.*s]",
		 n ? "; " : "", STR_ARG(d->path), d->field, STR_ARG(d->a),
		 STR_ARG(d->b));
	t->n++;
	(void)err;
	return 0;
}

static const char *compare(const char *a, const char *b, unsigned ignore)
{
	const char *const la[] = { a, NULL }, *const lb[] = { b, NULL };
	struct err err = { 0 };
	struct told told = { 0 };
	uint64_t n;
	scoped(testtree_done) struct testtree x = { 0 }, y = { 0 };
	testtree_make(la, &x);
	testtree_make(lb, &y);
	assert_ok(tree_compare(x.tree, y.tree, ignore, tell, &told, &n, &err),
		  &err);
	assert_int_equal(n, told.n);
	assert_ok(tree_compare(x.tree, y.tree, ignore, NULL, NULL, &n, &err),
		  &err);
	assert_int_equal(n, told.n);
	return testlayer_printf("%s", told.text);
}

#define XX        \
	"2 "      \
	"sha256:" \
	"5dde896887f6754c9b15bfe3a441ae4806df2fde94001311e08bf110622e0bbe"
#define Y         \
	"1 "      \
	"sha256:" \
	"a1fce4363854ff888cff4b8e7875d600c2682390412a8cf79b37d0b11148b0fa"

static const struct row {
	const char *a, *b;
	unsigned field;
	const char *want;
} rows[] = {
	{ "f a", "", FIELD_PRESENCE, "a presence [present] [absent]" },
	{ "", "f a", FIELD_PRESENCE, "a presence [absent] [present]" },
	{ "f a", "d a", FIELD_TYPE, "a type [file] [directory]" },
	{ "l a >x", "p a", FIELD_TYPE, "a type [symlink] [fifo]" },
	{ "c a v1:1", "b a v1:1", FIELD_TYPE,
	  "a type [character device] [block device]" },
	{ "f a", "f a m4755", FIELD_MODE, "a mode [0644] [4755]" },
	{ "f a", "f a o1:0", FIELD_UID, "a uid [0] [1]" },
	{ "f a", "f a o0:4294967295", FIELD_GID, "a gid [0] [4294967295]" },
	{ "f a", "f a t-1", FIELD_MTIME, "a mtime [1000000000] [-1000000000]" },
	{ "f a t10413792000", "f a t9223372036.854775807", FIELD_MTIME,
	  "a mtime [10413792000000000000] [9223372036854775807]" },
	{ "l a >x", "l a >y/", FIELD_TARGET, "a target [x] [y/]" },
	{ "c a v1:2", "c a v1:3", FIELD_DEVICE, "a device [1:2] [1:3]" },
	{ "f a =xx", "f a =y", FIELD_CONTENT, "a content [" XX "] [" Y "]" },
	{ "f a", "f a =y", FIELD_CONTENT, "a content [0] [" Y "]" },
	{ "f a xuser.a:1 xuser.b:\\x00", "f a", FIELD_XATTR,
	  "a xattrs [user.a=1 user.b=\\x00] []" },
	{ "f a xuser.a:1", "f a xuser.a:2", FIELD_XATTR,
	  "a xattrs [user.a=1] [user.a=2]" },
	{ "f a; h b >a", "f a; f b", FIELD_LINKS,
	  "a links [a] []; b links [a] []" },
	{ "f a; h b >a; f c; h d >c", "f a; f b; h c >a; h d >b", FIELD_LINKS,
	  "b links [a] [b]; c links [c] [a]; d links [c] [b]" },
	{ "d . m700", "d .", FIELD_MODE, " mode [0700] [0755]" },
};

TEST(compare, each_field_alone)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_string_equal(compare(rows[i].a, rows[i].b, 0),
				    rows[i].want);
}

/* A field's bit hides its differences, and no other bit does. */
TEST(compare, ignored_fields)
{
	const unsigned all = (1u << FIELDS) - 1;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		unsigned bit = 1u << rows[i].field;
		assert_string_equal(compare(rows[i].a, rows[i].b, all & ~bit),
				    rows[i].want);
		assert_string_equal(compare(rows[i].a, rows[i].b, all), "");
		if (rows[i].field != FIELD_TYPE)
			assert_string_equal(compare(rows[i].a, rows[i].b, bit),
					    "");
	}
}

TEST(compare, equal_trees)
{
	static const char all[] =
		"d . m700; d d xuser.a:1; f d/a =xx; h d/b >d/a; l d/l >a; "
		"c e v1:3; p f";
	assert_string_equal(compare(all, all, 0), "");
	assert_string_equal(compare("", "", 0), "");
	/* Another order, another cut: one tree. */
	assert_string_equal(compare("f b; f a", "f a; f b", 0), "");
}

TEST(compare, order_is_that_of_the_listing)
{
	assert_string_equal(compare("d a; f a/b; f a-b; f b; f d",
				    "d c; f c/x; f d m600", 0),
			    "a presence [present] [absent]; "
			    "a/b presence [present] [absent]; "
			    "a-b presence [present] [absent]; "
			    "b presence [present] [absent]; "
			    "c presence [absent] [present]; "
			    "c/x presence [absent] [present]; "
			    "d mode [0644] [0600]");
}

TEST(compare, fields_of_a_path_in_order)
{
	assert_string_equal(
		compare("f a =xx xuser.a:1", "f a =y m600 o1:2 t3", 0),
		"a mode [0644] [0600]; a uid [0] [1]; "
		"a gid [0] [2]; a mtime [1000000000] [3000000000]; "
		"a content [" XX "] [" Y "]; "
		"a xattrs [user.a=1] []");
	/* Another type says all. */
	assert_string_equal(compare("f a =xx", "d a m700 o1:2", 0),
			    "a type [file] [directory]");
}

TEST(compare, names_are_what_ignore_lists_say)
{
	static const char *const names[FIELDS] = {
		"presence", "type",   "mode",	 "uid",	   "gid",   "mtime",
		"target",   "device", "content", "xattrs", "links",
	};
	for (unsigned i = 0; i < FIELDS; i++)
		assert_string_equal(tree_field_name[i], names[i]);
}

static int stop(void *self, const struct tree_difference *d, struct err *err)
{
	(void)self;
	(void)d;
	return err_set(err, ERR_IO, "pipe");
}

TEST(compare, a_failing_callback_ends_it)
{
	const char *const la[] = { "f a; f b", NULL }, *const lb[] = { "",
								       NULL };
	struct err err = { 0 };
	uint64_t n = 77;
	scoped(testtree_done) struct testtree x = { 0 }, y = { 0 };
	testtree_make(la, &x);
	testtree_make(lb, &y);
	assert_fails(tree_compare(x.tree, y.tree, 0, stop, NULL, &n, &err),
		     &err, ERR_IO, "pipe");
	assert_int_equal(n, 77);
}

TESTS_MAIN(unit(compare, each_field_alone), unit(compare, ignored_fields),
	   unit(compare, equal_trees),
	   unit(compare, order_is_that_of_the_listing),
	   unit(compare, fields_of_a_path_in_order),
	   unit(compare, names_are_what_ignore_lists_say),
	   unit(compare, a_failing_callback_ends_it))

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/facts/words.h"

#include "base/test.h"
#include "lint/facts/facts.h"

TEST(words, lists)
{
	assert_true(lint_word_in(STR("b"), "a b c"));
	assert_true(lint_word_in(STR("c"), "a b c"));
	assert_false(lint_word_in(STR("a b"), "a b c"));
	assert_false(lint_word_in(STR(""), "a b"));
	assert_false(lint_word_in(STR("a"), ""));
	assert_true(lint_word_in_nocase(STR("B"), "a b"));
	assert_true(lint_word_ends(STR("x.tar.gz"), ".tar .gz"));
	assert_false(lint_word_ends(STR("gz"), ".tar .gz"));
	assert_true(lint_word_starts(STR("git@x"), "ssh:// git@"));
	assert_true(lint_word_contains(STR("abc"), "bc"));
	assert_false(lint_word_contains(STR("ab"), "abc"));
	assert_true(lint_word_contains_nocase(STR("My_TOKEN"), "token"));
}

static void assert_base(const char *path, const char *want)
{
	struct str s = lint_word_base(str_of(path));
	assert_int_equal(s.n, strlen(want));
	assert_memory_equal(s.p, want, s.n);
}

TEST(words, paths)
{
	assert_base("/a/b", "b");
	assert_base("C:\\a\\b", "b");
	assert_base("a", "a");
	assert_base("a/", "");
	assert_int_equal(lint_word_no_slash(STR("/a//")).n, 2);
	assert_int_equal(lint_word_no_slash(STR("//")).n, 1);
	assert_int_equal(lint_word_unquoted(STR("\"'a'\"")).n, 1);
	assert_int_equal(lint_word_unquoted(STR("\"")).n, 0);
	assert_true(lint_word_is_archive(STR("\"x.tgz\"")));
	assert_false(lint_word_is_archive(STR("x.zip")));
}

/* What stands in an expansion is not the word's. */
TEST(words, expansions)
{
	static const struct {
		const char *word;
		size_t at; /* of the first = or - */
	} rows[] = {
		{ "a=b", 1 },
		{ "$a=b", 2 },
		{ "${a:-b}", 7 },
		{ "${a:-b}-c", 7 },
		{ "$(x -y)=", 7 },
		{ "`x -y`=", 6 },
		{ "${a:-${b-c}}=", 12 },
		{ "$-=", 2 },
		{ "$", 1 },
		{ "${a", 3 },
		{ "$(x", 3 },
		{ "`x", 2 },
		{ "a$", 2 },
		{ "$ =", 2 },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_int_equal(lint_word_find(str_of(rows[i].word), 0, "=-"),
				 rows[i].at);
	assert_int_equal(lint_word_find(STR("a=b=c"), 2, "="), 3);
	assert_true(lint_word_has_expansion(STR("a$b")));
	assert_false(lint_word_has_expansion(STR("a$")));
}

/* "$x" in single quotes is text. */
TEST(words, arguments)
{
	struct lint_arg arg = { .text = STR("${a=b}"), .known = false };
	assert_false(lint_arg_has(&arg, "="));
	arg.known = true;
	assert_true(lint_arg_has(&arg, "="));
}

TESTS_MAIN(unit(words, lists), unit(words, paths), unit(words, expansions),
	   unit(words, arguments))

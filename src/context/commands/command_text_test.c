/* SPDX-License-Identifier: Apache-2.0 */
#include "context/commands/command_text.h"

#include <stdio.h>

#include "base/test.h"

TEST(command_text, find_word)
{
	struct str text = STR("pnpm npm-x /usr/bin/npm \"npm\"");
	assert_int_equal(context_find_word(text, STR("npm"), 0), 20);
	assert_int_equal(context_find_word(text, STR("npm"), 21), 25);
	assert_int_equal(context_find_word(text, STR("npm"), 26), text.n);
	assert_int_equal(context_find_word(text, STR("yarn"), 0), text.n);
	assert_int_equal(context_find_word(STR(""), STR("npm"), 0), 0);
	assert_int_equal(context_find_word(STR("np"), STR("npm"), 0), 2);
	/* behind the end */
	assert_int_equal(context_find_word(text, STR("npm"), text.n + 1),
			 text.n);
}

TEST(command_text, at_command)
{
	static const struct {
		const char *text;
		bool yes;
	} rows[] = {
		{ "npm ci", true },
		{ "  npm ci", true },
		{ "a && npm", true },
		{ "a; npm", true },
		{ "(npm)", true },
		{ "{ npm; }", true },
		{ "`npm`", true },
		{ "$(npm)", true },
		{ "[\"npm\", \"ci\"]", true },
		{ "sh -c 'npm ci'", true },
		{ "A=1 npm ci", true },
		{ "sudo npm", true },
		{ "python -m npm", true },
		{ "./bin/npm ci", true },
		{ "a\nnpm", true },
		{ "sudo \\ npm", true },
		{ "a npm", false },
		{ "apk add npm", false },
		{ "a \\ npm", false },
		{ "a x/npm", false },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct str text = str_of(rows[i].text);
		size_t at = context_find_word(text, STR("npm"), 0);
		assert_true(at < text.n);
		if (context_at_command(text, at) != rows[i].yes)
			fail_msg("%s", rows[i].text);
	}
	/* at the very ends of a text */
	assert_true(context_at_command(STR(""), 0));
	assert_true(context_at_command(STR("/"), 1));
}

TEST(command_text, arguments)
{
	static const char *const ends[] = {
		"", ";x", "&& x", "|x", ")", "\nx"
	};
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		char text[32];
		snprintf(text, sizeof text, "npm ci -a%s", ends[i]);
		struct str args = context_arguments(str_of(text), 3);
		if (!str_eqz(args, " ci -a"))
			fail_msg("%s", text);
	}
	assert_int_equal(context_arguments(STR("npm"), 3).n, 0);
}

TEST(command_text, next_word)
{
	struct str list = STR("a bc d"), word;
	assert_true(context_next_word(&list, &word));
	assert_true(str_eqz(word, "a"));
	assert_true(context_next_word(&list, &word));
	assert_true(str_eqz(word, "bc"));
	assert_true(context_next_word(&list, &word));
	assert_true(str_eqz(word, "d"));
	assert_false(context_next_word(&list, &word));
}

TESTS_MAIN(unit(command_text, find_word), unit(command_text, at_command),
	   unit(command_text, arguments), unit(command_text, next_word))

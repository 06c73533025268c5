/* SPDX-License-Identifier: Apache-2.0 */
#include "base/width.h"

#include "base/test.h"

#define E_ACUTE "e\xcc\x81" /* e and U+0301 */
#define HAN "\xe6\xbc\xa2"  /* U+6F22 */

TEST(width, of)
{
	(void)state;
	static const struct {
		const char *text;
		size_t columns;
	} cases[] = {
		{ "", 0 },
		{ "abc", 3 },
		{ "\xc3\xa9", 1 }, /* e with acute, one character */
		{ E_ACUTE, 1 },
		{ HAN HAN, 4 },
		{ "\xe3\x82\xab", 2 },		   /* katakana */
		{ "\xea\xb0\x80", 2 },		   /* a Hangul syllable */
		{ "\xe1\x84\x80\xe1\x85\xa1", 2 }, /* the same, of two parts */
		{ "\xef\xbc\xa1", 2 },		   /* fullwidth A */
		{ "\xef\xbd\xb1", 1 },		   /* halfwidth katakana */
		{ "\xf0\x9f\x98\x80", 2 },	   /* an emoji */
		{ "\xf0\xa0\x80\x80", 2 },	   /* U+20000 */
		{ "\xe2\x80\x8b", 0 },		   /* zero width space */
		{ "\xc2\xad", 1 },		   /* soft hyphen */
		{ "\xe2\x94\x80", 1 },		   /* a line */
		{ "\xd7\xa9\xd7\x81", 1 },	   /* Hebrew with a point */
		{ "\xe0\xb8\x81\xe0\xb8\xb4", 1 }, /* Thai with a vowel */
		{ "\xff\x80", 2 },		   /* no UTF-8 */
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(width_of_str(str_of(cases[i].text)),
				 cases[i].columns);
}

TEST(width, fit)
{
	(void)state;
	static const struct {
		const char *text;
		size_t columns, bytes, end;
	} cases[] = {
		{ "abc", 0, 0, 3 },	      { "abc", 2, 2, 1 },
		{ "abc", 3, 3, 0 },	      { "abc", 9, 3, 0 },
		{ HAN HAN, 1, 0, 6 },	      { HAN HAN, 2, 3, 3 },
		{ HAN HAN, 3, 3, 3 },	      { "a" E_ACUTE "b", 2, 4, 1 },
		{ "a" E_ACUTE "b", 1, 1, 4 }, { E_ACUTE, 1, 3, 0 },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct str s = str_of(cases[i].text);
		assert_int_equal(width_fit(s, cases[i].columns),
				 cases[i].bytes);
		assert_int_equal(width_fit_end(s, cases[i].columns),
				 cases[i].end);
	}
}

TESTS_MAIN(unit(width, of), unit(width, fit))

/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about labels, and the forms of their values. */
#include "lint/rules/label/label_checks.h"
#include "lint/rules/testrules.h"

struct form {
	bool (*check)(struct str);
	const char *good, *bad; /* lines */
};

static void assert_forms(const struct form *f, const char *lines, bool want)
{
	struct str rest = str_of(lines), line;
	while (rest.n) {
		if (!str_cut(rest, '\n', &line, &rest)) {
			line = rest;
			rest = STR("");
		}
		if (f->check(line) != want)
			fail_msg("%.*s", STR_ARG(line));
	}
	assert_false(f->check(STR("")));
}

TEST(labels, forms)
{
	static const struct form forms[] = {
		{ lint_label_is_url,
		  "https://x.y/z?a=b#c\nhttp://[::1]:80/\nmailto:a@b\nurn:x",
		  "x.y/z\n//x\nhttp://x y\nhttp://%zz\n1http://x\nhttp:a#b#c" },
		{ lint_label_is_rfc3339,
		  "2024-02-29T23:59:60Z\n2024-01-01t00:00:00.123+01:30",
		  "2023-02-29T00:00:00Z\n2024-13-01T00:00:00Z\n"
		  "2024-01-01T24:00:00Z\n2024-01-01\n2024-01-01T00:00:00\n"
		  "2024-01-01T00:00:00.Z\n2024-01-01T00:00:00Zx" },
		{ lint_label_is_semver, "1.2.3\n0.0.0\n1.0.0-a.1.x-y+b.01",
		  "1.2\nv1.2.3\n01.2.3\n1.2.3-01\n1.2.3-\n1.2.3+\n1.2.3 " },
		{ lint_label_is_hash,
		  "0123abc\n0123456789012345678901234567890123456789",
		  "0123ABC\n0123ab\nmain123" },
		{ lint_label_is_email, "a.b+c@x.y\n\"a b\"@x\na@[1.2.3.4]",
		  "a\n@x\na@\na b@x\n.a@x\na..b@x\na@-x\na@x..y\na@b@c d" },
		{ lint_label_is_spdx,
		  "MIT\nApache-2.0\nGPL-2.0\n0BSD\nzlib-acknowledgement",
		  "mit\nApache\nMIT OR 0BSD" },
	};
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		assert_forms(&forms[i], forms[i].good, true);
		assert_forms(&forms[i], forms[i].bad, false);
	}
}

static const struct lint_label_type schema[] = {
	{ { "t", 1 }, LABEL_TEXT },	  { { "url", 3 }, LABEL_URL },
	{ { "time", 4 }, LABEL_RFC3339 }, { { "v", 1 }, LABEL_SEMVER },
	{ { "rev", 3 }, LABEL_HASH },	  { { "lic", 3 }, LABEL_SPDX },
	{ { "mail", 4 }, LABEL_EMAIL },
};

TEST(labels, schema)
{
	struct lint_settings s = { .labels = schema,
				   .n_labels = ARRAY_LEN(schema) };
	static const struct row rows[] = {
		{ "DL3051", "FROM a\nLABEL t=\"\" x=\"\" url=$u\n",
		  "2:7-2:11" },
		/* The base may set u. */
		{ "DL3051", "FROM a\nARG u=x\nLABEL url=$u\n", "" },
		{ "DL3052", "FROM a\nLABEL url=x \"t\"=y\n", "2:11-2:12" },
		{ "DL3053", "FROM a\nLABEL time=x\n", "2:12-2:13" },
		{ "DL3054", "FROM a\nLABEL \"lic\"=\"x y\"\n", "2:13-2:18" },
		{ "DL3055", "FROM a\nLABEL rev=x\n", "2:11-2:12" },
		{ "DL3056", "FROM a\nLABEL v=1\n", "2:9-2:10" },
		{ "DL3056", "FROM a\nLABEL v=$(x)\n", "2:9-2:13" },
		{ "DL3058", "FROM a\nLABEL mail=x\n", "2:12-2:13" },
		{ "DL3050", "FROM a\nLABEL x=y\n", "" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_row_with((struct lint_input){ .settings = &s },
				&rows[i]);
	s.strict_labels = true;
	struct row strict = { "DL3050", "FROM a\nLABEL x=y t=z\n", "2:7-2:10" };
	assert_row_with((struct lint_input){ .settings = &s }, &strict);
}

TEST(labels, missing)
{
	static const struct lint_settings s = { .labels = schema,
						.n_labels = 1 };
	static const struct row rows[] = {
		{ "DL3049", "FROM a\nRUN x\n", "1:6-1:7" },
		{ "DL3049", "FROM a AS b\nLABEL t=x\nFROM b\n", "" },
		{ "DL3049", "FROM a AS b\nFROM b\nLABEL t=x\n", "" },
		{ "DL3049", "FROM a AS b\nFROM b AS c\nLABEL t=x\n",
		  "1:6-1:7" },
		{ "DL3049", "FROM a AS b\nFROM c\nCOPY --from=b x y\n",
		  "2:6-2:7" },
		{ "DL3049", "FROM a AS b\nFROM c\nLABEL t=x\n", "1:6-1:7" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_row_with((struct lint_input){ .settings = &s },
				&rows[i]);
}

TEST(labels, keys)
{
	static const struct row rows[] = {
		{ "DL3048", "FROM a\nLABEL a=1 a-b.c2=2 \"com.x\"=3\n", "" },
		{ "DL3048",
		  "FROM a\nLABEL A=1 1a=2 a-=3 a..b=4 a_b/c=5 a:b=6\n",
		  "2:7-2:8 2:11-2:13 2:16-2:18 2:21-2:25 2:36-2:39" },
		{ "DL3048",
		  "FROM a\nLABEL com.docker.x=1 a--b=2 io.docker.y=3\n",
		  "2:7-2:19 2:22-2:26 2:29-2:40" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TESTS_MAIN(unit(labels, forms), unit(labels, schema), unit(labels, missing),
	   unit(labels, keys))

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/text/template.h"

#include "base/macros.h"
#include "base/test.h"

TEST(template, masked_byte_for_byte)
{
	static const struct {
		const char *text, *want; /* NULL: no template */
	} rows[] = {
		{ "FROM debian:{{ x }}-slim\n", "FROM debian:${____}-slim\n" },
		{ "ARG V={{ v }}\nFROM a:$V\n", "ARG V=xxxxxxx\nFROM a:$V\n" },
		{ "FROM %%BASE%%\n", "FROM ${_____}\n" },
		{ "FROM <%= x %>\n", "FROM ${_____}\n" },
		{ "FROM a\n{% if b %}\nUSER c\n{%- endif %}\n",
		  "FROM a\n#         \nUSER c\n#           \n" },
		{ "FROM a\nRUN b \\\n{{ c }} \\\n d\n",
		  "FROM a\nRUN b \\\n#        \n d\n" },
		{ "FROM a\nRUN b \\\n {{ c }}\nCMD d\n",
		  "FROM a\nRUN b \\\n ${____}\nCMD d\n" },
		{ "FROM a\nRUN b {{ pkgs }} c\n",
		  "FROM a\nRUN b            c\n" },
		{ "FROM a\nRUN {{ b }} && c -x{{ d }}\n",
		  "FROM a\nRUN ${____} && c -x${____}\n" },
		{ "FROM a\nCOPY --from=b {{ c }} /d\n",
		  "FROM a\nCOPY --from=b ${____} /d\n" },
		{ "{{\n def x: 1\n-}}\nFROM a\n",
		  "# \n#        \n#  \nFROM a\n" },
		{ "FROM a\nLABEL v=\"{{ v }}\"\n",
		  "FROM a\nLABEL v=\"${____}\"\n" },
		{ "FROM a\nRUN go list -f '{{.Dir}}' x\n", NULL },
		{ "FROM a\nRUN x --format \"{{ .Id }}\"\n", NULL },
		{ "FROM a\nLABEL f=\"{{.Names}}\"\n", NULL },
		{ "FROM a\nENV F=\"{{ .Names }}\"\n", NULL },
		{ "FROM a\nRUN mkdir {{a,b},c}\n", NULL },
		{ "FROM a\nRUN echo ${#x} && printf '{%s}'\n", NULL },
		{ "FROM a\nCOPY <<EOF /x\n{{ range }}\nEOF\n", NULL },
		{ "FROM a\n# {{ x }}\nRUN date +%%Y\n", NULL },
		{ "FROM a\nRUN awk '{{ print }}' x\n", NULL },
		{ "", NULL },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(arena_done) struct arena a = { 0 };
		struct lint_template t;
		struct err err = { 0 };
		struct str text = str_of(rows[i].text);
		assert_ok(lint_template_read(text, &a, &t, &err), &err);
		if (!rows[i].want != !t.kind)
			fail_msg("%s", rows[i].text);
		if (!t.kind)
			continue;
		assert_int_equal(t.masked.n, text.n);
		assert_string_equal(t.masked.p, rows[i].want);
	}
}

TEST(template, kinds_and_places)
{
	scoped(arena_done) struct arena a = { 0 };
	struct lint_template t;
	struct err err = { 0 };
	assert_ok(lint_template_read(STR("FROM {{ a }}\n{% if b %}\n"), &a, &t,
				     &err),
		  &err);
	assert_string_equal(t.kind, "a Jinja template");
	assert_true(t.branches);
	assert_int_equal(t.n, 2);
	assert_true(lint_template_touches(&t, (struct span){ 5, 7 }));
	assert_true(lint_template_touches(&t, (struct span){ 0, 6 }));
	assert_false(lint_template_touches(&t, (struct span){ 0, 5 }));
	assert_true(lint_template_touches(&t, (struct span){ 5, 0 }));
}

TESTS_MAIN(unit(template, masked_byte_for_byte),
	   unit(template, kinds_and_places))

/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/csv.h"

#include "base/test.h"

/* Fields joined by |, each with where its inside begins; ! for a wrong quote. */
TEST(csv, fields)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "type=bind", "type=bind@0" },
		{ "a,b", "a@0|b@2" },
		{ "a,", "a@0|@2" },
		{ ",", "@0|@1" },
		{ "\"a,b\",c", "a,b@1|c@6" },
		{ "\"a\"\"b\"", "a\"b@1" },
		{ "a\"b", "!" },
		{ "\"a", "!" },
		{ "\"a\"b,c", "!" },
		{ "a,\"", "a@0|!" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(buf_done) struct buf b = BUF_INIT(1000);
		struct err err = { 0 };
		struct str text = str_of(rows[i].text), field;
		char room[64];
		for (size_t pos = 0, from; pos <= text.n;) {
			bool ok = dockerfile_csv_field(text, &pos, room, &field,
						       &from);
			const char *bar = b.n ? "|" : "";
			assert_ok(ok ? buf_addf(&b, &err, "%s%.*s@%zu", bar,
						STR_ARG(field), from)
				     : buf_addf(&b, &err, "%s!", bar),
				  &err);
			if (!ok)
				break;
		}
		assert_string_equal(buf_cstr(&b), rows[i].want);
	}
}

TESTS_MAIN(unit(csv, fields))

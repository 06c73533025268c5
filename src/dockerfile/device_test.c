/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/device.h"

#include <stdio.h>

#include "base/test.h"
#include "dockerfile/access.h"

static int check(const char *device, struct dockerfile *df, struct str *at)
{
	static char text[256];
	struct err err = { 0 };
	struct span span = { 0 };
	const char *why;
	snprintf(text, sizeof text, "FROM a\nRUN --device=%s x\n", device);
	assert_ok(dockerfile_parse(str_of(text), NULL, df, &err), &err);
	const struct df_flag *f = dockerfile_flag(df->instrs[1], "device");
	assert_non_null(f);
	int r = dockerfile_device_check(f, &df->arena, &span, &why, &err);
	assert_ok(r, &err);
	assert_true(r == 1 || *why);
	*at = span_str(df->text, span);
	return r;
}

TEST(device, fields)
{
	/* NULL: right; else the words to blame. */
	static const struct {
		const char *device, *at;
	} rows[] = {
		{ "a", NULL },
		{ "vendor.com/gpu=0", NULL },
		{ "name=vendor.com/gpu=0", NULL },
		{ "a,required", NULL },
		{ "required=0,a", NULL },
		{ "a,REQUIRED=True", NULL },
		{ "a,required=maybe", "required=maybe" },
		{ "a,b", "b" },
		{ "a,name=b", "name=b" },
		{ "name=a,name=b", "name=b" },
		{ "a,foo=b", "foo=b" },
		{ "\\\"a", "\\\"a" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(dockerfile_done) struct dockerfile df = { 0 };
		struct str at;
		int r = check(rows[i].device, &df, &at);
		if (r != !rows[i].at ||
		    (rows[i].at && !str_eqz(at, rows[i].at)))
			fail_msg("%s: %d at %.*s", rows[i].device, r,
				 STR_ARG(at));
	}
}

TESTS_MAIN(unit(device, fields))

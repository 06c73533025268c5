/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/verify.h"

#include "analyze/testload.h"
#include "base/test.h" /* last: cmocka defines skip */

static int tell(void *self, const struct tree_difference *d, struct err *err)
{
	return buf_addf(self, err, "%.*s %s %.*s>%.*s;", STR_ARG(d->path),
			d->field, STR_ARG(d->a), STR_ARG(d->b));
}

/* The differences, as tree_compare tells them, then those of the configs. */
static void expect(const struct testspec *a, const struct testspec *b,
		   bool ignore_config, const char *want)
{
	struct testload x, y;
	struct err err = { 0 };
	uint64_t n;
	size_t told = 0;
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	testload_image(&x, "a.tar", a);
	testload_image(&y, "b.tar", b);
	assert_ok(analyze_verify(&x.image, &y.image, 0, ignore_config, tell,
				 &out, &n, &err),
		  &err);
	assert_string_equal(buf_cstr(&out), want);
	for (const char *p = want; *p; p++)
		told += *p == ';';
	assert_int_equal(n, told);
	testload_done(&x);
	testload_done(&y);
}

TEST(verify, trees_and_configs)
{
	static const struct testspec a = {
		.layers = { "f a =x" },
		.config = "\"config\":{\"User\":\"u\",\"Cmd\":[\"x\"]}",
	};
	static const struct testspec more = {
		.layers = { "f a =x m600" },
		.config = "\"config\":{\"Cmd\":[\"x\"],\"Env\":[\"A=1\"]}",
	};
	IN_NEW_PLACE;
	expect(&a, &more, false,
	       "a mode 0644>0600; config:config.User \"u\">;"
	       " config:config.Env >[\"A=1\"];");
}

TEST(verify, configs_ignored)
{
	static const struct testspec a = {
		.layers = { "f a =x" },
		.config = "\"config\":{\"User\":\"u\"}",
	};
	static const struct testspec b = { .layers = { "f a =x" } };
	IN_NEW_PLACE;
	expect(&a, &b, true, "");
}

/* How layers are cut is no difference. */
TEST(verify, the_same_in_other_layers)
{
	static const struct testspec a = { .layers = { "f a =x; f b =y" } };
	static const struct testspec b = {
		.layers = { "f a =z", "f a =x", "f b =y" },
	};
	IN_NEW_PLACE;
	expect(&a, &b, false, "");
}

TESTS_MAIN(unit(verify, trees_and_configs), unit(verify, configs_ignored),
	   unit(verify, the_same_in_other_layers))

/* SPDX-License-Identifier: Apache-2.0 */
#include "analyze/analysis.h"

#include <unistd.h>

#include "analyze/testload.h"
#include "base/test.h" /* last: cmocka defines skip */

/* "ID LAYER>LOST_IN BYTES PATH,PATH...; ..." of findings with bytes. */
static const char *findings(const struct testspec *spec, uint32_t n_base)
{
	struct testload t;
	struct analysis a;
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	uint64_t sum = 0;
	testload_image(&t, "x.tar", spec);
	assert_ok(analyze_image(&t.image, n_base, "", &a, &err), &err);
	for (uint32_t i = 0; i < a.n_findings; i++) {
		const struct finding *f = &a.findings[i];
		if (f->bytes == 0)
			continue;
		sum += f->bytes;
		assert_ok(buf_addf(&out, &err, "%s%s %u>%u %u",
				   out.n ? "; " : "", f->id, (unsigned)f->layer,
				   (unsigned)f->removed_in, (unsigned)f->bytes),
			  &err);
		for (uint32_t k = 0; k < f->n_paths; k++)
			assert_ok(buf_addf(&out, &err, "%c%.*s", k ? ',' : ' ',
					   STR_ARG(f->paths[k])),
				  &err);
	}
	/* each dead byte is in exactly one finding */
	assert_int_equal(sum, a.totals.stored - a.totals.live);
	analyze_done(&a);
	testload_done(&t);
	assert_int_equal(unlink("x.tar"), 0);
	return testlayer_printf("%.*s", STR_ARG(buf_str(&out)));
}

TEST(analysis, each_kind_of_dead_bytes)
{
	static const struct {
		struct testspec spec;
		const char *want;
	} rows[] = {
		{ { .layers = { "f a =xx", "f b =y" } }, "" },
		{ { .layers = { "f a =xx", "f a =y" } },
		  "PARE-OVERWRITTEN 0>1 2 a" },
		{ { .layers = { "f a =xx", "f a =xx m600" } },
		  "PARE-METADATA 0>1 2 a" },
		{ { .layers = { "f a =xx", "f .wh.a" } },
		  "PARE-REMOVED 0>1 2 a" },
		{ { .layers = { "d d; f d/a =xx", "d d; f d/.wh..wh..opq" } },
		  "PARE-HIDDEN 0>1 2 d/a" },
		{ { .layers = { "f a =xx", "d a" } }, "PARE-REPLACED 0>1 2 a" },
		/* the costliest first, of a finding and of all */
		{ { .layers = { "f a =x; f b =yyy; f c =zz",
				"f .wh.a; f .wh.b; f c =z" } },
		  "PARE-REMOVED 0>1 4 b,a; PARE-OVERWRITTEN 0>1 2 c" },
		/* in the layer where it was lost first */
		{ { .layers = { "f a =xx", "f .wh.a", "f a =y" } },
		  "PARE-REMOVED 0>1 2 a" },
		/* bytes live as long as one of their names does */
		{ { .layers = { "f a =xx; h b >a", "f .wh.a" } }, "" },
	};
	IN_NEW_PLACE;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *got = findings(&rows[i].spec, 0);
		if (strcmp(got, rows[i].want) != 0)
			fail_msg("%s: \"%s\", not \"%s\"",
				 rows[i].spec.layers[0], got, rows[i].want);
	}
}

TEST(analysis, efficiency)
{
	struct tree_totals t = { 0 };
	assert_true(analyze_efficiency(&t) == 1.0);
	t.stored = 8;
	t.live = 2;
	assert_true(analyze_efficiency(&t) == 0.25);
}

TESTS_MAIN(unit(analysis, each_kind_of_dead_bytes), unit(analysis, efficiency))

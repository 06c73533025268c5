/* SPDX-License-Identifier: Apache-2.0 */
/* engine_cases.c and engine_limits.c: what is told of engines, of whole
 * images. */
#include "analyze/analysis.h"

#include <string.h>

#include "analyze/testload.h"
#include "base/test.h" /* last: cmocka defines skip */

struct analyzed {
	struct source *source;
	struct loaded_image image;
	struct analysis a;
};

static void analyzed_done(struct analyzed *x)
{
	analyze_done(&x->a);
	tree_loaded_image_done(&x->image);
	source_close(&x->source);
}

/* As a layout: only there does a layer have a media type. */
static void analyze(struct analyzed *x, const struct testspec *spec,
		    uint32_t n_base)
{
	struct err err = { 0 };
	struct load_options load = { .limits = &limits_default, .threads = 1 };
	*x = (struct analyzed){ 0 };
	testsource_oci("img", spec, 1, false, NULL);
	testsource_open("img", &x->source);
	assert_ok(tree_load_image(testsource_image(x->source), &load, &x->image,
				  &err),
		  &err);
	assert_ok(analyze_image(&x->image, n_base, "", &x->a, &err), &err);
}

/* The finding whose message has the words; NULL. */
static const struct finding *find(const struct analyzed *x, const char *words)
{
	for (uint32_t i = 0; i < x->a.n_findings; i++) {
		const struct finding *f = &x->a.findings[i];
		if (memmem(f->message.p, f->message.n, words, strlen(words)))
			return f;
	}
	return NULL;
}

static const struct finding *must_find(const struct analyzed *x,
				       const char *words)
{
	const struct finding *f = find(x, words);
	if (!f)
		fail_msg("nothing is told of \"%s\"", words);
	assert_string_equal(f->id, "PARE-ENGINE");
	assert_int_equal(f->usual, SEV_WARN);
	assert_int_equal(f->removed_in, FINDING_NO_LAYER);
	assert_non_null(f->summary);
	return f;
}

/* optimize leaves the base as it is: there it is no remedy by itself. */
TEST(engine, the_remedy_says_what_the_base_needs)
{
	IN_NEW_PLACE;
	static const struct testspec spec = {
		.layers = { "f a =1; f a =22" },
	};
	static const char *const want[] = {
		"keep the last one; optimize does",
		"keep the last one; optimize --base none does",
	};
	for (uint32_t n_base = 0; n_base <= 1; n_base++) {
		scoped(analyzed_done) struct analyzed x;
		analyze(&x, &spec, n_base);
		const struct finding *f = must_find(&x, "stands twice");
		assert_int_equal(f->layer, 0);
		assert_int_equal(f->n_paths, 1);
		assert_true(str_eqz(f->paths[0], "a"));
		assert_string_equal(f->remedy, want[n_base]);
		/* What it costs is told by the finding of the dead bytes. */
		assert_int_equal(f->bytes, 0);
		assert_int_equal(f->bytes_source, BYTES_UNKNOWN);
	}
}

/* Hardly anybody uses vfs. */
TEST(engine, cases_of_vfs_alone_are_information)
{
	IN_NEW_PLACE;
	static const struct testspec spec = { .layers = { "f d/a =1" } };
	scoped(analyzed_done) struct analyzed x;
	analyze(&x, &spec, 0);
	const struct finding *f = must_find(&x, "no entry in any layer");
	assert_int_equal(f->severity, SEV_INFO);
	assert_true(str_eqz(f->paths[0], "d"));
}

TEST(engine, a_codec_that_engines_cannot_read)
{
	IN_NEW_PLACE;
	struct testspec spec = {
		.layers = { "f a =1", "f b =1" },
		.codec = CODEC_ZSTD,
	};
	scoped(analyzed_done) struct analyzed zstd, gzip;
	analyze(&zstd, &spec, 0);
	spec.codec = CODEC_GZIP;
	analyze(&gzip, &spec, 0);
	/* One finding for all layers. */
	const struct finding *f = must_find(&zstd, "2 of the layers");
	assert_int_equal(f->severity, SEV_INFO);
	assert_int_equal(f->layer, 0);
	assert_true(f->has_compressed);
	assert_int_equal(zstd.a.n_findings, 1);
	assert_int_equal(gzip.a.n_findings, 0);
}

TESTS_MAIN(unit(engine, the_remedy_says_what_the_base_needs),
	   unit(engine, cases_of_vfs_alone_are_information),
	   unit(engine, a_codec_that_engines_cannot_read))

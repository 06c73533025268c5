/* SPDX-License-Identifier: Apache-2.0 */
#include "work/base.h"

#include "base/test.h" /* last: cmocka defines skip */

/* Images of so many layers, whose DiffIDs differ in what `made` says. */
struct made {
	struct source_layer layers[4];
	struct image image;
};

static struct image *make(struct made *m, const char *arch, const char *layers)
{
	*m = (struct made){ 0 };
	m->image.name = STR("an image");
	m->image.platform.os = STR("linux");
	m->image.platform.architecture = str_of(arch);
	m->image.layers = m->layers;
	for (; layers[m->image.n_layers]; m->image.n_layers++) {
		struct digest *d = &m->layers[m->image.n_layers].diff_id;
		*d = (struct digest){ .alg = DIGEST_SHA256 };
		d->bytes[0] = (uint8_t)layers[m->image.n_layers];
	}
	return &m->image;
}

TEST(base, policies_without_an_image)
{
	static const struct {
		struct work_base base;
		uint32_t want;
	} rows[] = {
		{ { .mode = BASE_AUTO }, 0 },
		{ { .mode = BASE_NONE }, 0 },
		{ { .mode = BASE_LAYERS, .n_layers = 2 }, 2 },
	};
	struct made m;
	const struct image *img = make(&m, "amd64", "abc");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		struct base_guess g;
		assert_ok(work_base_find(&rows[i].base, img, &g, &err), &err);
		assert_int_equal(g.n_layers, rows[i].want);
	}
}

TEST(base, more_layers_than_there_are)
{
	struct err err = { 0 };
	struct made m;
	struct base_guess g;
	const struct work_base base = { .mode = BASE_LAYERS, .n_layers = 4 };
	const struct image *img = make(&m, "amd64", "abc");
	assert_fails(work_base_find(&base, img, &g, &err), &err, ERR_USAGE,
		     "--base 4: an image has 3 layers");
}

TEST(base, the_image_of_the_platform_counts)
{
	struct err err = { 0 };
	struct made m, arm, amd;
	struct base_guess g;
	struct image *bases[] = { make(&arm, "arm64", "x"),
				  make(&amd, "amd64", "ab") };
	const struct image_set set = { .images = bases, .n = 2 };
	const struct work_base base = { .mode = BASE_IMAGE, .images = &set };
	assert_ok(work_base_find(&base, make(&m, "amd64", "abc"), &g, &err),
		  &err);
	assert_int_equal(g.n_layers, 2);
	assert_fails(work_base_find(&base, make(&m, "arm64", "abc"), &g, &err),
		     &err, ERR_USAGE,
		     "--base: an image is not built on an image: they share 0 "
		     "of its 1 layers");
	assert_fails(work_base_find(&base, make(&m, "s390x", "abc"), &g, &err),
		     &err, ERR_USAGE,
		     "--base: the base has no image for the platform of an "
		     "image");
}

TEST(base, one_base_is_for_every_platform)
{
	struct err err = { 0 };
	struct made m, only;
	struct base_guess g;
	struct image *bases[] = { make(&only, "amd64", "a") };
	const struct image_set set = { .images = bases, .n = 1 };
	const struct work_base base = { .mode = BASE_IMAGE, .images = &set };
	assert_ok(work_base_find(&base, make(&m, "arm64", "ab"), &g, &err),
		  &err);
	assert_int_equal(g.n_layers, 1);
}

TESTS_MAIN(unit(base, policies_without_an_image),
	   unit(base, more_layers_than_there_are),
	   unit(base, the_image_of_the_platform_counts),
	   unit(base, one_base_is_for_every_platform))

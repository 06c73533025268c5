/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/testlayout.h"

#include "base/test.h" /* last: cmocka defines skip */

const struct testlayout_kind testlayout_kinds[TESTLAYOUT_KINDS] = {
	{ 'a', "oci-archive" },
	{ 'd', "oci" },
	{ 'p', "pipe" }, /* no file, no offset: testpipe.h */
};

/* D in names and texts stands for the image's letter. */
void testlayout_expect(const char *name, const char *platform, const char *want)
{
	for (size_t i = 0; i < TESTLAYOUT_KINDS; i++) {
		char ref[64], text[2048], *to = text;
		for (const char *p = want; *p; p++)
			*to++ = *p == 'D' ? testlayout_kinds[i].path : *p;
		*to = 0;
		testimage_print(ref, sizeof ref, "%c%s",
				testlayout_kinds[i].path, name);
		assert_string_equal(testimage_look(ref, platform), text);
	}
}

void testlayout_expect_platform(const char *name, const char *platform,
				const char *want)
{
	for (size_t i = 0; i < TESTLAYOUT_KINDS; i++) {
		char ref[64], text[512];
		testimage_print(text, sizeof text, "%s%s",
				testlayout_kinds[i].kind, want);
		testimage_print(ref, sizeof ref, "%c%s",
				testlayout_kinds[i].path, name);
		assert_string_equal(testimage_look(ref, platform), text);
	}
}

void testlayout_expect_image(const char *name, const char *want)
{
	testlayout_expect_platform(name, NULL, want);
}

void testlayout_write(const struct testimage *t)
{
	testimage_run("rm -rf d");
	testimage_tar(t, "a");
	testimage_dir(t, "d");
	testpipe_put("p", t);
}

struct testtext testlayout_join(const char *a, const char *b)
{
	struct testtext out;
	assert_true(testimage_print(out.text, sizeof out.text, "%s,%s", a, b) <
		    (int)sizeof out.text);
	return out;
}

struct testtext testlayout_index_of(struct testimage *t, const char *manifests,
				    const char *extra)
{
	char text[4096];
	testimage_print(text, sizeof text,
			"{\"schemaVersion\":2,\"mediaType\":\"" MT_OCI_INDEX
			"\",\"manifests\":[%s]}",
			manifests);
	return testimage_blob(t, MT_OCI_INDEX, text, extra);
}

/* A manifest over given descriptors of config and layer. */
void testlayout_index_with(struct testimage *t, const char *config,
			   const char *layer)
{
	char text[4096];
	testimage_print(text, sizeof text,
			"{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}",
			config, layer);
	testimage_index(t, testimage_blob(t, MT_OCI_MANIFEST, text, "").text);
}

struct testtext testlayout_config_of(struct testimage *t)
{
	return testimage_blob(
		t, MT_OCI_CONFIG,
		testimage_config("linux/amd64", 1, testimage_other).text, "");
}

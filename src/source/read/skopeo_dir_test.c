/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/skopeo_dir.h"

#include <stdlib.h>
#include <string.h>

#include "oci/doc.h"
#include "source/read/testlook.h"
#include "base/test.h" /* last: cmocka defines skip */

#define VERSION SKOPEO_DIR_VERSION "\n"

/* The blobs of a layout, under the names that they have here. */
static void rename_blobs(struct testimage *t, const char *manifest)
{
	for (size_t i = 0; i < t->n; i++) {
		char name[256];
		const char *hex = strrchr(t->v[i].name, '/');
		if (!hex)
			continue;
		testimage_print(name, sizeof name, "%s%s", hex + 1,
				manifest && strstr(manifest, hex + 1)
					? ".manifest.json"
					: "");
		free(t->v[i].name);
		t->v[i].name = strdup(name);
	}
}

/* The document behind a descriptor. */
static const char *content_of(const struct testimage *t, const char *desc)
{
	for (size_t i = 0; i < t->n; i++) {
		const char *hex = strrchr(t->v[i].name, '/');
		if (hex && strstr(desc, hex + 1))
			return buf_cstr(&t->v[i].content);
	}
	return NULL;
}

TEST(skopeo_dir, one_image)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext m =
		testimage_manifest(&t, "linux/amd64", 2, testimage_two, "");
	testimage_add(&t, "manifest.json", content_of(&t, m.text));
	rename_blobs(&t, NULL);
	testimage_dir(&t, "d");
	assert_string_equal(testimage_look("dir:d", NULL),
			    "dir linux/amd64 | one two");
	assert_string_equal(testimage_look("d", NULL),
			    "corrupt: d: not an image: the directory holds a "
			    "manifest.json, but no version, index.json or "
			    "oci-layout; write dir:d if skopeo made it");
	testimage_add(&t, "version", VERSION);
	testimage_dir(&t, "e");
	assert_string_equal(testimage_look("e", NULL),
			    "dir linux/amd64 | one two");
	testimage_add(&t, "version", "Directory Transport Version: 2.0\n");
	testimage_dir(&t, "f");
	assert_string_equal(testimage_look("f", NULL),
			    "unsupported: f: version: \"Directory Transport "
			    "Version: 2.0\\n\", expected \"Directory Transport "
			    "Version: 1.1\"");
}

TEST(skopeo_dir, several_platforms)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	char index[4096];
	(void)state;
	struct testtext amd = testimage_manifest(
		&t, "linux/amd64", 2, testimage_two,
		",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}");
	struct testtext arm = testimage_manifest(
		&t, "linux/arm64", 1, testimage_two + 1,
		",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\"}");
	testimage_print(index, sizeof index,
			"{\"schemaVersion\":2,\"manifests\":[%s,%s]}", amd.text,
			arm.text);
	rename_blobs(&t, index);
	testimage_add(&t, "manifest.json", index);
	testimage_add(&t, "version", VERSION);
	testimage_dir(&t, "d");
	assert_string_equal(testimage_look("d", NULL),
			    "dir linux/amd64 | one two; linux/arm64 | two");
	assert_string_equal(testimage_look("dir:d", "linux/arm64"),
			    "dir linux/arm64 | two");
}

TEST(skopeo_dir, blobs_are_verified)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	struct testtext d = testimage_digest("two");
	char want[512];
	(void)state;
	struct testtext m =
		testimage_manifest(&t, "linux/amd64", 2, testimage_two, "");
	testimage_add(&t, "manifest.json", content_of(&t, m.text));
	rename_blobs(&t, NULL);
	for (size_t i = 0; i < t.n; i++)
		if (strstr(t.v[i].name, d.text + 7))
			memcpy(t.v[i].content.p, "TWO", 3);
	testimage_dir(&t, "d");
	testimage_print(want, sizeof want,
			"corrupt: dir:d: layer 2 (sha256:%.12s): blob %s: has "
			"digest %s",
			d.text + 7, d.text, testimage_digest("TWO").text);
	assert_string_equal(testimage_look("dir:d", NULL), want);
	for (size_t i = 0; i < t.n; i++)
		if (strstr(t.v[i].name, d.text + 7))
			t.v[i].name[0] = 'x';
	testimage_dir(&t, "e");
	testimage_print(want, sizeof want,
			"not found: dir:e: layer 2: blob %s is missing; a "
			"layout may be partial, copy the image again, all "
			"platforms of it",
			d.text);
	assert_string_equal(testimage_look("dir:e", NULL), want);
}

TESTS_MAIN(unit(skopeo_dir, one_image), unit(skopeo_dir, several_platforms),
	   unit(skopeo_dir, blobs_are_verified))

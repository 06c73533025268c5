/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/oci_layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "source/read/testlook.h"
#include "base/test.h" /* last: cmocka defines skip */

#define REF_NAME(name) ",\"annotations\":{\"" OCI_REF_NAME "\":\"" name "\"}"
#define BOTH_NAMES(name, full)                           \
	",\"annotations\":{\"" OCI_REF_NAME "\":\"" name \
	"\",\"" OCI_IMAGE_NAME "\":\"" full "\"}"
#define PLATFORM(arch) \
	",\"platform\":{\"os\":\"linux\",\"architecture\":\"" arch "\"}"
#define ATTESTATION                                                        \
	",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"}," \
	"\"annotations\":{\"vnd.docker.reference.type\":"                  \
	"\"attestation-manifest\",\"vnd.docker.reference.digest\":"        \
	"\"sha256:aa\"}"

/* Each test is run over every kind that is shaped so: an image goes by the same
 * letter in all of them. What is expected is the same to the letter, too, but
 * for the kind's name. */
static const struct {
	char path;
	const char *kind;
} kinds[] = {
	{ 'a', "oci-archive" },
	{ 'd', "oci" },
	{ 'p', "pipe" }, /* no file, no offset: testpipe.h */
};

/* D in names and texts stands for the image's letter. */
static void expect(const char *name, const char *platform, const char *want)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		char ref[64], text[2048], *to = text;
		for (const char *p = want; *p; p++)
			*to++ = *p == 'D' ? kinds[i].path : *p;
		*to = 0;
		testimage_print(ref, sizeof ref, "%c%s", kinds[i].path, name);
		assert_string_equal(testimage_look(ref, platform), text);
	}
}

static void expect_platform(const char *name, const char *platform,
			    const char *want)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		char ref[64], text[512];
		testimage_print(text, sizeof text, "%s%s", kinds[i].kind, want);
		testimage_print(ref, sizeof ref, "%c%s", kinds[i].path, name);
		assert_string_equal(testimage_look(ref, platform), text);
	}
}

static void expect_image(const char *name, const char *want)
{
	expect_platform(name, NULL, want);
}

static void write_all(const struct testimage *t)
{
	testimage_run("rm -rf d");
	testimage_tar(t, "a");
	testimage_dir(t, "d");
	testpipe_put("p", t);
}

static struct testtext join(const char *a, const char *b)
{
	struct testtext out;
	assert_true(testimage_print(out.text, sizeof out.text, "%s,%s", a, b) <
		    (int)sizeof out.text);
	return out;
}

TEST(oci_layout, one_image)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_index(&t, testimage_manifest(&t, "linux/amd64", 2,
					       testimage_two, REF_NAME("v1"))
				    .text);
	testimage_add(&t, "unknown/file", "is ignored");
	write_all(&t);
	expect_image("", " linux/amd64 v1 | one two");
	expect_image(":v1", " linux/amd64 v1 | one two");
	expect_image(":@0", " linux/amd64 v1 | one two");
	expect(":v2", NULL, "not found: D:v2: no such tag; there is: v1");
	expect(":@1", NULL, "not found: D:@1: no image @1; index.json has 1");
}

TEST(oci_layout, several_tags)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext one = testimage_manifest(&t, "linux/amd64", 2,
						 testimage_two, REF_NAME("v1"));
	struct testtext two = testimage_manifest(
		&t, "linux/amd64", 1, testimage_other,
		BOTH_NAMES("v2", "docker.io/library/app:v2"));
	testimage_index(&t, join(one.text, two.text).text);
	write_all(&t);
	expect_image(":v1", " linux/amd64 v1 | one two");
	expect_image(":v2", " linux/amd64 v2 docker.io/library/app:v2 | other");
	expect_image(":app:v2",
		     " linux/amd64 v2 docker.io/library/app:v2 | other");
	expect("", NULL,
	       "usage: D: holds several images, name one of them: v1, "
	       "docker.io/library/app:v2");
}

TEST(oci_layout, one_image_with_two_tags)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext one = testimage_manifest(&t, "linux/amd64", 2,
						 testimage_two, REF_NAME("v1"));
	struct testtext two = testimage_manifest(
		&t, "linux/amd64", 2, testimage_two, REF_NAME("latest"));
	testimage_index(&t, join(one.text, two.text).text);
	write_all(&t);
	expect_image("", " linux/amd64 v1 latest | one two");
}

static struct testtext index_of(struct testimage *t, const char *manifests,
				const char *extra)
{
	char text[4096];
	testimage_print(text, sizeof text,
			"{\"schemaVersion\":2,\"mediaType\":\"" MT_OCI_INDEX
			"\",\"manifests\":[%s]}",
			manifests);
	return testimage_blob(t, MT_OCI_INDEX, text, extra);
}

TEST(oci_layout, nested_index_with_platforms_and_attestations)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext amd = testimage_manifest(
		&t, "linux/amd64", 2, testimage_two, PLATFORM("amd64"));
	struct testtext arm = testimage_manifest(
		&t, "linux/arm64", 1, testimage_other, PLATFORM("arm64"));
	struct testtext seen =
		testimage_blob(NULL, MT_OCI_MANIFEST, "absent", ATTESTATION);
	struct testtext two = join(amd.text, arm.text);
	testimage_index(
		&t, index_of(&t, join(two.text, seen.text).text, REF_NAME("v1"))
			    .text);
	write_all(&t);
	expect_image("", " linux/amd64 v1 | one two; linux/arm64 v1 | other "
			 "+1");
	expect_platform("", "linux/arm64", " linux/arm64 v1 | other +1");
	expect("", "linux/s390x",
	       "not found: D: no image for platform linux/s390x; there is: "
	       "linux/amd64, linux/arm64");
}

TEST(oci_layout, a_manifest_named_twice_is_one_image)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext amd = testimage_manifest(
		&t, "linux/amd64", 2, testimage_two, PLATFORM("amd64"));
	testimage_index(&t,
			index_of(&t, join(amd.text, amd.text).text, "").text);
	write_all(&t);
	expect_image("", " linux/amd64 | one two");
}

TEST(oci_layout, platforms_in_index_json_itself)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext amd = testimage_manifest(
		&t, "linux/amd64", 2, testimage_two, PLATFORM("amd64"));
	struct testtext arm = testimage_manifest(
		&t, "linux/arm64", 1, testimage_other, PLATFORM("arm64"));
	testimage_index(&t, join(amd.text, arm.text).text);
	write_all(&t);
	expect_image("", " linux/amd64 | one two; linux/arm64 | other");
}

TEST(oci_layout, a_missing_platform_can_be_left_out)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	char want[512];
	(void)state;
	struct testtext amd = testimage_manifest(
		&t, "linux/amd64", 2, testimage_two, PLATFORM("amd64"));
	struct testtext arm = testimage_blob(NULL, MT_OCI_MANIFEST, "absent",
					     PLATFORM("arm64"));
	testimage_index(&t,
			index_of(&t, join(amd.text, arm.text).text, "").text);
	write_all(&t);
	expect_platform("", "linux/amd64", " linux/amd64 | one two");
	struct testtext d = testimage_digest("absent");
	testimage_print(
		want, sizeof want,
		"not found: D: linux/arm64 is not here, --platform linux/amd64 "
		"is; or copy the image again, all platforms of it (manifest "
		"sha256:%.12s: blob %s is missing)",
		d.text + 7, d.text);
	expect("", NULL, want);
}

TEST(oci_layout, index_in_index_in_index)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext at =
		testimage_manifest(&t, "linux/amd64", 1, testimage_other, "");
	for (int i = 0; i < 4; i++)
		at = index_of(&t, at.text, "");
	testimage_index(&t, at.text);
	write_all(&t);
	expect_image("", " linux/amd64 | other");
	scoped(testimage_done) struct testimage deeper = { 0 };
	at = testimage_manifest(&deeper, "linux/amd64", 1, testimage_other, "");
	for (int i = 0; i < 5; i++)
		at = index_of(&deeper, at.text, "");
	testimage_index(&deeper, at.text);
	write_all(&deeper);
	expect("", NULL,
	       "limit: D: 5 nesting of image indices, over the limit of 4 "
	       "(raise it with --limit index_depth=N)");
}

TEST(oci_layout, artifacts_are_no_images)
{
	static const char artifact[] =
		"{\"schemaVersion\":2,\"mediaType\":\"" MT_OCI_MANIFEST
		"\",\"artifactType\":\"application/x-sbom\",\"config\":"
		"{\"mediaType\":\"application/vnd.oci.empty.v1+json\","
		"\"digest\":\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21f"
		"e77e8310c060f61caaff8a\",\"size\":2},\"layers\":[]}";
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext sbom =
		testimage_blob(&t, MT_OCI_MANIFEST, artifact, REF_NAME("sbom"));
	struct testtext odd =
		testimage_blob(&t, "application/x-odd", "odd", REF_NAME("odd"));
	struct testtext amd =
		testimage_manifest(&t, "linux/amd64", 1, testimage_other, "");
	struct testtext three = join(sbom.text, odd.text);
	testimage_index(&t, join(index_of(&t, join(sbom.text, amd.text).text,
					  REF_NAME("app"))
					 .text,
				 three.text)
				    .text);
	write_all(&t);
	expect_image(":app", " linux/amd64 app | other");
	expect(":sbom", NULL,
	       "unsupported: D:sbom: not an image of layers: artifactType "
	       "application/x-sbom");
	expect(":odd", NULL,
	       "unsupported: D:odd: not an image of layers: media type "
	       "application/x-odd");
}

TEST(oci_layout, two_images_of_one_name)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	struct testtext one = testimage_manifest(&t, "linux/amd64", 2,
						 testimage_two, REF_NAME("v1"));
	struct testtext two = testimage_manifest(
		&t, "linux/amd64", 1, testimage_other, REF_NAME("v1"));
	testimage_index(&t, join(one.text, two.text).text);
	write_all(&t);
	expect("", NULL,
	       "usage: D: holds several images, name one of them: v1 (@0), v1 "
	       "(@1)");
	expect(":v1", NULL,
	       "usage: D:v1: several images are called \"v1\", name one of "
	       "them: @0, @1");
	expect_image(":@1", " linux/amd64 v1 | other");
}

TEST(oci_layout, attestations_alone)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_index(
		&t,
		testimage_blob(&t, MT_OCI_MANIFEST, "{}", ATTESTATION).text);
	write_all(&t);
	expect("", NULL,
	       "unsupported: D: not an image of layers: attestations alone, "
	       "without the image that they are about");
}

/* A manifest over given descriptors of config and layer. */
static void index_with(struct testimage *t, const char *config,
		       const char *layer)
{
	char text[4096];
	testimage_print(text, sizeof text,
			"{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}",
			config, layer);
	testimage_index(t, testimage_blob(t, MT_OCI_MANIFEST, text, "").text);
}

static struct testtext config_of(struct testimage *t)
{
	return testimage_blob(
		t, MT_OCI_CONFIG,
		testimage_config("linux/amd64", 1, testimage_other).text, "");
}

TEST(oci_layout, missing_and_foreign_layers)
{
	IN_NEW_PLACE;
	char want[512];
	(void)state;
	scoped(testimage_done) struct testimage t = { 0 };
	index_with(&t, config_of(&t).text,
		   testimage_blob(NULL, MT_OCI_LAYER, "other", "").text);
	write_all(&t);
	testimage_print(
		want, sizeof want,
		"not found: D: layer 1: blob %s is missing; a layout may be "
		"partial, copy the image again, all platforms of it",
		testimage_digest("other").text);
	expect("", NULL, want);
	scoped(testimage_done) struct testimage f = { 0 };
	index_with(&f, config_of(&f).text,
		   testimage_blob(NULL,
				  "application/vnd.docker.image.rootfs.foreign."
				  "diff.tar.gzip",
				  "other", ",\"urls\":[\"https://x/y\"]")
			   .text);
	write_all(&f);
	testimage_print(
		want, sizeof want,
		"unsupported: D: layer 1: blob %s is not here, it is kept "
		"elsewhere (a foreign layer); its URLs are not followed",
		testimage_digest("other").text);
	expect("", NULL, want);
}

TEST(oci_layout, an_encrypted_layer)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	index_with(&t, config_of(&t).text,
		   testimage_blob(&t, MT_OCI_LAYER_GZIP "+encrypted", "x", "")
			   .text);
	write_all(&t);
	expect("", NULL,
	       "unsupported: D: layer 1 is encrypted "
	       "(application/vnd.oci.image.layer.v1.tar+gzip+encrypted): "
	       "decrypt it first, for example with skopeo copy "
	       "--decryption-key");
}

/* cosign, buildkit and others give their artifacts an image's config. */
TEST(oci_layout, layers_that_are_no_tars)
{
	static const struct {
		const char *type, *want;
	} rows[] = {
		{ "application/vnd.dev.cosign.simplesigning.v1+json",
		  " (a signature)" },
		{ "application/vnd.in-toto+json", " (an attestation)" },
		{ "text/spdx+json", " (an SBOM)" },
		{ "application/vnd.cyclonedx+json", " (an SBOM)" },
		{ "application/vnd.oci.image.layer.squashfs",
		  " (a squashfs file system)" },
		{ "application/vnd.wasm.content.layer.v1+wasm",
		  " (a WebAssembly module)" },
		{ "application/x-odd", "" },
	};
	IN_NEW_PLACE;
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		scoped(testimage_done) struct testimage t = { 0 };
		char want[512];
		index_with(&t, config_of(&t).text,
			   testimage_blob(&t, rows[i].type, "other", "").text);
		write_all(&t);
		testimage_print(want, sizeof want,
				"unsupported: D: not an image of layers: layer "
				"media type %s%s",
				rows[i].type, rows[i].want);
		expect("", NULL, want);
	}
	/* Types lie: these bytes are what a layer begins with. */
	scoped(testimage_done) struct testimage t = { 0 };
	static const char *const gz[] = { "\x1f\x8b\x08" };
	index_with(&t,
		   testimage_blob(&t, MT_OCI_CONFIG,
				  testimage_config("linux/amd64", 1, gz).text,
				  "")
			   .text,
		   testimage_blob(&t, "application/x-odd", gz[0], "").text);
	write_all(&t);
	expect_image("", " linux/amd64 | \x1f\x8b\x08");
}

TEST(oci_layout, what_stands_beside_an_image_is_passed_by)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	char text[4096];
	(void)state;
	struct testtext amd =
		testimage_manifest(&t, "linux/amd64", 1, testimage_other, "");
	testimage_print(
		text, sizeof text,
		"{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}",
		config_of(&t).text,
		testimage_blob(&t,
			       "application/vnd.dev.cosign.simplesigning.v1"
			       "+json",
			       "sig", "")
			.text);
	testimage_index(&t,
			join(testimage_blob(&t, MT_OCI_MANIFEST, text, "").text,
			     amd.text)
				.text);
	write_all(&t);
	expect_image("", " linux/amd64 | other");
	expect(":@0", NULL,
	       "unsupported: D:@0: not an image of layers: layer media type "
	       "application/vnd.dev.cosign.simplesigning.v1+json (a "
	       "signature)");
}

/* As rules_oci lays layouts out. */
TEST(oci_layout, blobs_that_are_links)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_index(
		&t, testimage_manifest(&t, "linux/amd64", 2, testimage_two, "")
			    .text);
	testimage_dir(&t, "d/e");
	testimage_run("mkdir out && mv d/e/blobs/sha256/* out && "
		      "for f in out/*; do ln -s ../../../../$f "
		      "d/e/blobs/sha256/; done");
	assert_string_equal(testimage_look("d/e", NULL),
			    "oci linux/amd64 | one two");
	/* The digest proves what is behind the link, and nothing else counts. */
	testimage_run("for f in out/*; do echo x >>$f; done");
	assert_non_null(strstr(testimage_look("d/e", NULL), "corrupt: d/e: "));
	testimage_run("rm out/* && for f in d/e/blobs/sha256/*; do "
		      "mkfifo out/${f##*/}; done");
	assert_non_null(strstr(testimage_look("d/e", NULL),
			       "a link to what is not a regular file"));
	testimage_run("rm out/*");
	assert_non_null(strstr(testimage_look("d/e", NULL), "is missing"));
	/* The documents that name the blobs are never read through a link. */
	testimage_run("mv d/e/index.json out && ln -s "
		      "../../out/index.json d/e/index.json");
	assert_string_equal(testimage_look("d/e", NULL),
			    "not found: d/e: index.json is missing; is the "
			    "layout whole?");
}

TEST(oci_layout, data_stands_for_the_blob)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	index_with(&t, config_of(&t).text,
		   testimage_blob(NULL, MT_OCI_LAYER, "other",
				  ",\"data\":\"b3RoZXI=\"")
			   .text);
	write_all(&t);
	expect_image("", " linux/amd64 | other");
}

TEST(oci_layout, blobs_are_verified)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	struct testtext d = testimage_digest("other");
	char want[512];
	(void)state;
	testimage_index(&t, testimage_manifest(&t, "linux/amd64", 1,
					       testimage_other, "")
				    .text);
	for (size_t i = 0; i < t.n; i++)
		if (strstr(t.v[i].name, d.text + 7))
			memcpy(t.v[i].content.p, "OTHER", 5);
	write_all(&t);
	testimage_print(
		want, sizeof want,
		"corrupt: D: layer 1 (sha256:%.12s): blob %s: has digest %s",
		d.text + 7, d.text, testimage_digest("OTHER").text);
	expect("", NULL, want);
	for (size_t i = 0; i < t.n; i++)
		if (strstr(t.v[i].name, d.text + 7))
			t.v[i].content.n = 4;
	write_all(&t);
	/* Where a length is at hand nothing is read; else it shows at the end. */
	testimage_print(want, sizeof want,
			"layer 1 (sha256:%.12s): is 4 bytes long, expected 5",
			d.text + 7);
	assert_non_null(strstr(testimage_look("a", NULL), want));
	assert_non_null(strstr(testimage_look("d", NULL), want));
	testimage_print(want, sizeof want,
			"corrupt: p: layer 1 (sha256:%.12s): blob %s: is 4 "
			"bytes long, expected 5",
			d.text + 7, d.text);
	assert_string_equal(testimage_look("p", NULL), want);
}

/* A stream that never ends comes to one at the size that was told. */
TEST(oci_layout, a_blob_that_is_too_long)
{
	struct err err = { 0 };
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	struct testtext d = testimage_digest("other");
	char want[512];
	(void)state;
	testimage_index(&t, testimage_manifest(&t, "linux/amd64", 1,
					       testimage_other, "")
				    .text);
	for (size_t i = 0; i < t.n; i++)
		if (strstr(t.v[i].name, d.text + 7))
			assert_ok(buf_byte(&t.v[i].content, 'x', &err), &err);
	write_all(&t);
	testimage_print(want, sizeof want,
			"corrupt: p: layer 1 (sha256:%.12s): blob %s: is "
			"longer than the expected 5 bytes",
			d.text + 7, d.text);
	assert_string_equal(testimage_look("p", NULL), want);
	assert_non_null(strstr(testimage_look("a", NULL),
			       "is 6 bytes long, expected 5"));
}

/* What is read of a pipe is read through it, and once a look. */
TEST(oci_layout, a_layer_is_opened_once)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_index(
		&t, testimage_manifest(&t, "linux/amd64", 2, testimage_two, "")
			    .text);
	testpipe_put("p", &t);
	testimage_look("p", NULL);
	/* oci-layout, index.json, manifest, config, two layers */
	assert_int_equal(testpipe_clear(), 6);
}

TEST(oci_layout, sha512)
{
	struct err err = { 0 };
	struct digest d;
	char name[256], layer[512];
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	assert_ok(digest_of(DIGEST_SHA512, "other", 5, &d, &err), &err);
	testimage_print(name, sizeof name, "blobs/sha512/%s",
			digest_hex(&d).text);
	testimage_print(layer, sizeof layer,
			"{\"mediaType\":\"" MT_OCI_LAYER
			"\",\"digest\":\"%s\",\"size\":5}",
			digest_text(&d).text);
	index_with(&t, config_of(&t).text, layer);
	testimage_add(&t, name, "other");
	write_all(&t);
	expect_image("", " linux/amd64 | other");
	testimage_add(&t, name, "OTHER");
	write_all(&t);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		char ref[2] = { kinds[i].path };
		assert_non_null(strstr(testimage_look(ref, NULL),
				       "has digest sha512:"));
	}
}

TEST(oci_layout, layers_and_diff_ids_differ)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	index_with(&t, config_of(&t).text, "");
	write_all(&t);
	expect("", NULL,
	       "corrupt: D: 0 layers, but the config lists 1 diff_ids");
}

TEST(oci_layout, the_layout_itself)
{
	static const struct {
		const char *layout, *index, *want;
	} rows[] = {
		{ "{\"imageLayoutVersion\":\"2.0\"}",
		  "{\"schemaVersion\":2,\"manifests\":[]}",
		  "unsupported: D: oci-layout: version \"2.0\", expected "
		  "1.0.0" },
		{ "{\"imageLayoutVersion\":\"1.0.0\"}", NULL,
		  "not found: D: index.json is missing; is the layout whole?" },
		{ NULL, "{\"schemaVersion\":2,\"manifests\":[]}",
		  "not found: D: index.json names no image" },
		{ NULL,
		  "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"x\","
		  "\"digest\":\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc2"
		  "1fe77e8310c060f61caaff8a\",\"size\":2},\"layers\":[]}",
		  "corrupt: D: index.json: a manifest, expected an index" },
	};
	IN_NEW_PLACE;
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		scoped(testimage_done) struct testimage t = { 0 };
		if (rows[i].layout)
			testimage_add(&t, "oci-layout", rows[i].layout);
		if (rows[i].index)
			testimage_add(&t, "index.json", rows[i].index);
		write_all(&t);
		expect("", NULL, rows[i].want);
	}
}

TESTS_MAIN(unit(oci_layout, one_image), unit(oci_layout, several_tags),
	   unit(oci_layout, one_image_with_two_tags),
	   unit(oci_layout, nested_index_with_platforms_and_attestations),
	   unit(oci_layout, a_manifest_named_twice_is_one_image),
	   unit(oci_layout, platforms_in_index_json_itself),
	   unit(oci_layout, a_missing_platform_can_be_left_out),
	   unit(oci_layout, index_in_index_in_index),
	   unit(oci_layout, artifacts_are_no_images),
	   unit(oci_layout, two_images_of_one_name),
	   unit(oci_layout, attestations_alone),
	   unit(oci_layout, missing_and_foreign_layers),
	   unit(oci_layout, an_encrypted_layer),
	   unit(oci_layout, layers_that_are_no_tars),
	   unit(oci_layout, what_stands_beside_an_image_is_passed_by),
	   unit(oci_layout, blobs_that_are_links),
	   unit(oci_layout, data_stands_for_the_blob),
	   unit(oci_layout, blobs_are_verified),
	   unit(oci_layout, a_blob_that_is_too_long),
	   unit(oci_layout, a_layer_is_opened_once), unit(oci_layout, sha512),
	   unit(oci_layout, layers_and_diff_ids_differ),
	   unit(oci_layout, the_layout_itself))

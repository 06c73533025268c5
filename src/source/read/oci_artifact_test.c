/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/testlayout.h"
#include "base/test.h" /* last: cmocka defines skip */

TEST(oci_artifact, artifacts_are_no_images)
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
	struct testtext three = testlayout_join(sbom.text, odd.text);
	testimage_index(
		&t,
		testlayout_join(
			testlayout_index_of(
				&t, testlayout_join(sbom.text, amd.text).text,
				REF_NAME("app"))
				.text,
			three.text)
			.text);
	testlayout_write(&t);
	testlayout_expect_image(":app", " linux/amd64 app | other");
	testlayout_expect(
		":sbom", NULL,
		"unsupported: D:sbom: not an image of layers: artifactType "
		"application/x-sbom");
	testlayout_expect(
		":odd", NULL,
		"unsupported: D:odd: not an image of layers: media type "
		"application/x-odd");
}

TEST(oci_artifact, attestations_alone)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testimage_index(
		&t,
		testimage_blob(&t, MT_OCI_MANIFEST, "{}", ATTESTATION).text);
	testlayout_write(&t);
	testlayout_expect(
		"", NULL,
		"unsupported: D: not an image of layers: attestations alone, "
		"without the image that they are about");
}

TEST(oci_artifact, an_encrypted_layer)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testlayout_index_with(
		&t, testlayout_config_of(&t).text,
		testimage_blob(&t, MT_OCI_LAYER_GZIP "+encrypted", "x", "")
			.text);
	testlayout_write(&t);
	testlayout_expect(
		"", NULL,
		"unsupported: D: layer 1 is encrypted "
		"(application/vnd.oci.image.layer.v1.tar+gzip+encrypted): "
		"decrypt it first, for example with skopeo copy "
		"--decryption-key");
}

/* cosign, buildkit and others give their artifacts an image's config. */
TEST(oci_artifact, layers_that_are_no_tars)
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
		testlayout_index_with(
			&t, testlayout_config_of(&t).text,
			testimage_blob(&t, rows[i].type, "other", "").text);
		testlayout_write(&t);
		testimage_print(want, sizeof want,
				"unsupported: D: not an image of layers: layer "
				"media type %s%s",
				rows[i].type, rows[i].want);
		testlayout_expect("", NULL, want);
	}
	/* Types lie: these bytes are what a layer begins with. */
	scoped(testimage_done) struct testimage t = { 0 };
	static const char *const gz[] = { "\x1f\x8b\x08" };
	testlayout_index_with(
		&t,
		testimage_blob(&t, MT_OCI_CONFIG,
			       testimage_config("linux/amd64", 1, gz).text, "")
			.text,
		testimage_blob(&t, "application/x-odd", gz[0], "").text);
	testlayout_write(&t);
	testlayout_expect_image("", " linux/amd64 | \x1f\x8b\x08");
}

TEST(oci_artifact, what_stands_beside_an_image_is_passed_by)
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
		testlayout_config_of(&t).text,
		testimage_blob(&t,
			       "application/vnd.dev.cosign.simplesigning.v1"
			       "+json",
			       "sig", "")
			.text);
	testimage_index(
		&t, testlayout_join(
			    testimage_blob(&t, MT_OCI_MANIFEST, text, "").text,
			    amd.text)
			    .text);
	testlayout_write(&t);
	testlayout_expect_image("", " linux/amd64 | other");
	testlayout_expect(
		":@0", NULL,
		"unsupported: D:@0: not an image of layers: layer media type "
		"application/vnd.dev.cosign.simplesigning.v1+json (a "
		"signature)");
}

TESTS_MAIN(unit(oci_artifact, artifacts_are_no_images),
	   unit(oci_artifact, attestations_alone),
	   unit(oci_artifact, an_encrypted_layer),
	   unit(oci_artifact, layers_that_are_no_tars),
	   unit(oci_artifact, what_stands_beside_an_image_is_passed_by))

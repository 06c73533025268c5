/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/testlayout.h"
#include "base/test.h" /* last: cmocka defines skip */

TEST(oci_blob, missing_and_foreign_layers)
{
	IN_NEW_PLACE;
	char want[512];
	(void)state;
	scoped(testimage_done) struct testimage t = { 0 };
	testlayout_index_with(
		&t, testlayout_config_of(&t).text,
		testimage_blob(NULL, MT_OCI_LAYER, "other", "").text);
	testlayout_write(&t);
	testimage_print(
		want, sizeof want,
		"not found: D: layer 1: blob %s is missing; a layout may be "
		"partial, copy the image again, all platforms of it",
		testimage_digest("other").text);
	testlayout_expect("", NULL, want);
	scoped(testimage_done) struct testimage f = { 0 };
	testlayout_index_with(
		&f, testlayout_config_of(&f).text,
		testimage_blob(NULL,
			       "application/vnd.docker.image.rootfs.foreign."
			       "diff.tar.gzip",
			       "other", ",\"urls\":[\"https://x/y\"]")
			.text);
	testlayout_write(&f);
	testimage_print(
		want, sizeof want,
		"unsupported: D: layer 1: blob %s is not here, it is kept "
		"elsewhere (a foreign layer); its URLs are not followed",
		testimage_digest("other").text);
	testlayout_expect("", NULL, want);
}

/* As rules_oci lays layouts out. */
TEST(oci_blob, blobs_that_are_links)
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

TEST(oci_blob, data_stands_for_the_blob)
{
	IN_NEW_PLACE;
	scoped(testimage_done) struct testimage t = { 0 };
	(void)state;
	testlayout_index_with(&t, testlayout_config_of(&t).text,
			      testimage_blob(NULL, MT_OCI_LAYER, "other",
					     ",\"data\":\"b3RoZXI=\"")
				      .text);
	testlayout_write(&t);
	testlayout_expect_image("", " linux/amd64 | other");
}

TEST(oci_blob, blobs_are_verified)
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
	testlayout_write(&t);
	testimage_print(
		want, sizeof want,
		"corrupt: D: layer 1 (sha256:%.12s): blob %s: has digest %s",
		d.text + 7, d.text, testimage_digest("OTHER").text);
	testlayout_expect("", NULL, want);
	for (size_t i = 0; i < t.n; i++)
		if (strstr(t.v[i].name, d.text + 7))
			t.v[i].content.n = 4;
	testlayout_write(&t);
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
TEST(oci_blob, a_blob_that_is_too_long)
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
	testlayout_write(&t);
	testimage_print(want, sizeof want,
			"corrupt: p: layer 1 (sha256:%.12s): blob %s: is "
			"longer than the expected 5 bytes",
			d.text + 7, d.text);
	assert_string_equal(testimage_look("p", NULL), want);
	assert_non_null(strstr(testimage_look("a", NULL),
			       "is 6 bytes long, expected 5"));
}

/* What is read of a pipe is read through it, and once a look. */
TEST(oci_blob, a_layer_is_opened_once)
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

TEST(oci_blob, sha512)
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
	testlayout_index_with(&t, testlayout_config_of(&t).text, layer);
	testimage_add(&t, name, "other");
	testlayout_write(&t);
	testlayout_expect_image("", " linux/amd64 | other");
	testimage_add(&t, name, "OTHER");
	testlayout_write(&t);
	for (size_t i = 0; i < TESTLAYOUT_KINDS; i++) {
		char ref[2] = { testlayout_kinds[i].path };
		assert_non_null(strstr(testimage_look(ref, NULL),
				       "has digest sha512:"));
	}
}

TEST(oci_blob, the_layout_itself)
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
		testlayout_write(&t);
		testlayout_expect("", NULL, rows[i].want);
	}
}

TESTS_MAIN(unit(oci_blob, missing_and_foreign_layers),
	   unit(oci_blob, blobs_that_are_links),
	   unit(oci_blob, data_stands_for_the_blob),
	   unit(oci_blob, blobs_are_verified),
	   unit(oci_blob, a_blob_that_is_too_long),
	   unit(oci_blob, a_layer_is_opened_once), unit(oci_blob, sha512),
	   unit(oci_blob, the_layout_itself))

/* SPDX-License-Identifier: Apache-2.0 */
#include "source/write/oci_docs.h"

#include "source/write/testdest.h"
#include "base/test.h" /* last: cmocka defines skip */

#define HEX_A "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
#define ENTRY                                                            \
	"{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"," \
	"\"digest\":\"sha256:" HEX_A "\",\"size\":1"

static struct dest_image one_letter(const char *arch)
{
	struct err err = { 0 };
	struct dest_image img = { 0 };
	assert_ok(digest_of(DIGEST_SHA256, "a", 1, &img.manifest.digest, &err),
		  &err);
	img.manifest.media_type = STR(MT_OCI_MANIFEST);
	img.manifest.size = 1;
	img.manifest.platform.os = STR("linux");
	img.manifest.platform.architecture = str_of(arch);
	return img;
}

TEST(oci_docs, an_index_of_its_own)
{
	(void)state;
	struct err err = { 0 };
	const struct dest_image images[] = { one_letter("amd64"),
					     one_letter("arm64") };
	struct dest_result r = { .images = images, .n = 2 };
	scoped(buf_done) struct buf out = BUF_INIT(4096);
	assert_ok(dest_index_text(&r, &out, &err), &err);
	assert_string_equal(
		buf_cstr(&out),
		"{\"schemaVersion\":2,\"mediaType\":"
		"\"application/"
		"vnd.oci.image.index.v1+json\",\"manifests\":[" ENTRY
		",\"platform\":{\"architecture\":\"amd64\","
		"\"os\":\"linux\"}}," ENTRY ",\"platform\":{\"architecture\":"
		"\"arm64\",\"os\":\"linux\"}}]}");
	/* The caller's is passed on to the byte. */
	buf_reset(&out);
	r.index = STR("{ \"schemaVersion\" : 2 }");
	assert_ok(dest_index_text(&r, &out, &err), &err);
	assert_true(str_eq(buf_str(&out), r.index));
}

TEST(oci_docs, what_index_json_says_besides_stays)
{
	(void)state;
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(4096);
	assert_ok(dest_index_json((struct str){ 0 }, STR("{}"), &out, &err),
		  &err);
	assert_string_equal(
		buf_cstr(&out),
		"{\"schemaVersion\":2,\"mediaType\":"
		"\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
		"{}]}");
	buf_reset(&out);
	assert_ok(dest_index_json(STR("{ \"x\": 1,\"manifests\": [1, 2] , "
				      "\"y\":{}}"),
				  STR("{}"), &out, &err),
		  &err);
	assert_string_equal(buf_cstr(&out),
			    "{ \"x\": 1,\"manifests\": [{}] , \"y\":{}}");
}

/* The full name is what docker load reads from index.json: a kind that promises
 * it writes it for every tag, the others for tags that are full names. */
TEST(oci_docs, names_of_an_entry)
{
	static const struct {
		const char *dest, *tag, *want;
	} rows[] = {
		{ "oci:d", "", ENTRY },
		{ "oci:d", "v1",
		  ENTRY ",\"annotations\":{"
			"\"org.opencontainers.image.ref.name\":\"v1\"}" },
		{ "oci:d", "example.com/app:v1",
		  ENTRY ",\"annotations\":{\"io.containerd.image.name\":"
			"\"example.com/app:v1\","
			"\"org.opencontainers.image.ref.name\":"
			"\"example.com/app:v1\"}" },
		{ "a.tar", "app:v1",
		  ENTRY ",\"annotations\":{\"io.containerd.image.name\":"
			"\"docker.io/library/app:v1\","
			"\"org.opencontainers.image.ref.name\":\"app:v1\"}" },
	};
	IN_NEW_PLACE;
	(void)state;
	const struct dest_image img = one_letter("amd64");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = { 0 };
		scoped(dest_close) struct dest *d = NULL;
		struct dest_result r = { .images = &img,
					 .n = 1,
					 .tag = str_of(rows[i].tag) };
		struct str entry;
		assert_ok(testdest_open(rows[i].dest, &d, &err), &err);
		assert_ok(dest_oci_entry(d, &r, &entry, &err), &err);
		assert_true(str_starts(entry, str_of(rows[i].want)));
		assert_true(str_eqz(str_from(entry, strlen(rows[i].want)),
				    ",\"platform\":{\"architecture\":"
				    "\"amd64\",\"os\":\"linux\"}}"));
	}
}

TESTS_MAIN(unit(oci_docs, an_index_of_its_own),
	   unit(oci_docs, what_index_json_says_besides_stays),
	   unit(oci_docs, names_of_an_entry))

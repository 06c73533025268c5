/* SPDX-License-Identifier: Apache-2.0 */
#include "source/write/docker_docs.h"

#include <sys/utsname.h>

#include "source/read/testimage.h"
#include "base/test.h" /* last: cmocka defines skip */

static const struct dest_naming naming = { "blobs/", ".json", ".tar" };

/* An image of that architecture; its config and layers have the digests of
 * one-letter texts. */
static struct dest_image image_of(const char *arch, struct desc layers[2])
{
	static const char texts[] = "cab";
	struct dest_image img = { .layers = layers, .n_layers = 2 };
	struct desc *all[] = { &img.config, &layers[0], &layers[1] };
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct err err = { 0 };
		assert_ok(digest_of(DIGEST_SHA256, &texts[i], 1,
				    &all[i]->digest, &err),
			  &err);
	}
	img.manifest.platform.os = STR("linux");
	img.manifest.platform.architecture = str_of(arch);
	return img;
}

#define HEX_A "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
#define HEX_B "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"
#define HEX_C "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6"
#define FILES "\"Layers\":[\"blobs/" HEX_A ".tar\",\"blobs/" HEX_B ".tar\"]"

TEST(docker_docs, manifest_json)
{
	(void)state;
	struct err err = { 0 };
	struct desc layers[2] = { 0 };
	struct dest_image img = image_of("amd64", layers);
	struct dest_result r = { .images = &img, .n = 1 };
	scoped(buf_done) struct buf out = BUF_INIT(4096);
	assert_ok(dest_manifest_json(&r, &naming, &out, &err), &err);
	assert_string_equal(buf_cstr(&out),
			    "[{\"Config\":\"blobs/" HEX_C
			    ".json\",\"RepoTags\":null," FILES "}]");
	buf_reset(&out);
	/* docker load wants a tag with each name. */
	r.tag = STR("example.com:5000/app");
	assert_ok(dest_manifest_json(&r, &naming, &out, &err), &err);
	assert_string_equal(buf_cstr(&out),
			    "[{\"Config\":\"blobs/" HEX_C
			    ".json\",\"RepoTags\":[\"example.com:5000/app:"
			    "latest\"]," FILES "}]");
}

/* The colon of a port is none of a tag; the uppermost layer names the image. */
TEST(docker_docs, repositories)
{
	(void)state;
	struct err err = { 0 };
	struct desc layers[2] = { 0 };
	struct dest_image img = image_of("amd64", layers);
	struct dest_result r = { .images = &img, .n = 1 };
	scoped(buf_done) struct buf out = BUF_INIT(4096);
	r.tag = STR("example.com:5000/app:v1");
	assert_ok(dest_repositories(&r, &out, &err), &err);
	assert_string_equal(buf_cstr(&out), "{\"example.com:5000/app\":{"
					    "\"v1\":\"" HEX_B "\"}}");
}

TEST(docker_docs, the_hosts_platform_comes_first)
{
	(void)state;
	struct utsname host;
	struct desc layers[2] = { 0 };
	struct dest_image images[] = { image_of("riscv64", layers),
				       image_of("amd64", layers),
				       image_of("arm64", layers) };
	assert_int_equal(uname(&host), 0);
	size_t want = strcmp(host.machine, "x86_64") == 0    ? 1
		      : strcmp(host.machine, "aarch64") == 0 ? 2
							     : 0;
	assert_ptr_equal(dest_docker_image(images, 3), &images[want]);
	images[1] = images[2] = image_of("s390x", layers);
	if (strcmp(host.machine, "s390x") != 0)
		assert_ptr_equal(dest_docker_image(images, 3), &images[0]);
}

TESTS_MAIN(unit(docker_docs, manifest_json), unit(docker_docs, repositories),
	   unit(docker_docs, the_hosts_platform_comes_first))

/* SPDX-License-Identifier: Apache-2.0 */
#include "oci/ref.h"

#include "base/test.h"

#define HEX16 "0123456789abcdef"
#define ID "sha256:" HEX16 HEX16 HEX16 HEX16

static const struct {
	const char *text;
	enum ref_transport transport;
	const char *path, *tag;
	bool has_index;
	uint64_t index;
} good[] = {
	{ "-", REF_PATH, "-", "", false, 0 },
	{ "/a/b.tar", REF_PATH, "/a/b.tar", "", false, 0 },
	{ "a:b", REF_PATH, "a:b", "", false, 0 },
	{ "docker:20.10", REF_PATH, "docker:20.10", "", false, 0 },
	{ "./oci:x", REF_PATH, "./oci:x", "", false, 0 },
	{ "r.io:5000/a/b@" ID, REF_PATH, "r.io:5000/a/b@" ID, "", false, 0 },
	{ "OCI:x", REF_PATH, "OCI:x", "", false, 0 },
	{ "dir/x://y", REF_PATH, "dir/x://y", "", false, 0 },
	{ "docker-archive:f.tar", REF_DOCKER_ARCHIVE, "f.tar", "", false, 0 },
	{ "docker-archive:/a b/f.tar:repo/name:tag", REF_DOCKER_ARCHIVE,
	  "/a b/f.tar", "repo/name:tag", false, 0 },
	{ "docker-archive:f.tar:r.io:5000/x/y:1", REF_DOCKER_ARCHIVE, "f.tar",
	  "r.io:5000/x/y:1", false, 0 },
	{ "docker-archive:f.tar:@0", REF_DOCKER_ARCHIVE, "f.tar", "", true, 0 },
	{ "docker-archive:-", REF_DOCKER_ARCHIVE, "-", "", false, 0 },
	{ "oci:d", REF_OCI, "d", "", false, 0 },
	{ "oci:d:", REF_OCI, "d", "", false, 0 },
	{ "oci:/d/e:docker.io/library/alpine:3.18", REF_OCI, "/d/e",
	  "docker.io/library/alpine:3.18", false, 0 },
	{ "oci:d:@12", REF_OCI, "d", "", true, 12 },
	{ "oci-archive:f.tar:t", REF_OCI_ARCHIVE, "f.tar", "t", false, 0 },
	{ "oci-archive:f:@18446744073709551615", REF_OCI_ARCHIVE, "f", "", true,
	  UINT64_MAX },
	{ "dir:a:b", REF_DIR, "a:b", "", false, 0 },
	{ "docker://busybox", REF_DOCKER, "busybox", "", false, 0 },
	{ "docker://r.io:5000/a/b:t@" ID, REF_DOCKER, "r.io:5000/a/b:t@" ID,
	  "t", false, 0 },
	{ "docker-daemon:a/b:t", REF_DOCKER_DAEMON, "a/b:t", "t", false, 0 },
	{ "docker-daemon:" ID, REF_DOCKER_DAEMON, ID, "", false, 0 },
};

TEST(ref, good)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		struct ref r;
		assert_ok(oci_parse_ref(str_of(good[i].text), &a, &r, &err),
			  &err);
		assert_int_equal(r.transport, good[i].transport);
		assert_string_equal(r.text.p, good[i].text);
		assert_string_equal(r.path.p, good[i].path);
		assert_string_equal(r.tag.p, good[i].tag);
		assert_int_equal(r.tag.n, strlen(good[i].tag));
		assert_int_equal(r.has_index, good[i].has_index);
		assert_true(r.index == good[i].index);
	}
}

static const struct {
	const char *text, *want;
} bad[] = {
	{ "", "an empty image name" },
	{ "dir:", "\"dir:\": expected dir:DIR" },
	{ "oci:", "\"oci:\": expected oci:DIR[:TAG|@N]" },
	{ "oci::t", "\"oci::t\": expected oci:DIR[:TAG|@N]" },
	{ "oci:d:@", "\"oci:d:@\": expected oci:DIR[:TAG|@N]" },
	{ "oci:d:@-1", "\"oci:d:@-1\": expected oci:DIR[:TAG|@N]" },
	{ "oci-archive:f:@18446744073709551616",
	  "\"oci-archive:f:@18446744073709551616\": expected "
	  "oci-archive:FILE[:TAG|@N]" },
	{ "docker-archive:",
	  "\"docker-archive:\": expected docker-archive:FILE[:REF|@N]" },
	{ "docker-archive:f:",
	  "\"docker-archive:f:\": expected docker-archive:FILE[:REF|@N]" },
	{ "docker-archive:f:@x",
	  "\"docker-archive:f:@x\": expected docker-archive:FILE[:REF|@N]" },
	{ "docker-archive:f:a@" ID,
	  "\"docker-archive:f:a@" ID "\": expected a name without a digest" },
	{ "docker-archive:f:a:b:c",
	  "\"a:b:c\" is no image name: a tag is 1 to 128 of A-Z a-z 0-9 _ . "
	  "-, and does not begin with . or -" },
	{ "docker://r..io/x",
	  "\"r..io/x\" is no image name: the host is not valid" },
	{ "docker-daemon:a:",
	  "\"a:\" is no image name: a tag is 1 to 128 of A-Z a-z 0-9 _ . -, "
	  "and does not begin with . or -" },
	{ "https://r.io/x",
	  "\"https://r.io/x\": expected docker://, docker-archive:, "
	  "docker-daemon:, oci:, oci-archive:, dir: or a path" },
};

TEST(ref, bad)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	struct ref r;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_fails(oci_parse_ref(str_of(bad[i].text), &a, &r, &err),
			     &err, ERR_USAGE, bad[i].want);
	assert_fails(oci_parse_ref(STR("oci:a\0b"), &a, &r, &err), &err,
		     ERR_USAGE, "\"oci:a\\x00b\": expected a name without NUL");
}

TEST(ref, names_of_transports)
{
	static const char *const names[] = {
		[REF_PATH] = "path",
		[REF_DOCKER_ARCHIVE] = "docker-archive",
		[REF_OCI] = "oci",
		[REF_OCI_ARCHIVE] = "oci-archive",
		[REF_DIR] = "dir",
		[REF_DOCKER] = "docker",
		[REF_DOCKER_DAEMON] = "docker-daemon",
	};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		assert_string_equal(
			oci_ref_transport_name((enum ref_transport)i),
			names[i]);
}

TESTS_MAIN(unit(ref, good), unit(ref, bad), unit(ref, names_of_transports))

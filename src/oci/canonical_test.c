/* SPDX-License-Identifier: Apache-2.0 */
#include "base/test.h"
#include "oci/config.h"

#define ID "sha256:11"

/* The last one is the example of docs/config-canonical.md. */
static const struct {
	const char *text, *want;
} forms[] = {
	{ "{}", "{}" },
	{ "{\"created\":\"t\",\"history\":[{}],\"container\":\"c\","
	  "\"container_config\":{\"Cmd\":[\"x\"]},\"docker_version\":\"20\","
	  "\"moby.buildkit.buildinfo.v1\":\"x\",\"moby.\":1,\"moby\":2}",
	  "{\"moby\":2}" },
	{ "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" ID
	  "\"],\"x\":null},\"os\":\"linux\"}",
	  "{\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\"}}" },
	{ "{\"rootfs\":{\"diff_ids\":[]},\"config\":{\"Image\":\"x\"}}", "{}" },
	{ "{\"a\":null,\"b\":{},\"c\":[],\"d\":\"\",\"e\":0,\"f\":false,"
	  "\"g\":[null,{},\"\"],\"h\":{\"i\":null}}",
	  "{\"e\":0,\"f\":false,\"g\":[null,{},\"\"],\"h\":{\"i\":null}}" },
	{ "{\"config\":{\"b\":\"\",\"Image\":\"x\",\"Cmd\":[],\"Entrypoint\":"
	  "null,\"Env\":[\"B=\",\"A=\"],\"Tty\":false,\"image\":1}}",
	  NULL },
	{ "{\"config\":{\"b\":\"\",\"Image\":\"x\",\"Cmd\":[],\"Entrypoint\":"
	  "null,\"Env\":[\"B=\",\"A=\"],\"Tty\":false}}",
	  "{\"config\":{\"Env\":[\"B=\",\"A=\"]}}" },
	/* What a missing key means. */
	{ "{\"config\":{\"Hostname\":\"\",\"Domainname\":\"\",\"User\":\"\","
	  "\"AttachStdin\":false,\"AttachStdout\":false,\"AttachStderr\":"
	  "false,\"Tty\":false,\"OpenStdin\":false,\"StdinOnce\":false,"
	  "\"ArgsEscaped\":false,\"NetworkDisabled\":false,\"Env\":null,"
	  "\"Cmd\":[],\"Entrypoint\":[],\"OnBuild\":[],\"Shell\":null,"
	  "\"StopSignal\":\"\",\"MacAddress\":\"\",\"WorkingDir\":\"\","
	  "\"Memory\":0,\"MemorySwap\":0,\"CpuShares\":0,\"StopTimeout\":null,"
	  "\"Healthcheck\":{\"Interval\":0,\"Timeout\":0,\"StartPeriod\":0,"
	  "\"StartInterval\":0,\"Retries\":0,\"Test\":[]}}}",
	  "{}" },
	/* And what it does not mean. */
	{ "{\"config\":{\"Tty\":true,\"StopTimeout\":0,\"WorkingDir\":\"/\","
	  "\"User\":\"0\",\"x\":false,\"y\":0,\"AttachStdin\":0.0}}",
	  "{\"config\":{\"AttachStdin\":0.0,\"StopTimeout\":0,\"Tty\":true,"
	  "\"User\":\"0\",\"WorkingDir\":\"/\",\"x\":false,\"y\":0}}" },
	{ "{\"config\":{\"Healthcheck\":{\"Retries\":3,\"Interval\":0}},"
	  "\"Tty\":false}",
	  "{\"Tty\":false,\"config\":{\"Healthcheck\":{\"Retries\":3}}}" },
	/* Sets: the key says it all. */
	{ "{\"config\":{\"ExposedPorts\":{\"80/tcp\":{},\"443\":null},"
	  "\"Volumes\":{\"/v\":{}},\"Labels\":{\"a\":\"\",\"b\":null}}}",
	  "{\"config\":{\"ExposedPorts\":{\"443\":{},\"80/tcp\":{}},"
	  "\"Labels\":{\"a\":\"\",\"b\":\"\"},\"Volumes\":{\"/v\":{}}}}" },
	{ "{\"config\":{\"ExposedPorts\":{},\"Volumes\":null,\"Labels\":{}}}",
	  "{}" },
	{ "{\"config\":{\"Healthcheck\":{\"Test\":[\"NONE\"],\"Interval\":"
	  "30000000000,\"x\":null}}}",
	  "{\"config\":{\"Healthcheck\":{\"Interval\":30000000000,\"Test\":["
	  "\"NONE\"]}}}" },
	{ "{\"config\":{\"Healthcheck\":{\"Test\":null}}}", "{}" },
	/* Image and created elsewhere are not those meant. */
	{ "{\"Image\":\"x\",\"x\":{\"created\":1,\"Image\":2}}",
	  "{\"Image\":\"x\",\"x\":{\"Image\":2,\"created\":1}}" },
	{ "{\"b\":\"\\u00e4\\u0000\\u001f\\n\\/\\\"\",\"a\":[1,1.0,0.1,1E5,"
	  "1e-7,1e300,-0.0]}",
	  "{\"a\":[1,1.0,0.10000000000000001,100000.0,9.9999999999999995e-8,"
	  "1.0000000000000001e300,-0.0],\"b\":\"\xc3\xa4\\u0000\\u001F\\n/"
	  "\\\"\"}" },
	{ "{\"a\":9007199254740993,\"\\u0062\":-9223372036854775808}",
	  "{\"a\":9007199254740993,\"b\":-9223372036854775808}" },
	{ "{\"created\":\"2024-05-01T10:00:00Z\",\"os\":\"linux\","
	  "\"architecture\":\"amd64\",\"variant\":\"\",\n \"config\":{\"Env\":"
	  "[\"A=1\"],\"ExposedPorts\":{\"80/tcp\":{}},\"Cmd\":null,\"Image\":"
	  "\"" ID "\",\"Tty\":false},\n \"rootfs\":{\"type\":\"layers\","
	  "\"diff_ids\":[\"" ID "\"]},\"history\":[]}",
	  "{\"architecture\":\"amd64\",\"config\":{\"Env\":[\"A=1\"],"
	  "\"ExposedPorts\":{\"80/tcp\":{}}},\"os\":\"linux\","
	  "\"rootfs\":{\"type\":\"layers\"}}" },
};

TEST(canonical, forms)
{
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf b = BUF_INIT(4096);
		int r = oci_canonical_config(str_of(forms[i].text),
					     &limits_default, &b, &err);
		if (!forms[i].want) {
			assert_int_equal(r, -1);
			assert_int_equal(err.code, ERR_CORRUPT);
			continue;
		}
		assert_ok(r, &err);
		assert_non_null(buf_cstr(&b));
		assert_string_equal(b.p, forms[i].want);
	}
}

/* The form of a form is itself. */
TEST(canonical, is_stable)
{
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf b = BUF_INIT(4096);
		if (!forms[i].want)
			continue;
		assert_ok(oci_canonical_config(str_of(forms[i].want),
					       &limits_default, &b, &err),
			  &err);
		assert_true(str_eqz(buf_str(&b), forms[i].want));
	}
}

TEST(canonical, refused)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(8);
	assert_fails(oci_canonical_config(STR("{\"config\":1}"),
					  &limits_default, &b, &err),
		     &err, ERR_CORRUPT,
		     "\"config\" is an integer, expected an object");
	assert_fails(oci_canonical_config(STR("{\"rootfs\":\"\"}"),
					  &limits_default, &b, &err),
		     &err, ERR_CORRUPT,
		     "\"rootfs\" is a string, expected an object");
	assert_fails(oci_canonical_config(STR("[]"), &limits_default, &b, &err),
		     &err, ERR_CORRUPT,
		     "expected an object with \"config\", not an array");
	assert_fails(oci_canonical_config(STR("{\"a\":\"1234567\"}"),
					  &limits_default, &b, &err),
		     &err, ERR_LIMIT, "a buffer would grow past 8 bytes");
}

TESTS_MAIN(unit(canonical, forms), unit(canonical, is_stable),
	   unit(canonical, refused))

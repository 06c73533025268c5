/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include "base/test.h" /* last: cmocka defines skip */

static const struct tree_difference found[] = {
	{ { "a/b", 3 }, "mode", { "0644", 4 }, { "0755", 4 } },
	{ { "\xff\n", 2 }, "target", { "x\"y", 3 }, { "\xfe", 1 } },
	{ { "", 0 }, "config:config.Cmd", { "[\"sh\"]", 6 }, { "", 0 } },
};

static void fill(bool json, struct buf *out)
{
	struct err err = { 0 };
	for (size_t i = 0; i < ARRAY_LEN(found); i++)
		assert_ok(json ? report_difference_json(&found[i], i == 0, out,
							&err)
			       : report_difference_text(&found[i], i == 0, out,
							&err),
			  &err);
}

#define ZEROS "00000000000000000000000000000000000000000000000000000000000000"
#define DIGEST_A "sha256:0a" ZEROS
#define DIGEST_B "sha256:0b" ZEROS

static struct verification verification(struct buf *differences, uint64_t n)
{
	return (struct verification){
		.digest = { { DIGEST_SHA256, { 0x0a } },
			    { DIGEST_SHA256, { n ? 0x0b : 0x0a } } },
		.differences = differences,
		.n_differences = n,
		.name = { STR("a.tar"), STR("b.tar") },
	};
}

TEST(verify, differences_as_text)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf d = BUF_INIT(1000), out = BUF_INIT(1000);
	fill(false, &d);
	struct verification v = verification(&d, 3);
	assert_ok(report_verify_text(&(struct report_verify){ .v = &v, .n = 1 },
				     &out, &err),
		  &err);
	assert_string_equal(buf_cstr(&out), "/a/b: mode: 0644 -> 0755\n"
					    "/\\xff\\n: target: x\"y -> \\xfe\n"
					    "config:config.Cmd: [\"sh\"] -> \n"
					    "3 differences\n");
}

TEST(verify, equal_as_text)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf d = BUF_INIT(1000), out = BUF_INIT(1000);
	struct verification v = verification(&d, 0);
	v.platform = STR("linux/amd64");
	assert_ok(report_verify_text(&(struct report_verify){ .v = &v, .n = 1 },
				     &out, &err),
		  &err);
	assert_string_equal(buf_cstr(&out),
			    "linux/amd64\n"
			    "equal: tree " DIGEST_A ", and the same config\n");
}

TEST(verify, differences_as_json)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf d = BUF_INIT(1000), out = BUF_INIT(2000);
	fill(true, &d);
	struct verification v = verification(&d, 3);
	assert_ok(report_verify_json(&(struct report_verify){ .v = &v, .n = 1 },
				     &out, &err),
		  &err);
	assert_string_equal(
		buf_cstr(&out),
		"{\n\"schema\": 1,\n\"equal\": false,\n"
		"\"tree_digest\": [\"" DIGEST_A "\", \"" DIGEST_B "\"],\n"
		"\"differences\": ["
		"{\"path\":\"a/b\",\"field\":\"mode\",\"a\":\"0644\","
		"\"b\":\"0755\"},\n"
		"{\"path\":\"\xef\xbf\xbd\\n\",\"path_b64\":\"/wo=\","
		"\"field\":\"target\",\"a\":\"x\\\"y\","
		"\"b\":\"\xef\xbf\xbd\"},\n"
		"{\"path\":\"\",\"field\":\"config:config.Cmd\","
		"\"a\":\"[\\\"sh\\\"]\",\"b\":\"\"}]\n}\n");
}

TEST(verify, several_platforms_as_json)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf d = BUF_INIT(1000), out = BUF_INIT(2000);
	struct verification v[2] = { verification(&d, 0), verification(&d, 2) };
	v[0].platform = STR("linux/amd64");
	v[1].platform = STR("linux/arm64/v8");
	assert_ok(report_verify_json(&(struct report_verify){ .v = v,
							      .n = 2,
							      .several = true },
				     &out, &err),
		  &err);
	assert_string_equal(
		buf_cstr(&out),
		"{\n\"schema\": 1,\n\"equal\": false,\n\"differences\": [],\n"
		"\"platforms\": [\n"
		"{\"platform\": \"linux/amd64\",\n\"equal\": true,\n"
		"\"tree_digest\": [\"" DIGEST_A "\", \"" DIGEST_A "\"],\n"
		"\"differences\": []},\n"
		"{\"platform\": \"linux/arm64/v8\",\n\"equal\": false,\n"
		"\"tree_digest\": [\"" DIGEST_A "\", \"" DIGEST_B "\"],\n"
		"\"differences\": []}]\n}\n");
}

TESTS_MAIN(unit(verify, differences_as_text), unit(verify, equal_as_text),
	   unit(verify, differences_as_json),
	   unit(verify, several_platforms_as_json))

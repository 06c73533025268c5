/* SPDX-License-Identifier: Apache-2.0 */
#include "base/test.h"
#include "oci/doc.h"

static struct oci_platform platform(const char *os, const char *arch,
				    const char *variant)
{
	return (struct oci_platform){
		str_of(os), str_of(arch), str_of(variant), { 0 }
	};
}

static const struct {
	const char *os, *arch, *variant, *text;
} texts[] = {
	{ "linux", "arm64", "v8", "linux/arm64/v8" },
	{ "linux", "amd64", "", "linux/amd64" },
	{ "linux", "", "", "linux" },
	{ "linux", "", "v8", "linux" },
	{ "", "amd64", "", "unknown/amd64" },
	{ "unknown", "unknown", "", "unknown/unknown" },
	{ "", "", "v8", "" },
};

TEST(platform, texts)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf b = BUF_INIT(64);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct oci_platform p =
			platform(texts[i].os, texts[i].arch, texts[i].variant);
		buf_reset(&b);
		assert_ok(oci_platform_text(&p, &b, &err), &err);
		assert_true(str_eqz(buf_str(&b), texts[i].text));
	}
}

static const struct {
	const char *os, *arch, *variant, *pattern;
	bool matches;
} matches[] = {
	{ "linux", "amd64", "", "linux/amd64", true },
	{ "linux", "amd64", "v1", "linux/amd64", true },
	{ "linux", "amd64", "", "linux/amd64/v1", true },
	{ "linux", "amd64", "v3", "linux/amd64", false },
	{ "linux", "amd64", "v3", "linux/amd64/v3", true },
	{ "linux", "amd64", "", "amd64", true },
	{ "linux", "amd64", "", "x86_64", true },
	{ "linux", "amd64", "", "Linux/AMD64", true },
	{ "linux", "amd64", "", "arm64", false },
	{ "linux", "amd64", "", "linux", false },
	{ "windows", "amd64", "", "linux/amd64", false },
	{ "linux", "arm64", "v8", "linux/arm64", true },
	{ "linux", "arm64", "", "linux/arm64/v8", true },
	{ "linux", "arm64", "v8", "aarch64", true },
	{ "linux", "arm64", "v9", "arm64", false },
	{ "linux", "arm", "v7", "linux/arm", true },
	{ "linux", "arm", "", "linux/arm/v7", true },
	{ "linux", "arm", "v6", "linux/arm", false },
	{ "linux", "arm", "v6", "arm/v6", true },
	{ "linux", "arm", "v6", "armel", true },
	{ "linux", "arm", "v7", "linux/armhf", true },
	{ "linux", "riscv64", "rva20u64", "linux/riscv64", true },
	{ "linux", "riscv64", "", "linux/riscv64/rva20u64", false },
	{ "linux", "386", "", "i686", true },
	{ "linux", "arm64", "v8", "linux/arm64/", false },
	{ "linux", "arm64", "v8", "linux/arm64/v8/x", false },
	{ "linux", "amd64", "", "", false },
	{ "linux", "amd64", "", "/", false },
	{ "linux", "amd64", "", "linux/", false },
	{ "", "", "", "linux/amd64", false },
	{ "", "", "", "/", false },
	{ "unknown", "unknown", "", "linux/amd64", false },
};

TEST(platform, matches)
{
	for (size_t i = 0; i < ARRAY_LEN(matches); i++) {
		struct oci_platform p = platform(matches[i].os, matches[i].arch,
						 matches[i].variant);
		if (oci_platform_matches(&p, str_of(matches[i].pattern)) !=
		    matches[i].matches)
			fail_msg("row %zu: %s", i, matches[i].pattern);
	}
}

TESTS_MAIN(unit(platform, texts), unit(platform, matches))

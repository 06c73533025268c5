/* SPDX-License-Identifier: Apache-2.0 */
#include "base/limits.h"

#include "base/test.h"

#define ALL                                                                  \
	"layers, entries, path, name, depth, pax, xattr, xattrs, "           \
	"listed_xattrs, sparse, sparse_size, link_chain, link_bytes, blob, " \
	"layer, inflate_ratio, inflate_free, window, compress_memory, "      \
	"manifest, config, json_depth, index_depth, manifests"
#define TAKES(arg) "--limit takes NAME=VALUE, not \"" arg "\""

TEST(limits, set)
{
	(void)state;
	static const struct {
		const char *arg;
		uint64_t value;	  /* of blob_max */
		const char *text; /* or the error */
	} cases[] = {
		{ "blob=0", 0, NULL },
		{ "blob=17", 17, NULL },
		{ "blob=2K", 2000, NULL },
		{ "blob=2KiB", 2048, NULL },
		{ "blob=3M", 3000000, NULL },
		{ "blob=3MiB", 3 << 20, NULL },
		{ "blob=4G", 4000000000, NULL },
		{ "blob=5TiB", 5ull << 40, NULL },
		{ "blob=18446744073709551615", UINT64_MAX, NULL },
		{ "blob=18446744073709551616", 0,
		  "--limit blob: 18446744073709551616 does not fit in 64 "
		  "bits" },
		{ "blob=18446745T", 0,
		  "--limit blob: 18446745T does not fit in 64 bits" },
		{ "blob=1.5", 0, TAKES("blob=1.5") },
		{ "blob=", 0, TAKES("blob=") },
		{ "blob=K", 0, TAKES("blob=K") },
		{ "blob=-1", 0, TAKES("blob=-1") },
		{ "blob=1KK", 0, TAKES("blob=1KK") },
		{ "blob", 0, TAKES("blob") },
		{ "", 0, TAKES("") },
		{ "blobs=1", 0,
		  "--limit knows no \"blobs\" (did you mean blob?)" },
		{ "laye=1", 0,
		  "--limit knows no \"laye\" (did you mean layer?)" },
		{ "layers=65535", 0,
		  "--limit layers: 65534 is the most that can be had" },
		{ "name=256", 0,
		  "--limit name: 255 is the most that can be had" },
		{ "blob\n=1", 0,
		  "--limit knows no \"blob\\n\" (did you mean blob?)" },
		{ "colours=1", 0,
		  "--limit knows no \"colours\"; the limits are " ALL },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = { 0 };
		struct limits lim = limits_default;
		int r = limits_set(&lim, str_of(cases[i].arg), &err);
		if (!cases[i].text) {
			assert_ok(r, &err);
			lim.blob_max -= cases[i].value;
			assert_int_equal(lim.blob_max, 0);
			lim.blob_max = limits_default.blob_max;
		} else {
			assert_fails(r, &err, ERR_USAGE, cases[i].text);
		}
		assert_memory_equal(&lim, &limits_default, sizeof lim);
	}
}

TEST(limits, table_is_complete)
{
	(void)state;
	/* every field once, each with a default */
	assert_int_equal(limit_table_len * sizeof(uint64_t),
			 sizeof(struct limits));
	for (size_t i = 0; i < limit_table_len; i++) {
		struct err err = { 0 };
		struct limits lim = { 0 };
		scoped(buf_done) struct buf b = BUF_INIT(100);
		assert_ok(buf_addf(&b, &err, "%s=7", limit_table[i].name),
			  &err);
		assert_ok(limits_set(&lim, buf_str(&b), &err), &err);
		const uint64_t *v = (const uint64_t *)&lim;
		const uint64_t *d = (const uint64_t *)&limits_default;
		for (size_t k = 0; k < limit_table_len; k++)
			assert_int_equal(v[k], k == i ? 7 : 0);
		assert_true(d[i] > 0);
	}
}

TEST(limits, exceeded)
{
	(void)state;
	struct err err = { 0 };
	assert_fails(limits_exceeded(&limits_default,
				     &limits_default.layers_max, 501, &err),
		     &err, ERR_LIMIT,
		     "501 layers of one image, over the limit of 500 (raise "
		     "it with --limit layers=N)");
	err_clear(&err);
	assert_fails(limits_exceeded(&limits_default, &limits_default.name_max,
				     256, &err),
		     &err, ERR_LIMIT,
		     "256 bytes of one part of a path, over the limit of 255");
}

TESTS_MAIN(unit(limits, set), unit(limits, table_is_complete),
	   unit(limits, exceeded))

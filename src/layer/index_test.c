/* SPDX-License-Identifier: Apache-2.0 */
#include "layer/index.h"

#include <stdio.h>

#include "base/test_drip.h"
#include "layer/testlayer.h"
#include "base/test.h" /* last: cmocka defines skip */

static int build(struct str blob, const struct index_expect *expect,
		 const struct limits *lim, struct layer_index *out,
		 struct err *err)
{
	static const struct index_expect nothing;
	scoped(stream_close) struct stream *in = NULL;
	assert_ok(mem_open(blob.p, blob.n, &in, err), err);
	return layer_index_build(&in, expect ? expect : &nothing, lim, out,
				 err);
}

static void encode(enum codec codec, struct str tar, struct buf *out)
{
	struct err err = { 0 };
	struct codec_spec spec = { .codec = codec, .level = 3 };
	scoped(sink_close) struct sink *to = NULL, *enc = NULL;
	assert_ok(buf_sink_open(out, &to, &err), &err);
	assert_ok(codec_sink_open(&spec, 1, to, &enc, &err), &err);
	assert_ok(sink_write(enc, tar.p, tar.n, &err), &err);
	assert_ok(sink_finish(enc, &err), &err);
	assert_ok(sink_finish(to, &err), &err);
}

static struct digest sha256_of(struct str s)
{
	struct err err = { 0 };
	struct digest d;
	assert_ok(digest_of(DIGEST_SHA256, s.p, s.n, &d, &err), &err);
	return d;
}

TEST(index, every_type_and_field_survives)
{
	static const struct {
		const char *layer, *text; /* NULL: the same */
	} rows[] = {
		{ "", NULL },
		{ "d .", NULL },
		{ "d . m1777 o1:2 t3", NULL },
		{ "f a; f b =xx; f c =\\x00\\xff", NULL },
		{ "f a m0; f b m7777; f c o4294967295:4294967294", NULL },
		{ "f a t0; f b t-1; f c t1.000000001; f d t-3.500000000; "
		  "f e t8589934592; f f t9223372036; f g t10413792000; "
		  "f h t-10413792000.000000001; f i t9223372036854775807; "
		  "f j t-9223372036854775808",
		  NULL },
		{ "d d; f d/a =xx; h d/b >d/a; h d/c >d/b; l d/l >../x", NULL },
		{ "l a >/; l b >a/; l c >./..//x; l \\x01 >\\xff\\x0a", NULL },
		{ "c a v0:0; c b v1:3; b c v2097151:2097151; p d", NULL },
		{ "f a xuser.a:1; d b xuser.a: xuser.b:\\x00\\x01; f c =x "
		  "xuser.b:2",
		  NULL },
		{ "f a =xx s10:4; f b s100000:0; f c =x s1:0; f e s7:0",
		  "f a =xx s10:4; f b s100000:0; f c =x; f e s7:0" },
		{ "f aaaa/bbbb; f aaaa/bbbc; f aaaa; f aaaa/b; d b", NULL },
		{ "f a #100000", NULL },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(layer_index_done) struct layer_index ix = { 0 };
		testlayer_index(rows[i].layer, &ix);
		assert_string_equal(testlayer_text(&ix),
				    rows[i].text ? rows[i].text
						 : rows[i].layer);
	}
}

TEST(index, fields_of_a_record)
{
	struct err err = { 0 };
	scoped(layer_index_done) struct layer_index ix = { 0 };
	scoped(layer_index_iter_done) struct index_iter it;
	struct index_record r;
	testlayer_index("d a o7:8 m2755; f a/s =xx s5000:4096; l l >t", &ix);
	assert_int_equal(ix.n_records, 3);
	assert_int_equal(ix.trailing, 0);
	assert_int_equal(ix.codec, CODEC_NONE);
	assert_int_equal(ix.marks.n, 0);
	assert_true(digest_eq(&ix.blob, &ix.diff_id));
	assert_int_equal(ix.blob_size, ix.tar_size);
	layer_index_begin(&ix, &it);
	assert_int_equal(layer_index_next(&it, &r, &err), 1);
	assert_true(str_eqz(r.path, "a"));
	assert_int_equal(r.type, TAR_DIR);
	assert_int_equal(r.mode, 02755);
	assert_int_equal(r.uid, 7);
	assert_int_equal(r.gid, 8);
	assert_int_equal(r.mtime.s, 1);
	assert_int_equal(r.size, 0);
	assert_null(r.sha256);
	assert_int_equal(layer_index_next(&it, &r, &err), 1);
	assert_true(str_eqz(r.path, "a/s"));
	assert_true(r.is_sparse);
	assert_int_equal(r.size, 5000);
	/* The map is a block of its own before the one region. */
	assert_int_equal(r.payload, 514);
	assert_non_null(r.sha256);
	assert_int_equal(layer_index_next(&it, &r, &err), 1);
	assert_true(str_eqz(r.target, "t"));
	assert_int_equal(r.type, TAR_SYMLINK);
	assert_int_equal(layer_index_next(&it, &r, &err), 0);
	assert_int_equal(layer_index_next(&it, &r, &err), 0);
}

/* Members lie end to end from the first byte on; two zero blocks follow. */
TEST(index, members_tile_the_tar)
{
	struct err err = { 0 };
	char name[301];
	memset(name, 'n', 300);
	name[100] = name[200] = '/';
	name[300] = 0;
	scoped(layer_index_done) struct layer_index ix = { 0 };
	scoped(layer_index_iter_done) struct index_iter it;
	struct index_record r;
	static const uint64_t sizes[] = { 512, 1024, 1536, 512, 1536 + 512 };
	uint64_t at = 0;
	unsigned n = 0;
	int got;
	testlayer_index(testlayer_printf("d a; f a/x =y; f big #513; h h >a/x; "
					 "f %s =z",
					 name),
			&ix);
	layer_index_begin(&ix, &it);
	while ((got = layer_index_next(&it, &r, &err)) > 0) {
		assert_int_equal(r.offset, at);
		assert_int_equal(r.end - r.offset, sizes[n]);
		at = r.end;
		n++;
	}
	assert_ok(got, &err);
	assert_int_equal(n, 5);
	assert_int_equal(at + 1024, ix.tar_size);
}

TEST(index, encodings_give_equal_records_and_one_diff_id)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf tar = BUF_INIT(4 << 20);
	testlayer_tar("d d; f d/a =hello; f b #700000; h c >b", &tar);
	struct digest diff = sha256_of(buf_str(&tar));
	scoped(layer_index_done) struct layer_index raw = { 0 };
	assert_ok(build(buf_str(&tar), NULL, &limits_default, &raw, &err),
		  &err);
	assert_true(digest_eq(&raw.diff_id, &diff));
	for (enum codec c = CODEC_GZIP; c <= CODEC_ZSTD; c++) {
		scoped(buf_done) struct buf blob = BUF_INIT(4 << 20);
		scoped(layer_index_done) struct layer_index ix = { 0 };
		encode(c, buf_str(&tar), &blob);
		struct digest d = sha256_of(buf_str(&blob));
		assert_ok(
			build(buf_str(&blob), NULL, &limits_default, &ix, &err),
			&err);
		assert_int_equal(ix.codec, c);
		assert_true(digest_eq(&ix.blob, &d));
		assert_int_equal(ix.blob_size, blob.n);
		assert_true(digest_eq(&ix.diff_id, &diff));
		assert_int_equal(ix.tar_size, tar.n);
		assert_int_equal(ix.n_records, 4);
		assert_string_equal(testlayer_text(&ix), testlayer_text(&raw));
		assert_true(ix.marks.n > 0);
		assert_int_equal(ix.marks.v[ix.marks.n - 1].out, tar.n);
		assert_int_equal(ix.marks.v[ix.marks.n - 1].in, blob.n);
	}
}

TEST(index, one_byte_at_a_time)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf tar = BUF_INIT(1 << 20);
	scoped(layer_index_done) struct layer_index ix = { 0 };
	testlayer_tar("d d; f d/a =hello xuser.a:1; l b >d", &tar);
	struct drip d = { .s.ops = &drip_ops,
			  .p = (const uint8_t *)tar.p,
			  .n = tar.n,
			  .step = 1,
			  .fail_at = -1 };
	struct stream *in = &d.s;
	struct index_expect expect = { 0 };
	assert_ok(layer_index_build(&in, &expect, &limits_default, &ix, &err),
		  &err);
	assert_null(in);
	assert_int_equal(d.closed, 1);
	assert_string_equal(testlayer_text(&ix),
			    "d d; f d/a =hello xuser.a:1; l b >d");
}

TEST(index, a_stream_that_fails_leaves_nothing)
{
	scoped(buf_done) struct buf tar = BUF_INIT(1 << 20);
	testlayer_tar("d d; f d/a #2000; l b >d", &tar);
	for (long at = 0; at < (long)tar.n; at += 256) {
		struct err err = { 0 };
		struct drip d = { .s.ops = &drip_ops,
				  .p = (const uint8_t *)tar.p,
				  .n = tar.n,
				  .step = 1,
				  .fail_at = at };
		struct stream *in = &d.s;
		struct index_expect expect = { 0 };
		struct layer_index ix;
		memset(&ix, 0x5a, sizeof ix);
		assert_int_equal(layer_index_build(&in, &expect,
						   &limits_default, &ix, &err),
				 -1);
		assert_int_equal(err.code, ERR_IO);
		assert_int_equal(d.closed, 1);
		assert_int_equal(ix.codec, 0x5a5a5a5a); /* on success only */
	}
}

TEST(index, what_stands_behind_the_archive_is_hashed)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf tar = BUF_INIT(1 << 20);
	scoped(layer_index_done) struct layer_index zero = { 0 }, junk = { 0 };
	testlayer_tar("f a =x", &tar);
	while (tar.n < 10240)
		assert_ok(buf_byte(&tar, 0, &err), &err);
	assert_ok(build(buf_str(&tar), NULL, &limits_default, &zero, &err),
		  &err);
	assert_int_equal(zero.trailing, 0);
	assert_int_equal(zero.tar_size, 10240);
	assert_ok(buf_str_add(&tar, STR("a\0b"), &err), &err);
	assert_ok(build(buf_str(&tar), NULL, &limits_default, &junk, &err),
		  &err);
	assert_int_equal(junk.trailing, 2);
	assert_int_equal(junk.tar_size, 10243);
	struct digest d = sha256_of(buf_str(&tar));
	assert_true(digest_eq(&junk.diff_id, &d));
}

TEST(index, a_layer_without_a_byte)
{
	struct err err = { 0 };
	scoped(layer_index_done) struct layer_index ix = { 0 };
	struct digest d = sha256_of(STR(""));
	assert_ok(build(STR(""), NULL, &limits_default, &ix, &err), &err);
	assert_int_equal(ix.codec, CODEC_NONE);
	assert_int_equal(ix.n_records, 0);
	assert_int_equal(ix.tar_size, 0);
	assert_true(digest_eq(&ix.diff_id, &d));
}

TEST(index, diff_id_is_checked)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf tar = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf gz = BUF_INIT(1 << 20);
	scoped(layer_index_done) struct layer_index ix = { 0 };
	testlayer_tar("f a =x", &tar);
	encode(CODEC_GZIP, buf_str(&tar), &gz);
	struct digest good = sha256_of(buf_str(&tar));
	struct digest blob = sha256_of(buf_str(&gz));
	struct index_expect expect = { .diff_id = &good };
	assert_ok(build(buf_str(&gz), &expect, &limits_default, &ix, &err),
		  &err);
	expect.diff_id = &blob;
	char want[320];
	snprintf(want, sizeof want, "DiffID is %s, but the config says %s",
		 digest_text(&good).text, digest_text(&blob).text);
	struct layer_index none;
	assert_fails(build(buf_str(&gz), &expect, &limits_default, &none, &err),
		     &err, ERR_CORRUPT, want);
	assert_fails(
		build(buf_str(&tar), &expect, &limits_default, &none, &err),
		&err, ERR_CORRUPT, want);
}

TEST(index, blob_digest_is_checked)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf tar = BUF_INIT(1 << 20);
	scoped(stream_close) struct stream *mem = NULL, *in = NULL;
	struct layer_index none;
	testlayer_tar("f a =x", &tar);
	struct digest other = sha256_of(STR("other"));
	struct digest is = sha256_of(buf_str(&tar));
	struct index_expect expect = { .blob = &other, .blob_size = tar.n };
	assert_ok(mem_open(tar.p, tar.n, &mem, &err), &err);
	assert_ok(verify_open(&mem, &other, tar.n, &in, &err), &err);
	assert_int_equal(
		layer_index_build(&in, &expect, &limits_default, &none, &err),
		-1);
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_non_null(strstr(err.text, digest_text(&is).text));
	assert_non_null(strstr(err.text, digest_text(&other).text));
	assert_null(in);
}

static void refused(const char *layer, size_t cut, const struct limits *lim,
		    enum err_code code, const char *text)
{
	struct err err = { 0 };
	struct layer_index none;
	scoped(buf_done) struct buf tar = BUF_INIT(1 << 20);
	testlayer_tar(layer, &tar);
	tar.n -= cut;
	assert_fails(build(buf_str(&tar), NULL, lim, &none, &err), &err, code,
		     text);
}

TEST(index, refusals_name_the_entry)
{
	struct limits lim = limits_default;
	refused("d d; f d/a =xx", 1024 + 511, &lim, ERR_CORRUPT,
		"tar entry 1 at 512: the archive "
		"ends within the content");
	refused("d d; f ../a =xx", 0, &lim, ERR_CORRUPT,
		"tar entry 1 at 512 (\"../a\"): the name contains \"..\"");
	refused("d d; f d/../a =xx", 0, &lim, ERR_CORRUPT,
		"tar entry 1 at 512 (\"d/../a\"): the name contains \"..\"");
	refused("f . =xx", 0, &lim, ERR_CORRUPT,
		"tar entry 0 at 0 (\".\"): the root entry is not a directory");
	refused("l / >x", 0, &lim, ERR_CORRUPT,
		"tar entry 0 at 0 (\"/\"): the root entry is not a directory");
	refused("f a; h b >../a", 0, &lim, ERR_CORRUPT,
		"tar entry 1 at 512 (\"b\"): link target \"../a\": the name "
		"contains \"..\"");
	lim.path_max = 5;
	refused("d d; f d/abcd", 0, &lim, ERR_LIMIT,
		"tar entry 1 at 512 (\"d/abcd\"): 6 bytes of a path, over the "
		"limit of 5 (raise it with --limit path=N)");
	refused("l a >123456", 0, &lim, ERR_LIMIT,
		"tar entry 0 at 0 (\"a\"): 6 bytes of a path, over the limit "
		"of 5 (raise it with --limit path=N)");
	refused("f a; h b >123456", 0, &lim, ERR_LIMIT,
		"tar entry 1 at 512 (\"b\"): link target \"123456\": 6 bytes "
		"of a path, over the limit of 5 (raise it with --limit "
		"path=N)");
	lim = limits_default;
	lim.name_max = 3;
	refused("f abcd", 0, &lim, ERR_LIMIT,
		"tar entry 0 at 0 (\"abcd\"): 4 bytes of one part of a path, "
		"over the limit of 3 (raise it with --limit name=N)");
	lim = limits_default;
	lim.depth_max = 2;
	refused("f a/b/c", 0, &lim, ERR_LIMIT,
		"tar entry 0 at 0 (\"a/b/c\"): 3 parts of a path, over the "
		"limit of 2 (raise it with --limit depth=N)");
	lim = limits_default;
	lim.entries_max = 1;
	refused("f a; f b", 0, &lim, ERR_LIMIT,
		"tar entry 1 at 512: 2 tar members in all layers of one image, "
		"over the limit of 1 (raise it with --limit entries=N)");
	lim = limits_default;
	lim.xattr_max = 3;
	refused("f a xuser.a:1234", 0, &lim, ERR_LIMIT,
		"tar entry 0 at 0: 4 bytes of one extended attribute, over the "
		"limit of 3 (raise it with --limit xattr=N)");
}

TEST(index, names_are_cleaned)
{
	static const struct {
		const char *layer, *text;
	} rows[] = {
		{ "f ./a; d ./; d ./b/", "f a; d .; d b" },
		{ "f /a; f //b//c; d /", "f a; f b/c; d ." },
		{ "f ./a/./b; h ./c >./a/./b", "f a/b; h c >a/b" },
		{ "l a >./b//c/", "l a >./b//c/" },
		{ "d a///", "d a" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(layer_index_done) struct layer_index ix = { 0 };
		testlayer_index(rows[i].layer, &ix);
		assert_string_equal(testlayer_text(&ix), rows[i].text);
	}
}

/* A type that no engine makes is kept with its flag. */
TEST(index, unknown_types_keep_their_flag)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf tar = BUF_INIT(1 << 20);
	scoped(layer_index_done) struct layer_index ix = { 0 };
	scoped(layer_index_iter_done) struct index_iter it;
	struct index_record r;
	testlayer_tar("f a", &tar);
	unsigned sum = 0;
	tar.p[156] = 'Z';
	memset(tar.p + 148, ' ', 8);
	for (size_t i = 0; i < 512; i++)
		sum += (uint8_t)tar.p[i];
	snprintf(tar.p + 148, 8, "%06o", sum);
	assert_ok(build(buf_str(&tar), NULL, &limits_default, &ix, &err), &err);
	layer_index_begin(&ix, &it);
	assert_int_equal(layer_index_next(&it, &r, &err), 1);
	assert_int_equal(r.type, TAR_OTHER);
	assert_int_equal(r.flag, 'Z');
}

/* Another thread that inflates changes nothing: not the index, not the marks,
 * not the error of a blob that is damaged or cut anywhere. */
TEST(index, the_same_from_another_thread)
{
	static const enum codec codecs[] = { CODEC_GZIP, CODEC_ZSTD };
	static const struct index_expect with = { .ahead = true };
	scoped(buf_done) struct buf tar = BUF_INIT(16 << 20);
	testlayer_tar("f a #900000; f b =x; d d; f d/c #1000000; l e >a; "
		      "f f #1000001; f g #999999",
		      &tar);
	for (size_t i = 0; i < 2 * 24; i++) {
		scoped(buf_done) struct buf blob = BUF_INIT(16 << 20);
		scoped(layer_index_done) struct layer_index x = { 0 };
		scoped(layer_index_done) struct layer_index y = { 0 };
		struct err one = { 0 }, two = { 0 };
		encode(codecs[i % 2], buf_str(&tar), &blob);
		size_t at = blob.n * (i / 2) / 24;
		if (i >= 2 && i % 4 < 2)
			blob.p[at] ^= 0x10;
		else if (i >= 2)
			blob.n = at;
		int r = build(buf_str(&blob), NULL, &limits_default, &x, &one);
		assert_int_equal(r, build(buf_str(&blob), &with,
					  &limits_default, &y, &two));
		assert_string_equal(one.text, two.text);
		if (i < 2)
			assert_ok(r, &one);
		if (r < 0)
			continue;
		assert_true(digest_eq(&x.diff_id, &y.diff_id));
		assert_true(digest_eq(&x.blob, &y.blob));
		assert_int_equal(x.n_records, y.n_records);
		assert_int_equal(x.marks.n, y.marks.n);
		assert_memory_equal(x.marks.v, y.marks.v,
				    x.marks.n * sizeof *x.marks.v);
	}
}

TESTS_MAIN(unit(index, the_same_from_another_thread),
	   unit(index, every_type_and_field_survives),
	   unit(index, fields_of_a_record), unit(index, members_tile_the_tar),
	   unit(index, encodings_give_equal_records_and_one_diff_id),
	   unit(index, one_byte_at_a_time),
	   unit(index, a_stream_that_fails_leaves_nothing),
	   unit(index, what_stands_behind_the_archive_is_hashed),
	   unit(index, a_layer_without_a_byte), unit(index, diff_id_is_checked),
	   unit(index, blob_digest_is_checked),
	   unit(index, refusals_name_the_entry), unit(index, names_are_cleaned),
	   unit(index, unknown_types_keep_their_flag))

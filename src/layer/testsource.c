/* SPDX-License-Identifier: Apache-2.0 */
#include "layer/testsource.h"

#include <stdio.h>

#include "oci/ref.h"
#include "base/test.h" /* last: cmocka defines skip */

enum { BLOB_MAX = 8 << 20 };

static const char *digest_hex_of(struct str s)
{
	struct err err = { 0 };
	struct digest d;
	assert_ok(digest_of(DIGEST_SHA256, s.p, s.n, &d, &err), &err);
	return testlayer_printf("%s", digest_hex(&d).text);
}

static void add_file(struct testimage *t, const char *name, struct str bytes)
{
	struct err err = { 0 };
	testimage_add(t, name, "");
	struct buf *b = &t->v[t->n - 1].content;
	b->max = BLOB_MAX;
	assert_ok(buf_str_add(b, bytes, &err), &err);
}

/* The blob; {"mediaType":..,"digest":..,"size":..EXTRA} behind *desc. */
static void add_blob(struct testimage *t, const char *media_type,
		     struct str bytes, const char *extra, struct buf *desc)
{
	struct err err = { 0 };
	const char *hex = digest_hex_of(bytes);
	add_file(t, testlayer_printf("blobs/sha256/%s", hex), bytes);
	assert_ok(buf_addf(desc, &err,
			   "{\"mediaType\":\"%s\",\"digest\":\"sha256:%s\","
			   "\"size\":%zu%s}",
			   media_type, hex, bytes.n, extra),
		  &err);
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

static void config_text(const struct testspec *spec, struct buf *out)
{
	struct err err = { 0 };
	char os[32], arch[32];
	const char *p = spec->platform ? spec->platform : "linux/amd64";
	assert_int_equal(sscanf(p, "%31[^/]/%31s", os, arch), 2);
	assert_ok(buf_addf(out, &err,
			   "{\"architecture\":\"%s\",\"os\":\"%s\",%s%s"
			   "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[",
			   arch, os, spec->config ? spec->config : "",
			   spec->config ? "," : ""),
		  &err);
	for (size_t i = 0; spec->layers[i]; i++) {
		scoped(buf_done) struct buf tar = BUF_INIT(BLOB_MAX);
		testlayer_tar(spec->layers[i], &tar);
		assert_ok(buf_addf(out, &err, "%s\"sha256:%s\"", i ? "," : "",
				   digest_hex_of(buf_str(&tar))),
			  &err);
	}
	assert_ok(buf_addf(out, &err, "]},\"history\":"), &err);
	if (spec->history)
		assert_ok(buf_addf(out, &err, "%s}", spec->history), &err);
	for (size_t i = 0; !spec->history && spec->layers[i]; i++)
		assert_ok(buf_addf(out, &err,
				   "%s{\"created_by\":\"step %zu\"}%s",
				   i ? "," : "[", i + 1,
				   spec->layers[i + 1] ? "" : "]}"),
			  &err);
	if (!spec->history && !spec->layers[0])
		assert_ok(buf_addf(out, &err, "[]}"), &err);
}

static const char *layer_type(enum codec c)
{
	return c == CODEC_GZIP	 ? MT_OCI_LAYER_GZIP
	       : c == CODEC_ZSTD ? MT_OCI_LAYER_ZSTD
				 : MT_OCI_LAYER;
}

void testsource_add(struct testimage *t, const struct testspec *spec,
		    const char *extra, struct buf *desc)
{
	struct err err = { 0 };
	scoped(buf_done) struct buf config = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf manifest = BUF_INIT(1 << 20);
	config_text(spec, &config);
	assert_ok(buf_addf(&manifest, &err,
			   "{\"schemaVersion\":2,\"mediaType\":\"%s\","
			   "\"config\":",
			   MT_OCI_MANIFEST),
		  &err);
	add_blob(t, MT_OCI_CONFIG, buf_str(&config), "", &manifest);
	assert_ok(buf_addf(&manifest, &err, ",\"layers\":["), &err);
	for (size_t i = 0; spec->layers[i]; i++) {
		scoped(buf_done) struct buf tar = BUF_INIT(BLOB_MAX);
		scoped(buf_done) struct buf blob = BUF_INIT(BLOB_MAX);
		testlayer_tar(spec->layers[i], &tar);
		encode(spec->codec, buf_str(&tar), &blob);
		if (i)
			assert_ok(buf_byte(&manifest, ',', &err), &err);
		add_blob(t, layer_type(spec->codec), buf_str(&blob), "",
			 &manifest);
	}
	assert_ok(buf_addf(&manifest, &err, "]%s%s}",
			   spec->annotations ? ",\"annotations\":" : "",
			   spec->annotations ? spec->annotations : ""),
		  &err);
	add_blob(t, MT_OCI_MANIFEST, buf_str(&manifest), extra, desc);
}

static void platform_json(const struct testspec *spec, char to[static 200])
{
	char os[32], arch[32];
	const char *p = spec->platform ? spec->platform : "linux/amd64";
	assert_int_equal(sscanf(p, "%31[^/]/%31s", os, arch), 2);
	testimage_print(to, 200,
			",\"platform\":{\"architecture\":\"%s\",\"os\":\"%s\"}",
			arch, os);
}

void testsource_oci(const char *dir, const struct testspec *v, size_t n,
		    bool index, const char *ref)
{
	struct err err = { 0 };
	scoped(testimage_done) struct testimage t = { 0 };
	scoped(buf_done) struct buf list = BUF_INIT(1 << 20);
	char note[300] = "";
	if (ref)
		testimage_print(note, sizeof note,
				",\"annotations\":{\"org.opencontainers.image."
				"ref.name\":\"%s\"}",
				ref);
	for (size_t i = 0; i < n; i++) {
		if (i)
			assert_ok(buf_byte(&list, ',', &err), &err);
		char platform[200];
		platform_json(&v[i], platform);
		testsource_add(&t, &v[i], index ? platform : note, &list);
	}
	if (index) {
		scoped(buf_done) struct buf doc = BUF_INIT(1 << 20);
		assert_ok(buf_addf(&doc, &err,
				   "{\"schemaVersion\":2,\"mediaType\":\"%s\","
				   "\"manifests\":[%.*s]}",
				   MT_OCI_INDEX, STR_ARG(buf_str(&list))),
			  &err);
		buf_reset(&list);
		add_blob(&t, MT_OCI_INDEX, buf_str(&doc), note, &list);
	}
	testimage_index(&t, buf_cstr(&list));
	testimage_dir(&t, dir);
}

void testsource_docker(const char *file, const struct testspec *spec,
		       const char *tag)
{
	struct err err = { 0 };
	scoped(testimage_done) struct testimage t = { 0 };
	scoped(buf_done) struct buf config = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf manifest = BUF_INIT(1 << 20);
	config_text(spec, &config);
	const char *name =
		testlayer_printf("%s.json", digest_hex_of(buf_str(&config)));
	add_file(&t, name, buf_str(&config));
	assert_ok(buf_addf(&manifest, &err,
			   "[{\"Config\":\"%s\",\"RepoTags\":[%s%s%s],"
			   "\"Layers\":[",
			   name, tag ? "\"" : "", tag ? tag : "",
			   tag ? "\"" : ""),
		  &err);
	for (size_t i = 0; spec->layers[i]; i++) {
		scoped(buf_done) struct buf tar = BUF_INIT(BLOB_MAX);
		testlayer_tar(spec->layers[i], &tar);
		name = testlayer_printf("%zu/layer.tar", i);
		add_file(&t, name, buf_str(&tar));
		assert_ok(buf_addf(&manifest, &err, "%s\"%s\"", i ? "," : "",
				   name),
			  &err);
	}
	assert_ok(buf_addf(&manifest, &err, "]}]"), &err);
	add_file(&t, "manifest.json", buf_str(&manifest));
	testimage_tar(&t, file);
}

void testsource_open(const char *name, struct source **out)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	struct source_options opt = { .limits = &limits_default };
	struct ref ref;
	assert_ok(oci_parse_ref(str_of(name), &a, &ref, &err), &err);
	assert_ok(source_open(&ref, &opt, out, &err), &err);
}

const struct image *testsource_image(struct source *s)
{
	struct err err = { 0 };
	const struct image_set *set;
	assert_ok(source_images(s, &set, &err), &err);
	assert_true(set->n > 0);
	return set->images[0];
}

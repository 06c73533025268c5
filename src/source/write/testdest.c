/* SPDX-License-Identifier: Apache-2.0 */
#include "source/write/testdest.h"

#include "base/test.h" /* last: cmocka defines skip */

const struct dest_around testdest_nothing = { 0 };

int testdest_open(const char *name, struct dest **d, struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	struct ref ref;
	if (oci_parse_ref(str_of(name), &a, &ref, err) < 0)
		return -1;
	return dest_open(testcallback_kinds(), &ref, &limits_default, d, err);
}

static void put_layer(struct dest *d, const char *content, struct desc *out)
{
	struct err err = { 0 };
	struct sink *to;
	assert_ok(dest_begin_blob(d, &to, &err), &err);
	assert_ok(sink_write(to, content, strlen(content), &err), &err);
	assert_ok(dest_end_blob(d, &to, out, &err), &err);
	assert_null(to);
	out->media_type = STR(MT_OCI_LAYER);
}

void testdest_put_image(struct dest *d, const char *arch, unsigned n,
			const char *const *layers, struct testdest *m)
{
	struct err err = { 0 };
	char text[2048], platform[32];
	testimage_print(platform, sizeof platform, "linux/%s", arch);
	struct testtext config = testimage_config(platform, n, layers);
	struct dest_image *img = &m->image;
	*m = (struct testdest){ 0 };
	for (unsigned i = 0; i < n; i++) {
		put_layer(d, layers[i], &m->layers[i]);
		m->diff_ids[i] = m->layers[i].digest;
	}
	assert_ok(dest_put_bytes(d, str_of(config.text), &img->config, &err),
		  &err);
	int at = testimage_print(
		text, sizeof text,
		"{\"schemaVersion\":2,\"config\":%s,"
		"\"layers\":[",
		testimage_blob(NULL, MT_OCI_CONFIG, config.text, "").text);
	for (unsigned i = 0; i < n; i++)
		at += testimage_print(
			text + at, sizeof text - (size_t)at, "%s%s",
			i ? "," : "",
			testimage_blob(NULL, MT_OCI_LAYER, layers[i], "").text);
	testimage_print(text + at, sizeof text - (size_t)at, "]}");
	assert_ok(dest_put_bytes(d, str_of(text), &img->manifest, &err), &err);
	img->manifest.media_type = STR(MT_OCI_MANIFEST);
	img->manifest.platform.os = STR("linux");
	img->manifest.platform.architecture = str_of(arch);
	img->layers = m->layers;
	img->diff_ids = m->diff_ids;
	img->n_layers = n;
}

void testdest_finish(struct dest *d, const struct testdest *m, const char *tag)
{
	struct err err = { 0 };
	assert_ok(dest_finish(d, &m->image, 1, (struct str){ 0 }, str_of(tag),
			      &testdest_nothing, &err),
		  &err);
}

void testdest_write(const char *name, const char *tag, unsigned n,
		    const char *const *layers)
{
	struct err err = { 0 };
	scoped(dest_close) struct dest *d = NULL;
	struct testdest m;
	assert_ok(testdest_open(name, &d, &err), &err);
	testdest_put_image(d, "amd64", n, layers, &m);
	testdest_finish(d, &m, tag);
	assert_ok(dest_commit(d, &err), &err);
}

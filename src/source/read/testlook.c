/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/testlook.h"

#include "base/test.h" /* last: cmocka defines skip */

static int add_layers(const struct image *img, struct buf *out, struct err *err)
{
	for (size_t i = 0; i < img->n_layers; i++) {
		scoped(stream_close) struct stream *in = NULL;
		if (buf_byte(out, ' ', err) < 0 ||
		    source_open_layer(img, i, &in, err) < 0)
			return -1;
		if (stream_slurp(in, out, err) < 0 ||
		    stream_finish(in, err) < 0)
			return source_layer_ctx(img, i, err);
	}
	return 0;
}

static int add_image(const struct image *img, struct buf *out, struct err *err)
{
	if (buf_byte(out, ' ', err) < 0 ||
	    oci_platform_text(&img->platform, out, err) < 0)
		return -1;
	for (size_t i = 0; i < img->n_tags; i++)
		if (buf_addf(out, err, " %.*s", STR_ARG(img->tags[i])) < 0)
			return -1;
	if (buf_str_add(out, STR(" |"), err) < 0)
		return -1;
	return add_layers(img, out, err);
}

static char notes[4096];

static void take_note(void *self, const char *text)
{
	size_t n = strlen(notes);
	(void)self;
	testimage_print(notes + n, sizeof notes - n, "%s%s", n ? "; " : "",
			text);
}

const char *testimage_notes(void)
{
	return notes;
}

static int look(const char *name, const char *platform, struct buf *out,
		struct err *err)
{
	scoped(arena_done) struct arena a = { 0 };
	scoped(source_close) struct source *s = NULL;
	struct source_options opt = { .limits = &limits_default,
				      .note = take_note,
				      .kinds = testpipe_kinds };
	const struct image_set *set;
	struct ref ref;
	notes[0] = 0;
	if (platform)
		opt.platform = str_of(platform);
	if (oci_parse_ref(str_of(name), &a, &ref, err) < 0 ||
	    source_open(&ref, &opt, &s, err) < 0 ||
	    source_images(s, &set, err) < 0 ||
	    buf_str_add(out, str_of(source_kind(s)), err) < 0)
		return -1;
	for (size_t i = 0; i < set->n; i++)
		if ((i && buf_byte(out, ';', err) < 0) ||
		    add_image(set->images[i], out, err) < 0)
			return -1;
	if (set->n_attestations)
		return buf_addf(out, err, " +%zu", set->n_attestations);
	return 0;
}

const char *testimage_look(const char *ref, const char *platform)
{
	static const char *const codes[] = {
		[ERR_USAGE] = "usage",
		[ERR_NOT_FOUND] = "not found",
		[ERR_CORRUPT] = "corrupt",
		[ERR_LIMIT] = "limit",
		[ERR_UNSUPPORTED] = "unsupported",
		[ERR_IO] = "io",
		[ERR_NOMEM] = "nomem",
	};
	static char text[4096];
	scoped(buf_done) struct buf out = BUF_INIT(sizeof text);
	struct err err = { 0 };
	if (look(ref, platform, &out, &err) < 0)
		testimage_print(text, sizeof text, "%s: %s", codes[err.code],
				err.text);
	else
		testimage_print(text, sizeof text, "%.*s",
				STR_ARG(buf_str(&out)));
	return text;
}

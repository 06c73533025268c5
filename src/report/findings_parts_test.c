/* SPDX-License-Identifier: Apache-2.0 */
#include "report/findings_parts.h"

#include "base/test.h"

TEST(parts, paths_become_uris)
{
	static const struct {
		const char *path, *uri;
	} cases[] = {
		{ "Dockerfile", "Dockerfile" },
		{ "./Dockerfile", "Dockerfile" },
		{ ".//././a", "a" },
		{ "../a b", "../a%20b" },
		{ "/srv/\xff\xc3\xa9#?", "file:///srv/%FF%C3%A9%23%3F" },
		{ "c:d", "c%3Ad" },
		{ "-", "-" },
		{ "./", "./" },
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
		struct err err = { 0 };
		assert_ok(report_add_uri(&out, str_of(cases[i].path), &err),
			  &err);
		assert_string_equal(buf_cstr(&out), cases[i].uri);
	}
}

TEST(parts, xml_holds_what_it_can)
{
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	struct err err = { 0 };
	/* NUL, U+FFFE, a surrogate, U+013C whose low byte is "<". */
	struct str s = STR("a\0\xef\xbf\xbe\xed\xa0\x80\xc4\xbc]]>\t");
	assert_ok(report_add_xml(&out, s, &err), &err);
	assert_string_equal(buf_cstr(&out),
			    "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
			    "\xef\xbf\xbd\xef\xbf\xbd\xc4\xbc]]&#62;&#9;");
}

/* No byte of a scanned file moves the cursor, ends a line or turns its direction. */
TEST(parts, what_is_shown_stays_on_its_line)
{
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	struct err err = { 0 };
	struct str s = STR("a\n\x1b[2J\xff\xe2\x80\xae\xc3\xa9");
	assert_ok(report_add_visible(&out, s, &err), &err);
	assert_string_equal(buf_cstr(&out), "a\\n\\x1b[2J\\xff\\u202e\xc3\xa9");
}

TEST(parts, place_and_bytes_of_an_image)
{
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	struct err err = { 0 };
	const struct finding_list image = { .subject = FINDING_IN_IMAGE };
	const struct finding_list file = { .subject = FINDING_IN_FILE };
	const struct str path = STR("a/b");
	struct finding f = { .message = STR("m"),
			     .layer = 1,
			     .removed_in = 1,
			     .paths = &path,
			     .n_paths = 1,
			     .n_paths_all = 1 };
	assert_ok(report_add_message(&out, &file, &f, &err), &err);
	assert_string_equal(buf_cstr(&out), "m");
	buf_reset(&out);
	assert_ok(report_add_message(&out, &image, &f, &err), &err);
	assert_string_equal(buf_cstr(&out), "m (layer 2; /a/b)");
	buf_reset(&out);
	f.removed_in = 4;
	f.bytes = 1500;
	f.n_paths_all = 1001;
	assert_ok(report_add_message(&out, &image, &f, &err), &err);
	assert_string_equal(buf_cstr(&out), "m (layer 2, by layer 5; 1.5 kB; "
					    "/a/b and 1,000 more)");
}

/* The next build has other layers and bytes; the finding is the same one. */
TEST(parts, fingerprints_of_an_image_outlive_a_build)
{
	scoped(arena_done) struct arena a = { 0 };
	struct err err = { 0 };
	const struct str paths[] = { STR("a"), STR("b") };
	struct finding f[] = {
		{ .id = "X",
		  .message = STR("m"),
		  .paths = paths,
		  .n_paths = 1 },
		{ .id = "X",
		  .message = STR("m"),
		  .paths = paths,
		  .n_paths = 2,
		  .layer = 7,
		  .bytes = 9 },
		{ .id = "X",
		  .message = STR("m"),
		  .paths = &paths[1],
		  .n_paths = 1 },
	};
	const struct finding_list image = { .subject = FINDING_IN_IMAGE,
					    .findings = f,
					    .n = ARRAY_LEN(f) };
	struct finding_fingerprint *v;
	assert_ok(report_fingerprints(&image, &a, &v, &err), &err);
	assert_string_equal(v[0].hex, v[1].hex);
	assert_int_equal(v[0].nth, 1);
	assert_int_equal(v[1].nth, 2);
	assert_true(strcmp(v[0].hex, v[2].hex) != 0);
}

TESTS_MAIN(unit(parts, paths_become_uris), unit(parts, xml_holds_what_it_can),
	   unit(parts, what_is_shown_stays_on_its_line),
	   unit(parts, place_and_bytes_of_an_image),
	   unit(parts, fingerprints_of_an_image_outlive_a_build))

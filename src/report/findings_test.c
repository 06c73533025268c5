/* SPDX-License-Identifier: Apache-2.0 */
#include "report/findings.h"

#include "report/testreport.h"
#include "base/test.h"

/* A message that wants to be a line, a command, markup and a screen of its
 * own, and is not UTF-8. */
#define MESSAGE "no \"tag\" 100%,\n::error::x ]]><b>&'\x1b[2J\xff\xe2\x80\xae"
#define PATH "./a%b,c:d\n<\xff>/Docker file"

static const char hostile_text[] = "FROM debian\r\n"
				   "RUN\techo \xc3\xa9\xf0\x9f\x90\xb3 $x\\\n"
				   "  # note\n"
				   "  y\n";
static const uint32_t hostile_lines[] = { 0, 13, 33, 42, 46 };

static struct finding hostile_findings[] = {
	{ .id = "DL3006",
	  .alias = "Untagged",
	  .summary = "an image without a tag",
	  .usual = SEV_WARN,
	  .severity = SEV_WARN,
	  .at = { 5, 6 },
	  .from = { 1, 6 },
	  .to = { 1, 12 },
	  .message = { MESSAGE, sizeof MESSAGE - 1 } },
	{ .id = "SC2086",
	  .summary = "what shellcheck says",
	  .usual = SEV_ERROR,
	  .severity = SEV_INFO,
	  .at = { 29, 2 },
	  .from = { 2, 17 },
	  .to = { 2, 19 },
	  .message = { "quote it", 8 } },
	{ .id = "PARE0101",
	  .summary = "a <waste> of \"bytes\"",
	  .usual = SEV_ERROR,
	  .severity = SEV_ERROR,
	  .at = { 13, 32 },
	  .from = { 2, 1 },
	  .to = { 4, 4 },
	  .message = { "waste", 5 },
	  .bytes = 20400000,
	  .bytes_source = BYTES_ESTIMATE },
	{ .id = "PARE0101",
	  .summary = "a <waste> of \"bytes\"",
	  .usual = SEV_ERROR,
	  .severity = SEV_STYLE,
	  .at = { 44, 0 },
	  .from = { 4, 3 },
	  .to = { 4, 3 },
	  .message = { "a place", 7 },
	  .bytes = 7,
	  .bytes_source = BYTES_MEASURED },
};

static const struct err gone = { ERR_NOT_FOUND, 2, "gone: <&> no\n such file" };

static const struct finding_list hostile[] = {
	{ .path = { PATH, sizeof PATH - 1 },
	  .text = { hostile_text, sizeof hostile_text - 1 },
	  .lines = hostile_lines,
	  .n_lines = 5,
	  .findings = hostile_findings,
	  .n = 4,
	  .n_suppressed = 2 },
	{ .path = { "/ok/Dockerfile", 14 } },
	{ .path = { "gone", 4 }, .err = &gone },
};

static const struct report_findings full = {
	.command = "lint",
	.results = hostile,
	.n = 3,
	.version = "1.2.3",
	.baseline = "base\nline",
	.n_known = 1,
};
static const struct report_findings clean = {
	.command = "lint",
	.results = &hostile[1],
	.n = 1,
	.version = "1.2.3",
};

static void put(const char *format, const struct report_findings *r,
		struct buf *out)
{
	struct err err = { 0 };
	const struct text_style plain = { 0 };
	const struct report_format *f =
		report_format_find(REPORT_FINDINGS, str_of(format));
	assert_non_null(f);
	assert_ok(f->findings(r, &plain, out, &err), &err);
}

static void expect(const char *format, const struct report_findings *r,
		   const char *want)
{
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	put(format, r, &out);
	assert_string_equal(buf_cstr(&out), want);
	assert_int_equal(out.n, strlen(want));
}

static const struct str image_paths[] = {
	{ "usr/share/a<b>,\xff", 16 },
	{ "var/lib/x", 9 },
};
static struct finding image_findings[] = {
	{ .id = "PARE-REMOVED",
	  .summary = "bytes that a later layer removes",
	  .usual = SEV_WARN,
	  .severity = SEV_WARN,
	  .message = { "files are removed", 17 },
	  .remedy = "remove them where they are made",
	  .layer = 1,
	  .removed_in = 3,
	  .paths = image_paths,
	  .n_paths = 2,
	  .n_paths_all = 26732,
	  .bytes = 1500000,
	  .bytes_source = BYTES_MEASURED,
	  .has_compressed = true,
	  .compressed = 400000 },
	{ .id = "PARE-ENGINE",
	  .summary = "what engines refuse",
	  .usual = SEV_WARN,
	  .severity = SEV_INFO,
	  .message = { "130 layers", 10 },
	  .remedy = "join layers",
	  .layer = 127,
	  .removed_in = FINDING_NO_LAYER },
};
static const struct finding_list images[] = {
	{ .subject = FINDING_IN_IMAGE,
	  .path = { "app:1 linux/amd64", 17 },
	  .findings = image_findings,
	  .n = 2 },
	{ .subject = FINDING_IN_IMAGE, .path = { "app:1 linux/arm64", 17 } },
};
static const struct report_findings analyzed = {
	.command = "analyze",
	.results = images,
	.n = 2,
	.version = "1.2.3",
};

/* The whole report is what tests/fixtures/lint/NAME.FORMAT has. */
static void expect_fixture(const char *name, const struct report_findings *r,
			   const char *format)
{
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	put(format, r, &out);
	testreport_expect(LINT_FIXTURES, name, format, &out);
}

TEST(findings, hostile_names_break_no_format)
{
	const struct report_format *f;
	for (size_t i = 0; (f = report_format_at(REPORT_FINDINGS, i)); i++)
		expect_fixture("hostile", &full, f->name);
}

/* No lines and columns, but layers and paths. */
TEST(findings, of_images)
{
	const struct report_format *f;
	for (size_t i = 0; (f = report_format_at(REPORT_FINDINGS, i)); i++)
		if (f->images)
			expect_fixture("image", &analyzed, f->name);
}

TEST(findings, nothing_found)
{
	expect("text", &clean, "no findings in 1 file\n");
	expect("json", &clean,
	       "{\n  \"schema\": 1,\n  \"files\": [\n    {\n"
	       "      \"path\": \"/ok/Dockerfile\",\n"
	       "      \"suppressed\": 0,\n"
	       "      \"findings\": []\n    }\n  ],\n  \"totals\": {\n"
	       "    \"files\": 1,\n    \"findings\": 0,\n"
	       "    \"error\": 0,\n    \"warning\": 0,\n"
	       "    \"info\": 0,\n    \"style\": 0,\n"
	       "    \"suppressed\": 0,\n    \"small\": 0,\n"
	       "    \"bytes_estimate\": 0,\n"
	       "    \"bytes_measured\": 0\n  }\n}\n");
	expect("github", &clean, "");
	expect("gitlab", &clean, "[]\n");
	expect("codeclimate", &clean, "");
	expect("tty", &clean, "");
	expect("gnu", &clean, "");
	expect("checkstyle", &clean,
	       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	       "<checkstyle version=\"4.3\">\n"
	       "  <file name=\"/ok/Dockerfile\">\n  </file>\n"
	       "</checkstyle>\n");
}

TESTS_MAIN(unit(findings, hostile_names_break_no_format),
	   unit(findings, of_images), unit(findings, nothing_found))

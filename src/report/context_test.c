/* SPDX-License-Identifier: Apache-2.0 */
#include "report/context.h"

#include "context/testdir.h"
#include "report/testreport.h"
#include "base/test.h" /* last: cmocka defines skip */

static const char list[] = ".git/HEAD 4000\nsrc/a.c 10\nsrc/b.c 20\n"
			   "node_modules/x/i.js 90000\ndist/out 7\nx.log 5\n"
			   "Dockerfile 30";
static const char dockerfile[] = "FROM node AS b\nCOPY package.json src ./\n"
				 "FROM scratch\nCOPY --from=b /o /\nCOPY . /\n";
static const char ignore_text[] = "# kept\ndist\n!dist/none";

struct seen {
	struct testdir d;
	struct context c;
};

static void seen_done(struct seen *s)
{
	context_done(&s->c);
	testdir_remove(&s->d);
}

static struct report_context make(struct seen *s)
{
	*s = (struct seen){ 0 };
	testdir_make(&s->d, list);
	testdir_context(&s->d, dockerfile, ignore_text, &s->c);
	return (struct report_context){
		.c = &s->c,
		.root = STR("app\xff"),
		.builder = "docker",
		.dockerfile = STR("app/Dockerfile"),
		.ignore_file = STR("app/.dockerignore"),
		.patch_name = STR(".dockerignore"),
		.ignore_exists = true,
		.depth = 1,
	};
}

static void expect(const char *name, const struct report_context *r)
{
	const struct text_style style = { .width = 80 };
	const struct report_format *f;
	for (size_t i = 0; (f = report_format_at(REPORT_CONTEXT, i)); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
		assert_ok(f->context(r, &style, &out, &err), &err);
		testreport_expect(REPORT_FIXTURES, name, f->name, &out);
	}
}

TEST(context, every_format)
{
	scoped(seen_done) struct seen s;
	struct report_context r = make(&s);
	expect("context", &r);
	r.show = CONTEXT_DIFF;
	expect("context-diff", &r);
	r.show = CONTEXT_WRITTEN;
	r.written = true;
	expect("context-written", &r);
}

/* The files of the root count for the root alone, all else for its directory
 * and those above it down to the depth. */
TEST(context, directories_by_their_bytes)
{
	struct err err = { 0 };
	scoped(seen_done) struct seen s;
	struct report_context r = make(&s);
	scoped(report_context_dirs_done) struct context_dirs d = { 0 };
	assert_ok(report_context_dirs(r.c, 1, &d, &err), &err);
	assert_int_equal(d.n, 4);
	assert_int_equal(d.v[0].entry,
			 testdir_entry(&s.c.tree, "node_modules"));
	assert_int_equal(d.v[0].sum.bytes, 90000);
	assert_int_equal(d.v[1].sum.bytes, 4000);
	assert_int_equal(d.v[2].entry, CONTEXT_ROOT);
	assert_int_equal(d.v[2].sum.files, 2);
	assert_int_equal(d.v[3].sum.bytes, 30);
}

static void expect_why(const char *path, const char *text, const char *json)
{
	struct err err = { 0 };
	scoped(ignore_done) struct ignore ig = { 0 };
	scoped(buf_done) struct buf a = BUF_INIT(1000), b = BUF_INIT(1000);
	assert_ok(ignore_parse(str_of(ignore_text), &ig, &err), &err);
	const struct context_why w = {
		.ig = &ig,
		.text = str_of(ignore_text),
		.ignore_file = STR(".dockerignore"),
		.path = str_of(path),
	};
	assert_ok(report_context_why_text(&w, &a, &err), &err);
	assert_string_equal(buf_cstr(&a), text);
	assert_ok(report_context_why_json(&w, &b, &err), &err);
	assert_non_null(strstr(buf_cstr(&b), json));
}

TEST(context, why_names_the_line_that_decides)
{
	expect_why("dist/out", "excluded\n.dockerignore:2: dist\n",
		   "\"excluded\": true,\n  \"pattern\": \"dist\",\n"
		   "  \"line\": 2,");
	expect_why("dist/none", "included\n.dockerignore:3: !dist/none\n",
		   "\"excluded\": false,\n  \"pattern\": \"!dist/none\"");
	expect_why("x", "included\nno pattern matches\n",
		   "\"pattern\": null,\n  \"line\": null");
}

TESTS_MAIN(unit(context, every_format),
	   unit(context, directories_by_their_bytes),
	   unit(context, why_names_the_line_that_decides))

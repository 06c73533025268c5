/* SPDX-License-Identifier: Apache-2.0 */
#include "context/advice/advise.h"

#include <stdio.h>

#include "base/test.h"
#include "context/testdir.h"

/* A tree, a Dockerfile ("" is none) and an ignore file (NULL: none), and the
 * lines that are to be added, a blank between them. */
static const struct {
	const char *files, *dockerfile, *ignore, *lines;
} rows[] = {
	/* COPY . takes it all: only what is sure goes */
	{ ".git/x 9\nsrc/a 9\ndocs/b 9999\na.zip 9999", "COPY . .", "",
	  "**/.git" },
	{ ".git/x 9", "COPY . .\nRUN git describe", "", "" },
	{ ".git/x 9", "COPY . .\nRUN ls .git", "", "" },
	{ ".git/x 9", "COPY . .\nRUN apk add git", "", "**/.git" },
	{ "node_modules/x 9", "COPY . .\nRUN npm ci", "", "**/node_modules" },
	{ "node_modules/x 9", "COPY . .\nCMD [\"node\"]", "", "" },
	{ "a/node_modules/x 9", "COPY . .\nRUN yarn", "", "**/node_modules" },
	{ "Cargo.toml\ntarget/x 9", "COPY . .\nRUN cargo build", "", "target" },
	{ "Cargo.toml\ntarget/x 9", "COPY . .", "", "" },
	{ "node_modules/x 9", "COPY . .\nRUN npm run build", "", "" },
	{ "dist/x 9\npackage.json", "COPY . .\nRUN npm ci", "", "" },
	{ "dist/x 9\npackage.json", "COPY . .\nRUN npm run build", "", "dist" },
	{ ".venv/x 9", "COPY . .\nRUN pip install x", "", "**/.venv" },
	{ ".venv/x 9", "COPY . .\nRUN pip install x\nCMD .venv/bin/x", "", "" },
	{ ".venv/x 9", "COPY . .\nRUN uv sync\nCMD .venv/bin/x", "",
	  "**/.venv" },
	/* it has to be made wherever the whole context is taken */
	{ "node_modules/x 9", "COPY . .\nFROM x\nCOPY . .\nRUN npm ci", "",
	  "" },
	{ "node_modules/x 9", "COPY . .\nFROM x\nRUN npm ci", "", "" },
	{ "node_modules/x 9",
	  "RUN npm ci\nFROM x\nCOPY --from=0 /a/node_modules x\nCOPY . .", "",
	  "**/node_modules" },
	{ "node_modules/x 9",
	  "RUN npm ci\nFROM x\nCOPY --from=0 /a x\nCOPY . .", "", "" },
	{ "node_modules/x 9",
	  "COPY . .\nFROM scratch AS b\nRUN npm ci\n"
	  "FROM b\nCOPY . .\nFROM b\nCOPY . .",
	  "", "" },
	{ "node_modules/x 9",
	  "RUN true\nFROM scratch AS b\nCOPY . .\nFROM b\nRUN npm ci", "",
	  "**/node_modules" },
	{ "Dockerfile 9\nt/Dockerfile 9", "COPY . .", "", "Dockerfile" },
	{ "a.log 9\ntests/b.log 9", "COPY . .", "", "a.log" },
	{ ".env 9\n.env.local 9\na.pem 9", "COPY . .", "", "**/.env" },
	{ ".env 9", "COPY . .\nRUN . ./.env", "", "" },
	{ "a.log 9", "RUN --mount=target=/s x", "", "**/*.log" },
	{ "a.log 9\nb.log 9", "COPY . .\nRUN cat b.log", "", "a.log" },
	/* what is named stays */
	{ "node_modules/a/x 9\nnode_modules/b/y 9",
	  "COPY . .\nRUN npm ci\nCOPY node_modules/a /a", "",
	  "node_modules/b" },
	{ "dist/x 9\npackage.json", "COPY dist /d", "", "" },
	{ "dist/x 9\npackage.json", "COPY . .\nCOPY d* /d\nRUN npm run build",
	  "", "" },
	{ ".git/HEAD 9\n.git/x 9", "COPY . .\nCOPY .git/HEAD /", "", ".git/x" },
	{ ".git/x 9", "COPY * /", "", "" },
	{ ".git/x 9", "COPY $X /", "", "" },
	{ "a/.git/x 9\nb/.git/x 9", "COPY . .\nCOPY a/$X /", "", "b/.git" },
	{ ".git/x 9", "COPY l /\nCOPY . .", "", "**/.git" },
	/* also by stages that are not built, and what is not there yet */
	{ "a.log 9\ndist/x 9\npackage.json",
	  "COPY dist /\nFROM x\nCOPY a.log /", "", "" },
	{ ".env 9\nsub/x", "COPY . .\nCOPY sub/.env /", "", ".env" },
	{ "b.log 9\nsub/x", "COPY . .\nCOPY sub/*.log /", "", "b.log" },
	/* a link keeps what it leads to */
	{ "keys/id_rsa 9\nl -> keys/id_rsa", "COPY . .\nCOPY l /", "", "" },
	/* what no COPY takes */
	{ "src/a 9\ndocs/b 999\ndata/c 1000", "COPY src /", "", "data" },
	{ "src/a 9\nsrc/b 1000\nsrc/c/d 1000", "COPY src/a /", "",
	  "src/b src/c" },
	{ "a 9\ntests/x 9\nb.zip 9", "COPY a /", "", "tests b.zip" },
	{ "a 9\nx y 5000\n#c 5000\n!d 5000", "COPY a /", "", "\\!d \\#c x y" },
	/* the user's lines win */
	{ "a 9\nb/c 5000\nb/d 5000", "COPY a /", "b\n!b/c\n", "" },
	{ "a 9\n.git/x 9", "COPY . .", "*\n!a\n!.git\n", "" },
	{ "s/a 9\ns/a.log 9\nt 5000", "COPY . .", "*\n!s\n", "**/*.log" },
	{ "s/a 9\nt 5000", "COPY s/b /", "*\n!s\n", "" },
	{ ".git/x 9", "COPY . .", ".git\n", "" },
	/* no Dockerfile: as COPY . */
	{ ".git/x 9\ndata 5000\nnode_modules/x 9", NULL, "", "**/.git" },
	/* no ignore file yet: it is not to be sent either */
	{ ".git/x 9", "COPY . .", NULL, "**/.git .dockerignore" },
	{ "a 9", "COPY . .", NULL, "" },
	{ "a 9\nb 5000", "COPY a /\nCOPY .dockerignore /", NULL, "b" },
};

static void lines_of(const struct context *c, struct buf *out)
{
	struct err err = { 0 };
	for (size_t i = 0; i < c->advice.n; i++)
		assert_ok(buf_addf(out, &err, "%s%.*s", i ? " " : "",
				   STR_ARG(c->advice.v[i].line)),
			  &err);
	assert_non_null(buf_cstr(out));
}

TEST(advise, rows)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct testdir d;
		struct context c;
		char text[400];
		scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
		snprintf(text, sizeof text, "FROM scratch\n%s\n",
			 rows[i].dockerfile ? rows[i].dockerfile : "");
		testdir_make(&d, rows[i].files);
		testdir_context(&d, rows[i].dockerfile ? text : NULL,
				rows[i].ignore, &c);
		lines_of(&c, &out);
		if (strcmp(out.p, rows[i].lines) != 0)
			fail_msg("%s with %s: \"%s\", not \"%s\"",
				 rows[i].files, text, out.p, rows[i].lines);
		context_done(&c);
		testdir_remove(&d);
	}
}

/* Other Dockerfiles that live by the same ignore file. */
TEST(advise, others)
{
	struct testdir d;
	struct context c;
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	testdir_make(&d, "a 9\nb 5000\nc 5000\nDockerfile\nDockerfile.dev\n"
			 "x/Dockerfile\nx/own.Dockerfile\n"
			 "x/own.Dockerfile.dockerignore\n"
			 "node_modules/y/Dockerfile");
	assert_ok(context_read(d.fd, 1, &limits_default, &c, &err), &err);
	assert_ok(context_read_ignore(&c, STR(""), &err), &err);
	assert_ok(context_read_dockerfile(&c, STR("FROM x\nCOPY a /\n"),
					  STR(""), NULL, 0, &err),
		  &err);
	static const char *const found[] = { "Dockerfile", "Dockerfile.dev",
					     "x/Dockerfile" };
	uint32_t at = CONTEXT_ROOT;
	for (size_t i = 0; i < ARRAY_LEN(found); i++) {
		at = context_next_dockerfile(&c, at);
		assert_int_equal(at, testdir_entry(&c.tree, found[i]));
	}
	assert_int_equal(context_next_dockerfile(&c, at), CONTEXT_NONE);
	assert_ok(context_read_other(&c, STR("FROM x\nCOPY b /\n"), &err),
		  &err);
	assert_ok(context_conclude(&c, NULL, &err), &err);
	lines_of(&c, &out);
	assert_string_equal(out.p, "**/node_modules Dockerfile Dockerfile.dev "
				   "x/Dockerfile x/own.Dockerfile "
				   "x/own.Dockerfile.dockerignore c");
	context_done(&c);
	testdir_remove(&d);
}

/* Many of one kind beside what is kept: a line for the kind, or none. */
TEST(advise, crowds)
{
	struct testdir d;
	struct context c;
	struct err err = { 0 };
	scoped(buf_done) struct buf list = BUF_INIT(1 << 20);
	scoped(buf_done) struct buf out = BUF_INIT(1 << 20);
	assert_ok(buf_addf(&list, &err, "d/keep 1\ne/keep 1\ne/k.zip 1\n"),
		  &err);
	for (int i = 0; i < 200; i++)
		assert_ok(buf_addf(&list, &err,
				   "d/%d.zip 9\nd/%d.x 5000\ne/%d.zip 9\n", i,
				   i, i),
			  &err);
	assert_non_null(buf_cstr(&list));
	testdir_make(&d, list.p);
	testdir_context(&d, "FROM x\nCOPY d/keep e/keep e/k.zip /\n", "", &c);
	lines_of(&c, &out);
	assert_string_equal(out.p, "d/*.zip");
	assert_int_equal(c.advice.n_unlisted, 400);
	assert_int_equal(c.advice.saves.files, 200);
	assert_int_equal(c.advice.saves.bytes, 1800);
	context_done(&c);
	testdir_remove(&d);
}

TEST(advise, compose)
{
	static const struct {
		const char *old, *new;
	} texts[] = {
		{ "", "# version control\n.git\n\n# no COPY takes these\na\n" },
		{ "x\n", "x\n\n# version control\n.git\n\n"
			 "# no COPY takes these\na\n" },
		{ "x", "x\n\n# version control\n.git\n\n"
		       "# no COPY takes these\na\n" },
		{ "x\r\ny", "x\r\ny\r\n\r\n# version control\r\n.git\r\n\r\n"
			    "# no COPY takes these\r\na\r\n" },
	};
	struct context_addition v[] = {
		{ .line = STR(".git"), .reason = REASON_VERSION_CONTROL },
		{ .line = STR("a"), .reason = REASON_NONE },
	};
	struct context_advice ad = { .v = v, .n = 2 };
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct err err = { 0 };
		scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
		assert_ok(context_compose_ignore(str_of(texts[i].old), &ad,
						 &out, &err),
			  &err);
		assert_string_equal(buf_cstr(&out), texts[i].new);
	}
	struct context_advice none = { 0 };
	struct err err = { 0 };
	scoped(buf_done) struct buf out = BUF_INIT(1 << 16);
	assert_ok(context_compose_ignore(STR("x"), &none, &out, &err), &err);
	assert_string_equal(buf_cstr(&out), "x");
}

TESTS_MAIN(unit(advise, rows), unit(advise, others), unit(advise, crowds),
	   unit(advise, compose))

/* SPDX-License-Identifier: Apache-2.0 */
#include "dockerfile/dockerfile.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/test.h"

/* Diagnostics as "line:column+bytes message", one a line. */
struct told {
	struct buf text;
	struct str source;
};

static void push(void *self, const struct diag *d)
{
	struct told *t = self;
	struct err err = { 0 };
	uint32_t line = 1, column = 1;
	for (uint32_t i = 0; i < d->at.at; i++) {
		column = t->source.p[i] == '\n' ? 1 : column + 1;
		line += t->source.p[i] == '\n';
	}
	assert_ptr_equal(d->rule, DF_RULE_SYNTAX);
	assert_int_equal(d->severity, SEV_ERROR);
	assert_ok(buf_addf(&t->text, &err, "%u:%u+%u %s\n", line, column,
			   d->at.n, d->message),
		  &err);
}

static void parse(struct str text, struct dockerfile *df, struct told *told)
{
	struct err err = { 0 };
	struct diag_sink sink = { push, told };
	told->source = text;
	told->text = (struct buf)BUF_INIT(1 << 20);
	assert_ok(dockerfile_parse(text, &sink, df, &err), &err);
}

static void parse_clean(const char *text, struct dockerfile *df)
{
	struct told told;
	parse(str_of(text), df, &told);
	assert_string_equal(told.text.n ? buf_cstr(&told.text) : "", "");
	buf_done(&told.text);
}

static void assert_tiled(const struct dockerfile *df)
{
	uint32_t at = 0;
	for (size_t i = 0; i < df->n_leaves; i++) {
		assert_int_equal(df->leaves[i].at.at, at);
		assert_true(df->leaves[i].at.n > 0);
		at += df->leaves[i].at.n;
	}
	assert_int_equal(at, df->text.n);
}

static void assert_bytes(const struct dockerfile *df, struct span at,
			 const char *want)
{
	struct str s = span_str(df->text, at);
	assert_int_equal(s.n, strlen(want));
	assert_memory_equal(s.p, want, s.n);
}

static void assert_str(struct str s, const char *want)
{
	assert_int_equal(s.n, strlen(want));
	assert_memory_equal(s.p, want, s.n);
}

TEST(dockerfile, leaves)
{
	static const char text[] = "# c\n\nRUN  --x a \\\n b\nCMD [\"e\"]";
	static const struct {
		enum df_leaf_kind kind;
		const char *bytes;
	} want[] = {
		{ DF_LEAF_COMMENT, "# c" },	{ DF_LEAF_NEWLINE, "\n" },
		{ DF_LEAF_NEWLINE, "\n" },	{ DF_LEAF_KEYWORD, "RUN" },
		{ DF_LEAF_BLANK, "  " },	{ DF_LEAF_FLAG, "--x" },
		{ DF_LEAF_BLANK, " " },		{ DF_LEAF_WORD, "a " },
		{ DF_LEAF_CONTINUATION, "\\" }, { DF_LEAF_NEWLINE, "\n" },
		{ DF_LEAF_WORD, " b" },		{ DF_LEAF_NEWLINE, "\n" },
		{ DF_LEAF_KEYWORD, "CMD" },	{ DF_LEAF_BLANK, " " },
		{ DF_LEAF_OTHER, "[" },		{ DF_LEAF_WORD, "\"e\"" },
		{ DF_LEAF_OTHER, "]" },
	};
	struct told told;
	scoped(dockerfile_done) struct dockerfile df;
	parse(str_of(text), &df, &told);
	assert_tiled(&df);
	assert_int_equal(df.n_leaves, ARRAY_LEN(want));
	for (size_t i = 0; i < df.n_leaves; i++) {
		assert_int_equal(df.leaves[i].kind, want[i].kind);
		assert_bytes(&df, df.leaves[i].at, want[i].bytes);
	}
	assert_string_equal(buf_cstr(&told.text),
			    "3:6+3 RUN has no flag --x\n");
	buf_done(&told.text);
}

TEST(dockerfile, flags)
{
	scoped(dockerfile_done) struct dockerfile df;
	parse_clean("COPY --from=a --chown=\"x y\" --link \\\n"
		    "  --exclude=b --exclude=\\c src dst\n",
		    &df);
	static const struct {
		const char *at, *name, *value, *text;
	} want[] = {
		{ "--from=a", "from", "a", "a" },
		{ "--chown=\"x y\"", "chown", "\"x y\"", "x y" },
		{ "--link", "link", "", "" },
		{ "--exclude=b", "exclude", "b", "b" },
		{ "--exclude=\\c", "exclude", "\\c", "c" },
	};
	const struct df_instr *in = df.instrs[0];
	assert_int_equal(in->n_flags, ARRAY_LEN(want));
	for (size_t i = 0; i < in->n_flags; i++) {
		assert_bytes(&df, in->flags[i].at, want[i].at);
		assert_bytes(&df, in->flags[i].name, want[i].name);
		assert_bytes(&df, in->flags[i].value, want[i].value);
		assert_str(in->flags[i].key, want[i].name);
		assert_str(in->flags[i].text, want[i].text);
	}
	assert_bytes(&df, dockerfile_flag_span(&in->flags[1], 2, 3), "y");
	assert_int_equal(in->n_words, 2);
	assert_bytes(&df, in->words[1].at, "dst");
	assert_int_equal(dockerfile_position(&df, in->words[0].at.at).line, 2);
	assert_int_equal(dockerfile_position(&df, in->words[0].at.at).column,
			 28);
}

TEST(dockerfile, forms)
{
	static const struct {
		const char *text;
		enum df_form form;
		const char *words[4];
	} rows[] = {
		{ "CMD a b\n", DF_FORM_LINE, { "a b" } },
		{ "CMD [\"a\", \"b\\n\\u00e9\"]",
		  DF_FORM_JSON,
		  { "a", "b\n\xc3\xa9" } },
		{ "CMD []", DF_FORM_JSON, { NULL } },
		{ "CMD", DF_FORM_NONE, { NULL } },
		{ "CMD ['a']", DF_FORM_LINE, { "['a']" } },
		{ "CMD [\"a\",]", DF_FORM_LINE, { "[\"a\",]" } },
		{ "COPY [\"a b\",\"c\"]", DF_FORM_JSON, { "a b", "c" } },
		{ "COPY [a b", DF_FORM_WORDS, { "[a", "b" } },
		{ "COPY a\\\n  \t b", DF_FORM_WORDS, { "a", "b" } },
		{ "COPY a\\\nb c", DF_FORM_WORDS, { "ab", "c" } },
		{ "HEALTHCHECK CMD [\"x\"]", DF_FORM_JSON, { "CMD", "x" } },
		{ "HEALTHCHECK NONE", DF_FORM_LINE, { "NONE" } },
		{ "WORKDIR  /a b ", DF_FORM_LINE, { "/a b" } },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(dockerfile_done) struct dockerfile df;
		parse_clean(rows[i].text, &df);
		const struct df_instr *in = df.instrs[0];
		assert_int_equal(df.n_instrs, 1);
		assert_int_equal(in->form, rows[i].form);
		size_t n = 0;
		for (; rows[i].words[n]; n++)
			assert_str(in->words[n].text, rows[i].words[n]);
		assert_int_equal(in->n_words, n);
		assert_tiled(&df);
	}
}

TEST(dockerfile, pairs)
{
	static const struct {
		const char *text;
		struct {
			const char *key, *value;
		} pairs[3];
		bool legacy, has_value;
	} rows[] = {
		{ "ENV a=b c=\"d e\" f='g'\\ h",
		  { { "a", "b" }, { "c", "\"d e\"" }, { "f", "'g'\\ h" } },
		  false,
		  true },
		{ "ENV a b c=d", { { "a", "b c=d" } }, true, true },
		{ "LABEL \"a b\"=c", { { "\"a b\"", "c" } }, false, true },
		{ "LABEL a=", { { "a", "" } }, false, true },
		{ "ARG a", { { "a", "" } }, false, false },
		{ "ARG a=1 b=", { { "a", "1" }, { "b", "" } }, false, true },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		scoped(dockerfile_done) struct dockerfile df;
		parse_clean(rows[i].text, &df);
		const struct df_instr *in = df.instrs[0];
		size_t n = 0;
		for (; n < 3 && rows[i].pairs[n].key; n++) {
			const struct df_pair *p = &in->pairs[n];
			assert_str(p->key.text, rows[i].pairs[n].key);
			assert_str(p->value.text, rows[i].pairs[n].value);
			assert_bytes(&df, p->key.at, rows[i].pairs[n].key);
			assert_bytes(&df, p->value.at, rows[i].pairs[n].value);
			assert_int_equal(p->legacy, rows[i].legacy);
			assert_int_equal(p->has_value, rows[i].has_value);
		}
		assert_int_equal(in->n_pairs, n);
	}
}

TEST(dockerfile, heredocs)
{
	static const char text[] = "RUN <<A cat && 3<<-'B' x <<\"C d\" <<< "
				   "y\n1\nA\n\t2\n\tB\nC d\n"
				   "ONBUILD COPY <<E /\nx\nE\nCMD <<A";
	static const struct {
		const char *word, *name, *body, *end;
		uint32_t fd;
		bool expand, tabs;
	} want[] = {
		{ "<<A", "A", "1\n", "A", 0, true, false },
		{ "3<<-'B'", "B", "\t2\n", "B", 3, false, true },
		{ "<<\"C d\"", "C d", "", "C d", 0, false, false },
		{ "<<E", "E", "x\n", "E", 0, true, false },
	};
	scoped(dockerfile_done) struct dockerfile df;
	parse_clean(text, &df);
	assert_int_equal(df.n_instrs, 3);
	assert_int_equal(df.instrs[0]->n_heredocs, 3);
	assert_int_equal(df.instrs[1]->n_heredocs, 1);
	assert_int_equal(df.instrs[2]->n_heredocs, 0);
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		const struct df_heredoc *h = i < 3 ? &df.instrs[0]->heredocs[i]
						   : df.instrs[1]->heredocs;
		assert_bytes(&df, h->word, want[i].word);
		assert_str(h->name, want[i].name);
		assert_bytes(&df, h->body, want[i].body);
		assert_bytes(&df, h->end, want[i].end);
		assert_int_equal(h->fd, want[i].fd);
		assert_int_equal(h->expand, want[i].expand);
		assert_int_equal(h->strip_tabs, want[i].tabs);
		assert_true(h->terminated);
	}
	assert_bytes(&df, df.instrs[1]->at, "ONBUILD COPY <<E /\nx\nE");
	assert_bytes(&df, df.instrs[1]->head, "ONBUILD COPY <<E /");
	assert_tiled(&df);
}

TEST(dockerfile, head)
{
	static const struct {
		const char *text;
		char escape;
		size_t n;
		const char *told;
	} rows[] = {
		{ "# escape=`\nFROM a", '`', 1, "" },
		{ "#ESCAPE = ` \n# syntax=x\nFROM a", '`', 2, "" },
		{ "\n# escape=`\nFROM a", '\\', 0, "" },
		{ "# a\n# escape=`\nFROM a", '\\', 0, "" },
		{ "#!/bin/x\n# escape=`\n# syntax=y\nFROM a", '\\', 2, "" },
		{ "# escape=x\nFROM a", '\\', 1,
		  "1:10+1 the escape character must be \\ or `\n" },
		{ "# escape=`\n# escape=\\\nFROM a", '`', 2,
		  "2:1+10 a parser directive may stand only once\n" },
		{ "# escape =\nFROM a", '\\', 0, "" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct told told;
		scoped(dockerfile_done) struct dockerfile df;
		parse(str_of(rows[i].text), &df, &told);
		assert_int_equal(df.escape, rows[i].escape);
		assert_int_equal(df.n_directives, rows[i].n);
		assert_string_equal(told.text.n ? buf_cstr(&told.text) : "",
				    rows[i].told);
		buf_done(&told.text);
	}
}

TEST(dockerfile, comments)
{
	scoped(dockerfile_done) struct dockerfile df;
	parse_clean("# a\n#\n# b\n\n# c \nFROM x\nRUN a \\\n # in\n\n b\nCMD c",
		    &df);
	assert_int_equal(df.n_comments, 5);
	assert_int_equal(df.instrs[0]->n_comments, 2);
	assert_str(df.comments[df.instrs[0]->first_comment].text, "b");
	assert_str(df.comments[3].text, "c");
	assert_true(df.comments[4].inside);
	assert_true(df.instrs[1]->blank_inside);
	assert_int_equal(df.instrs[2]->n_comments, 0);
	assert_str(df.instrs[1]->line.text, "RUN a  b");
}

TEST(dockerfile, errors)
{
	static const struct {
		const char *text, *told;
	} rows[] = {
		{ "", "1:1+0 the file has no instruction\n" },
		{ "# c\n", "1:1+0 the file has no instruction\n" },
		{ "FROM a b", "1:6+3 FROM a b: the builder takes one image, "
			      "and AS with a name behind it\n" },
		{ "FROM a AS 1b",
		  "1:11+2 the builder takes no stage name 1b: one starts with "
		  "a letter and has letters, digits, '-', '_' and '.' only\n" },
		{ "COPY a", "1:6+1 COPY needs a source and a destination; "
			    "write COPY SOURCE /PATH\n" },
		{ "ADD a <<b\nb", "1:7+3 the heredoc <<b is no destination; "
				  "write a path of the image behind it\n" },
		{ "COPY --from=a --from=b c d",
		  "1:15+8 --from stands twice, and the builder takes it once; "
		  "leave one out\n" },
		{ "COPY --from c d",
		  "1:6+6 --from needs a value; write --from=...\n" },
		{ "COPY --link=x c d",
		  "1:13+1 --link=x: the value is true or false\n" },
		{ "ENV a", "1:5+1 ENV a has no value; write a=VALUE\n" },
		{ "ENV a=b c",
		  "1:9+1 c has no =, and the line is of the form NAME=VALUE; "
		  "put a value with blanks in quotes\n" },
		{ "LABEL =b", "1:7+2 =b has no name; write NAME=VALUE\n" },
		{ "ARG", "1:1+3 ARG is empty; write ARG NAME=VALUE\n" },
		{ "CMD [\"a\", 1]",
		  "1:11+1 1 is no string, and an array of arguments may hold "
		  "strings only; put it in double quotes\n" },
		{ "SHELL a",
		  "1:7+1 SHELL a is no JSON array; write each word in double "
		  "quotes, as in SHELL [\"/bin/bash\", \"-c\"]\n" },
		{ "SHELL []", "1:7+2 SHELL is empty, and the builder stops at "
			      "it; write what it sets, or leave it out\n" },
		{ "ONBUILD FROM a", "1:9+4 ONBUILD FROM is refused: what fires "
				    "in a later build may not be one\n" },
		{ "ONBUILD ONBUILD RUN a",
		  "1:9+7 ONBUILD ONBUILD is refused: what fires in a later "
		  "build may not be one\n" },
		{ "ONBUILD", "1:1+7 ONBUILD is empty; write the instruction "
			     "that it fires behind it\n" },
		{ "HEALTHCHECK --interval=1x CMD a",
		  "1:24+2 --interval=1x is no duration; write a number with "
		  "its unit, such as 30s\n" },
		{ "HEALTHCHECK --timeout=1us CMD a",
		  "1:23+3 --timeout=1us is less than 1ms, the least that the "
		  "builder takes\n" },
		{ "HEALTHCHECK --retries=-1 CMD a",
		  "1:23+2 --retries=-1 is no number of tries; write a whole "
		  "number such as 3\n" },
		{ "RUN --mount=type=bnd a",
		  "1:18+3 --mount: bnd: there is no such type of mount (did "
		  "you mean bind?)\n" },
		{ "RUN --mount=type=volume a",
		  "1:18+6 --mount: volume: the type of a mount is bind, cache, "
		  "tmpfs, secret or ssh\n" },
		{ "RUN --mount=type=cache,target=/x,sharing=lockd a",
		  "1:42+5 --mount: lockd: not shared, private or locked (did "
		  "you mean locked?)\n" },
		{ "RUN --mount=type=cache,target=/x,sharing=no a",
		  "1:42+2 --mount: no: not shared, private or locked\n" },
		{ "RUN --mount=type=cache,traget=/x a",
		  "1:24+6 --mount: traget: a mount has no such key (did you "
		  "mean target?)\n" },
		{ "RUN --mount=type=cache,zzz=/x a",
		  "1:24+3 --mount: zzz: a mount has no such key\n" },
		{ "RUN --network=lan a", "1:15+3 --network is default, none or "
					 "host, not lan\n" },
		{ "RUN --network=non a",
		  "1:15+3 --network has no mode non (did you mean none?)\n" },
		{ "RUN --security=insecur a",
		  "1:16+7 --security has no mode insecur (did you mean "
		  "insecure?)\n" },
		{ "COPY --form=a b c",
		  "1:6+8 COPY has no flag --form (did you mean --from?)\n" },
		{ "ADD --checksm=a b c",
		  "1:5+11 ADD has no flag --checksm (did you mean "
		  "--checksum?)\n" },
		{ "FROM --platfrom=a b",
		  "1:6+12 FROM has no flag --platfrom (did you mean "
		  "--platform?)\n" },
		{ "RUN --mout=a b",
		  "1:5+8 RUN has no flag --mout (did you mean --mount?)\n" },
		{ "HEALTHCHECK --intervl=1s CMD a",
		  "1:13+12 HEALTHCHECK has no flag --intervl (did you mean "
		  "--interval?)\n" },
		{ "RUN --zzz a", "1:5+5 RUN has no flag --zzz\n" },
		{ "RUN cat <<E\na", "1:9+3 no line ends the heredoc E; write "
				    "one that is E and nothing else\n" },
		{ "\\\n\\\nFOO \\\n a\nCMD b",
		  "3:1+3 there is no instruction FOO\n" },
		{ "EXPSE 80",
		  "1:1+5 there is no instruction EXPSE (did you mean "
		  "EXPOSE?)\n" },
		{ "rnu a",
		  "1:1+3 there is no instruction rnu (did you mean RUN?)\n" },
		{ "VOLUME [\"\"]",
		  "1:9+2 VOLUME has an empty path, which the builder refuses; "
		  "name a directory of the image\n" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct told told;
		scoped(dockerfile_done) struct dockerfile df;
		parse(str_of(rows[i].text), &df, &told);
		assert_string_equal(told.text.n ? buf_cstr(&told.text) : "",
				    rows[i].told);
		assert_tiled(&df);
		buf_done(&told.text);
	}
}

TEST(dockerfile, long_line)
{
	struct told told;
	scoped(dockerfile_done) struct dockerfile df, longer;
	char *text = malloc(65537);
	memset(text, 'a', 65537);
	memcpy(text, "RUN ", 4);
	parse((struct str){ text, 65535 }, &df, &told);
	assert_int_equal(told.text.n, 0);
	parse((struct str){ text, 65536 }, &longer, &told);
	assert_string_equal(buf_cstr(&told.text),
			    "1:1+65536 a line is longer than 65535 bytes\n");
	buf_done(&told.text);
	free(text);
}

static void read_file(const char *name, struct buf *b)
{
	struct err err = { 0 };
	char *p;
	FILE *f = fopen(name, "rb");
	assert_non_null(f);
	for (size_t n = 1; n > 0; b->n += n) {
		assert_ok(buf_room(b, 4096, &p, &err), &err);
		n = fread(p, 1, 4096, f);
	}
	fclose(f);
}

/* Every fixture tiles; only those named for it have errors. */
TEST(dockerfile, fixtures)
{
	size_t n = 0;
	char name[4096];
	DIR *d = opendir(DOCKERFILE_FIXTURES);
	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));) {
		struct told told;
		scoped(dockerfile_done) struct dockerfile df = { 0 };
		scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
		if (!strstr(e->d_name, ".Dockerfile") &&
		    !strstr(e->d_name, ".fragment"))
			continue;
		snprintf(name, sizeof name, "%s/%s", DOCKERFILE_FIXTURES,
			 e->d_name);
		read_file(name, &text);
		parse(buf_str(&text), &df, &told);
		assert_tiled(&df);
		bool bad = !strcmp(e->d_name, "errors.Dockerfile") ||
			   !strcmp(e->d_name, "left-out.fragment");
		if (!bad && told.text.n)
			fail_msg("%s: %s", e->d_name, buf_cstr(&told.text));
		assert_int_equal(told.text.n > 0, bad);
		buf_done(&told.text);
		n++;
	}
	closedir(d);
	assert_int_equal(n, 13);
}

TEST(dockerfile, reads_on_after_errors)
{
	struct told told;
	scoped(dockerfile_done) struct dockerfile df;
	scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
	read_file(DOCKERFILE_FIXTURES "/errors.Dockerfile", &text);
	parse(buf_str(&text), &df, &told);
	assert_string_equal(
		buf_cstr(&told.text),
		"2:1+4 FROM is empty; write FROM IMAGE\n"
		"3:6+1 COPY needs a source and a destination; write COPY "
		"SOURCE /PATH\n"
		"4:5+16 RUN has no flag --mont (did you mean --mount?)\n"
		"5:9+1 B has no =, and the line is of the form NAME=VALUE; put "
		"a value with blanks in quotes\n"
		"6:11+1 1 is no string, and an array of arguments may hold "
		"strings only; put it in double quotes\n"
		"7:1+4 there is no instruction COPI (did you mean COPY?)\n"
		"9:13+4 the builder knows no HEALTHCHECK CMDD; put CMD in "
		"front of the command, or write NONE\n"
		"10:9+5 no line ends the heredoc EOF; write one that is EOF "
		"and nothing else\n");
	assert_int_equal(df.n_instrs, 10);
	assert_false(df.instrs[7]->bad);
	buf_done(&told.text);
}

TESTS_MAIN(unit(dockerfile, leaves), unit(dockerfile, flags),
	   unit(dockerfile, forms), unit(dockerfile, pairs),
	   unit(dockerfile, heredocs), unit(dockerfile, head),
	   unit(dockerfile, comments), unit(dockerfile, errors),
	   unit(dockerfile, long_line), unit(dockerfile, fixtures),
	   unit(dockerfile, reads_on_after_errors))

/* SPDX-License-Identifier: Apache-2.0 */
/* BuildKit's checks that hadolint has no code for. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lint/rules/base_image/image_name.h"
#include "lint/rules/variable/suggest.h"
#include "lint/rules/testrules.h"

TEST(buildkit, casing)
{
	static const struct row rows[] = {
		{ "StageNameCasing", "FROM a AS Build\nFROM b AS c\n",
		  "1:11-1:16" },
		{ "FromAsCasing",
		  "FROM a as b\nfrom a AS c\nFROM a AS d\nfrom a as e\n"
		  "From a as f\nFROM a As g\n",
		  "1:8-1:10 2:8-2:10 6:8-6:10" },
		{ "ConsistentInstructionCasing",
		  "arg x\nFROM a\nRUN x\nrun y\nRun z\n", "4:1-4:4 5:1-5:4" },
		{ "ConsistentInstructionCasing", "from a\nrun x\nRUN y\n",
		  "3:1-3:4" },
		{ "ConsistentInstructionCasing", "from a\nRUN y\n", "1:1-1:5" },
		{ "ConsistentInstructionCasing", "from a\nonbuild RUN y\n",
		  "" },
		{ "ExposeProtoCasing",
		  "FROM a\nARG p=UDP\nEXPOSE 1/TCP 2/$p 3/udp 4\n",
		  "3:8-3:13 3:14-3:18" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(buildkit, forms)
{
	static const struct row rows[] = {
		{ "NoEmptyContinuation", "FROM a\nRUN x \\\n\n  y\n",
		  "3:1-4:1" },
		{ "NoEmptyContinuation",
		  "FROM a\nRUN x \\\n# c\n \t\r\n\n  y\nRUN z\n", "4:1-5:1" },
		{ "NoEmptyContinuation", "FROM a\nRUN <<E\n\nx\nE\n", "" },
		{ "LegacyKeyValueFormat",
		  "FROM a\nENV a b c\nLABEL d e\nENV f=g\n",
		  "2:5-2:10 3:7-3:10" },
		{ "ExposeInvalidFormat",
		  "FROM a\nEXPOSE 80 1:2 127.0.0.1:3:4 $x\n",
		  "2:11-2:14 2:15-2:28" },
		{ "InvalidDefinitionDescription",
		  "# x is\nARG x\n# y\nARG x\n\n# z\n\nARG x\n# v\n#\nARG x\n"
		  "FROM a\n",
		  "3:1-3:4 6:1-6:4" },
		{ "InvalidDefinitionDescription",
		  "# no\nFROM a\n# b is\n# c is\nFROM a AS b\n", "4:1-4:7" },
		{ "InvalidDefinitionDescription",
		  "FROM a\n# B yes\n# check=skip=x\nFROM a AS b\n"
		  "# b yes\nFROM a AS b\n",
		  "2:1-2:8" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(buildkit, arguments_of_from)
{
	static const struct row rows[] = {
		{ "UndefinedArgInFrom",
		  "ARG V=1\nFROM a:$V\nFROM a:$W\nFROM a:${LONG:-x}\n",
		  "3:9-3:10 4:10-4:14" },
		{ "UndefinedArgInFrom", "FROM --platform=$BUILDPLATFORM a\n",
		  "" },
		{ "UndefinedArgInFrom", "FROM --platform=$BUILDPLATFROM a\n",
		  "1:18-1:31" },
		{ "UndefinedArgInFrom", "ARG V\nFROM a:$V\n", "" },
		{ "InvalidDefaultArgInFrom", "ARG V\nFROM a:$V\n", "2:6-2:10" },
		{ "InvalidDefaultArgInFrom", "ARG V=1\nFROM a:$V\n", "" },
		{ "InvalidDefaultArgInFrom", "ARG I\nFROM ${I}\n", "2:6-2:10" },
		{ "InvalidDefaultArgInFrom", "ARG I\nFROM ${I:-a}\n", "" },
		{ "InvalidDefaultArgInFrom",
		  "FROM a-$TARGETARCH\nFROM a$TARGETVARIANT\n", "" },
		{ "InvalidDefaultArgInFrom",
		  "ARG S=x.\nFROM a AS x.\nFROM $S\n", "" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

TEST(buildkit, undefined_variables)
{
	static const struct row rows[] = {
		{ "UndefinedVar", "FROM scratch\nCOPY $foo .\n", "2:7-2:10" },
		{ "UndefinedVar", "FROM scratch\nARG foo\nCOPY $foo .\n", "" },
		{ "UndefinedVar", "FROM alpine:3\nENV PATH=$PAHT:/x\n",
		  "2:11-2:15" },
		{ "UndefinedVar", "FROM alpine:3\nENV PATH=$PATH:/x\n", "" },
		{ "UndefinedVar", "FROM alpine:3\nENV a=1 b=$a\n",
		  "2:12-2:13" },
		{ "UndefinedVar", "FROM x/y:1\nENV a=$JAVA_HOME/b\n", "" },
		{ "UndefinedVar", "FROM x/y:1\nENV LONG=1\nENV a=$LNOG/b\n",
		  "3:8-3:12" },
		{ "UndefinedVar", "FROM golang:1\nENV a=$GOPATH b=$GOPHER\n",
		  "2:18-2:24" },
		{ "UndefinedVar",
		  "FROM scratch AS a\nENV x=1\nFROM a\nUSER $x$y\n",
		  "4:9-4:10" },
		{ "UndefinedVar", "ARG g=1\nFROM scratch\nWORKDIR /$g\n",
		  "3:11-3:12" },
		{ "UndefinedVar", "ARG g=1\nFROM scratch\nARG g\nWORKDIR /$g\n",
		  "" },
		{ "UndefinedVar",
		  "FROM scratch\nRUN echo $a\nCMD $b\nENTRYPOINT $c\n"
		  "EXPOSE $d\nONBUILD COPY $e /\n",
		  "" },
		{ "UndefinedVar", "FROM scratch\nCOPY --chown=$u a b\n",
		  "2:15-2:16" },
		{ "UndefinedVar", "FROM scratch\nCOPY <<E b\nx $v\nE\n",
		  "3:4-3:5" },
		{ "UndefinedVar", "FROM scratch\nCOPY <<'E' b\nx $v\nE\n", "" },
		{ "UndefinedVar", "FROM scratch\nLABEL a='$v' b=\"$v\" c=$v\n",
		  "2:18-2:19" },
		{ "UndefinedVar", "FROM scratch\nARG a=1 b=$a c=$d d=2\n",
		  "2:17-2:18" },
		{ "UndefinedVar", "FROM scratch\nARG a=$v\nARG v=1\n",
		  "2:8-2:9" },
	};
	assert_rows(rows, ARRAY_LEN(rows));
}

static void write_file(const char *dir, const char *name, const char *text)
{
	char path[256];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

struct ignored {
	const char *patterns;
	struct row row;
};

TEST(buildkit, ignored_files)
{
	static const struct ignored rows[] = {
		{ "*.md\nout\n",
		  { "CopyIgnoredFile",
		    "FROM a\nCOPY a.md b/c.md out/x ./out /\n"
		    "COPY --from=b a.md /\nADD /a.md /\n",
		    "2:6-2:10 2:18-2:23 2:24-2:29 4:5-4:10" } },
		{ "*.md\n!a.md\n",
		  { "CopyIgnoredFile", "FROM a\nCOPY b.md a.md /\n",
		    "2:6-2:10" } },
		{ "*\n",
		  { "CopyIgnoredFile", "FROM a\nCOPY . /\n", "2:6-2:7" } },
		{ "a\n", { "CopyIgnoredFile", "FROM a\nCOPY . /\n", "" } },
		{ "*\n",
		  { "CopyIgnoredFile",
		    "FROM a\nCOPY <<E /x\nE\nADD https://x/y /\n", "" } },
		{ "", { "CopyIgnoredFile", "FROM a\nCOPY x /\n", "" } },
	};
	char dir[] = "/tmp/pare-ignored-XXXXXX", path[64];
	assert_non_null(mkdtemp(dir));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		write_file(dir, ".dockerignore", rows[i].patterns);
		assert_row_with((struct lint_input){ .context = dir },
				&rows[i].row);
	}
	snprintf(path, sizeof path, "%s/.dockerignore", dir);
	unlink(path);
	rmdir(dir);
}

TEST(buildkit, platform_of_the_base)
{
	const struct lint_base base = { .given = true,
					.platform = "linux/amd64" };
	static const struct row rows[] = {
		{ "InvalidBaseImagePlatform",
		  "FROM --platform=linux/arm64 a:1\n", "1:29-1:32" },
		{ "InvalidBaseImagePlatform",
		  "FROM --platform=linux/amd64/v2 a:1\n", "" },
		{ "InvalidBaseImagePlatform", "FROM a:1\n", "" },
		{ "InvalidBaseImagePlatform",
		  "FROM --platform=$BUILDPLATFORM a:1\n", "" },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_row_with((struct lint_input){ .base = &base }, &rows[i]);
}

#define DIGITS_32 "01234567890123456789012345678901"
#define DIGITS_64 DIGITS_32 DIGITS_32

TEST(buildkit, names_of_images)
{
	static const char *const good[] = {
		"a",
		"a/b:c",
		"localhost/a",
		"x.io:5000/a/b__c--d.e:T-1",
		"a@sha256:" DIGITS_64,
	};
	static const char *const bad[] = {
		"",	 "A",	 "a:", "a/",	     "/a",   "a//b", "a:b:c",
		"a___b", "a..b", "-a", "a@sha256:0", "a:.x", "a b",  DIGITS_64,
	};
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		if (!lint_image_name_is_valid(str_of(good[i])))
			fail_msg("%s is good", good[i]);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (lint_image_name_is_valid(str_of(bad[i])))
			fail_msg("%s is bad", bad[i]);
}

TEST(buildkit, distances)
{
	assert_int_equal(lint_edit_distance(STR("PAHT"), STR("PATH"), 2), 2);
	assert_int_equal(lint_edit_distance(STR("a"), STR("a"), 2), 0);
	assert_int_equal(lint_edit_distance(STR("ab"), STR("abc"), 2), 1);
	assert_int_equal(lint_edit_distance(STR("abc"), STR("xyz"), 2), 3);
	assert_int_equal(lint_edit_distance(STR(""), STR("abcd"), 2), 3);
	assert_int_equal(
		lint_edit_distance(STR("abcdefgh"), STR("xabcdefg"), 2), 2);
	assert_int_equal(
		lint_edit_distance(STR("abcdefgh"), STR("xyabcdef"), 2), 3);
	assert_int_equal(lint_edit_distance(STR("abcdef"), STR("abxdey"), 2),
			 2);
}

TESTS_MAIN(unit(buildkit, casing), unit(buildkit, forms),
	   unit(buildkit, arguments_of_from),
	   unit(buildkit, undefined_variables), unit(buildkit, ignored_files),
	   unit(buildkit, platform_of_the_base),
	   unit(buildkit, names_of_images), unit(buildkit, distances))

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/text/text_kind.h"

#include "base/macros.h"
#include "base/test.h"

TEST(text_kind, binary)
{
	static const char elf[] = "\x7f"
				  "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0";
	char zip[4096];
	for (size_t i = 0; i < sizeof zip; i++)
		zip[i] = (char)(i * 2654435761u >> 24);
	assert_int_equal(lint_text_kind((struct str){ elf, sizeof elf }),
			 TEXT_BINARY);
	assert_int_equal(lint_text_kind((struct str){ zip, sizeof zip }),
			 TEXT_BINARY);
	assert_int_equal(lint_text_kind(STR("\xff\xfe"
					    "F\0R\0O\0M\0")),
			 TEXT_UTF16);
	assert_int_equal(lint_text_kind((struct str){ 0 }), TEXT_PLAIN);
	/* One NUL in a comment must not hide the file. */
	assert_int_equal(
		lint_text_kind(STR("# \0\nFROM debian:12\nRUN apt-get update "
				   "&& apt-get install -y curl git\n")),
		TEXT_PLAIN);
	/* A comment in a Windows code page. */
	assert_int_equal(lint_text_kind(STR("# \xcf\xf0\xe8\x8e\nFROM x\n")),
			 TEXT_PLAIN);
}

TEST(text_kind, first_instruction)
{
	static const struct {
		const char *text;
		enum text_dockerfile want;
	} rows[] = {
		{ "FROM debian\n", DOCKERFILE_YES },
		{ "\xef\xbb\xbf"
		  "FROM debian\n",
		  DOCKERFILE_YES },
		{ "# syntax=docker/dockerfile:1\n\nfrom debian as x\r\n",
		  DOCKERFILE_YES },
		{ "FROM --platform=linux/amd64 debian:12 AS b",
		  DOCKERFILE_YES },
		{ "ARG V=1\nFROM x:$V\n", DOCKERFILE_YES },
		{ "{% set v = 1 %}\nFROM {{ base }}\n", DOCKERFILE_YES },
		{ "FROM %%BASE%%\n", DOCKERFILE_YES },
		{ "FRM debian\nRUN x\nFROM debian\n", DOCKERFILE_YES },
		{ "RUN make\n", DOCKERFILE_BEGINS },
		{ "", DOCKERFILE_MAYBE },
		{ "# nothing yet\n", DOCKERFILE_MAYBE },
		{ "from os import path\n", DOCKERFILE_NO },
		{ "#!/bin/sh\nset -e\nrun x\n", DOCKERFILE_NO },
		{ "package main\n", DOCKERFILE_NO },
		{ "Run the tests like this:\n", DOCKERFILE_NO },
		{ "{\n \"a\": 1\n}\n", DOCKERFILE_NO },
		{ "version: 1\n", DOCKERFILE_NO },
		{ "From now on we build it otherwise.\n", DOCKERFILE_NO },
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (lint_text_dockerfile(str_of(rows[i].text)) != rows[i].want)
			fail_msg("%s", rows[i].text);
}

TESTS_MAIN(unit(text_kind, binary), unit(text_kind, first_instruction))

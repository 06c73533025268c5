/* SPDX-License-Identifier: Apache-2.0 */
/* lint/text/text_kind.h - is this text at all, and is it a Dockerfile's?
 *
 * Both look at the first bytes alone and make no guess where they cannot be
 * sure: what is not clearly something else is read as a Dockerfile. */
#pragma once
#include "base/str.h"

enum { TEXT_KIND_BYTES = 8192 };

enum text_kind { TEXT_PLAIN, TEXT_UTF16, TEXT_BINARY };

enum text_kind lint_text_kind(struct str text);

enum text_dockerfile {
	DOCKERFILE_NO,	   /* prose, a program, something else */
	DOCKERFILE_MAYBE,  /* it says nothing: empty, comments alone */
	DOCKERFILE_BEGINS, /* an instruction other than FROM and ARG first */
	DOCKERFILE_YES,	   /* FROM or ARG first */
};

/* By its first instruction: comments, blank lines and the lines of a template
 * language are passed over. "from x import y" is none of FROM's forms. */
enum text_dockerfile lint_text_dockerfile(struct str text);

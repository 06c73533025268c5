/* SPDX-License-Identifier: Apache-2.0 */
/* lint/testlint.h - a Dockerfile and what is found in it, in one line of a
 * test. */
#pragma once
#include "base/test.h"
#include "lint/lint.h"

/* Only these rules (names with commas; NULL: those that are on), no context.
 * want has a line for each finding: "LINE:COLUMN RULE: MESSAGE\n". */
void assert_lint(const char *rules, const char *dockerfile, const char *want);
/* The same with more said; in->text and in->choice are set by it. */
void assert_lint_with(struct lint_input in, const char *rules,
		      const char *dockerfile, const char *want);
/* "LINE RULE\n" each: for tests that are not about the words. */
void assert_lint_lines(const char *rules, const char *dockerfile,
		       const char *want);

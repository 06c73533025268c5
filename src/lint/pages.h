/* SPDX-License-Identifier: Apache-2.0 */
/* lint/pages.h - the pages of docs/lint, in the program.
 *
 * tools/embed-pages makes pages.c of them while pare is built: whoever has
 * pare has its pages. They are Markdown: a title, a paragraph, sections. */
#pragma once
#include "base/str.h"

struct lint_page {
	const char *id; /* NULL behind the last */
	const char *text;
};

extern const struct lint_page lint_all_pages[];

/* By the rule's id or its other name, in any case; empty: there is none. */
struct str lint_page(struct str name);

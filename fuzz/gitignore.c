/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a .gitignore, asked about names that it may well mean. */
#include <stdlib.h>

#include "fuzz.h"
#include "lint/discover/gitignore.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const paths[] = { "a",  "a/b", "a/b/c.d",   "x y",
					     "\\", "[a]", "Dockerfile" };
	scoped(arena_done) struct arena a = { 0 };
	struct err err = { 0 };
	struct gitignore g;
	struct str text = { (const char *)data, size };
	if (lint_gitignore_parse(text, &a, &g, &err) < 0) {
		if (!err.code || !err.text[0])
			abort();
		return 0;
	}
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		for (int dir = 0; dir < 2; dir++)
			(void)lint_gitignore_ask(&g, str_of(paths[i]), dir);
	return 0;
}

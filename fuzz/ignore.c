/* SPDX-License-Identifier: Apache-2.0 */
/* An ignore file up to the first NUL, a path behind it. What is skipped below
 * a directory is excluded. */
#include <stdlib.h>

#include "ignore/ignore.h"
#include "fuzz.h"

static void try_path(const struct ignore *ig, struct str path)
{
	bool skipped = false;
	for (size_t n = 0; n < path.n; n++) {
		struct err err = { 0 };
		struct ignore_result r;
		n += str_find(str_from(path, n), '/');
		if (ignore_path(ig, (struct str){ path.p, n }, &r, &err) < 0)
			abort();
		if (skipped && !r.excluded)
			abort();
		if (r.pattern != SIZE_MAX && r.pattern >= ig->n)
			abort();
		skipped |= r.skip_below;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = { 0 };
	struct str text = { (const char *)data, size };
	struct str file = text, path = STR("a/b.c/d");
	scoped(ignore_done) struct ignore ig = { 0 };
	str_cut(text, 0, &file, &path);
	if (ignore_parse(file, &ig, &err) < 0)
		return 0;
	for (size_t i = 0; i < ig.n; i++)
		if (span_end(ig.patterns[i].at) > file.n)
			abort();
	try_path(&ig, path);
	try_path(&ig, STR("a/b.c/d"));
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a compose file: builds have a name and a context. */
#include <stdlib.h>

#include "fuzz.h"
#include "lint/discover/compose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped(arena_done) struct arena a = { 0 };
	struct err err = { 0 };
	struct compose_build *v;
	size_t n;
	struct str text = { (const char *)data, size };
	if (lint_compose_builds(text, &a, &v, &n, &err) < 0) {
		if (!err.code || !err.text[0])
			abort();
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		if (!v[i].service.p || !v[i].context.p || !v[i].dockerfile.p)
			abort();
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The first byte picks how, the rest is expanded. */
#include <stdlib.h>

#include "dockerfile/expand.h"
#include "fuzz.h"

static bool get(void *self, struct str name, struct str *value)
{
	(void)self;
	*value = STR("/a b/$1.tar.gz");
	return name.n == 1 && name.p[0] != 'u';
}

static void seen(void *self, struct str name, struct span at, bool set)
{
	size_t *n = self;
	(void)set;
	if (at.at > *n || at.n > *n - at.at || at.n != name.n)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = { 0 };
	struct expand_word *words;
	size_t n = 0;
	if (size == 0)
		return 0;
	struct str text = { (const char *)data + 1, size - 1 };
	struct expand x = { .escape = data[0] & 16 ? '`' : '\\',
			    .how = data[0] & 15,
			    .get = get,
			    .seen = seen,
			    .self = &text.n };
	scoped(buf_done) struct buf out = BUF_INIT(EXPAND_MAX);
	scoped(arena_done) struct arena a = { 0 };
	int r = dockerfile_expand_text(&x, text, &out, &err);
	err_clear(&err);
	if ((dockerfile_expand_words(&x, text, &a, &words, &n, &err) < 0) !=
	    (r < 0))
		abort();
	for (size_t i = 0; i < n; i++)
		if (span_end(words[i].at) > text.n)
			abort();
	return 0;
}

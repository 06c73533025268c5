/* SPDX-License-Identifier: Apache-2.0 */
#include "work/testwork.h"

#include <stdio.h>

#include "base/test.h" /* last: cmocka defines skip */

static void hear(void *self, enum work_level level, const char *text)
{
	struct testwork *t = self;
	size_t n = strlen(t->notes);
	const char *kind = level == WORK_DETAIL ? "detail" : "note";
	int more = snprintf(t->notes + n, sizeof t->notes - n, "%s: %s\n", kind,
			    text);
	assert_true(more > 0 && (size_t)more < sizeof t->notes - n);
}

struct work_events testwork_events(struct testwork *t)
{
	return (struct work_events){ .note = hear, .self = t };
}

void testwork_open(struct testwork *t, const char *platform)
{
	struct work_options opt = { .limits = &limits_default,
				    .platform = platform,
				    .threads = 1,
				    .no_cache = true,
				    .events = testwork_events(t) };
	t->notes[0] = '\0';
	work_session_open(&opt, &t->s);
}

void testwork_done(struct testwork *t)
{
	work_session_close(&t->s);
}

void testwork_write(const char *name, const char *text)
{
	FILE *f = fopen(name, "we");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

uint64_t testwork_stored(const struct loaded_image *li)
{
	struct err err = { 0 };
	struct tree_totals sum;
	assert_ok(tree_sum(li->tree, 0, &sum, &err), &err);
	return sum.stored;
}

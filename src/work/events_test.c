/* SPDX-License-Identifier: Apache-2.0 */
#include "work/events.h"

#include <string.h>

#include "codec/codec.h"
#include "work/testwork.h"
#include "base/test.h" /* last: cmocka defines skip */

TEST(events, notes_come_in_order_with_their_level)
{
	(void)state;
	struct testwork t = { 0 };
	struct work_events e = testwork_events(&t);
	work_note(&e, WORK_NOTE, "%s is %d", "one", 1);
	work_note(&e, WORK_DETAIL, "no %% is read again");
	assert_string_equal(t.notes,
			    "note: one is 1\ndetail: no % is read again\n");
}

static void measure(void *self, enum work_level level, const char *text)
{
	(void)level;
	*(size_t *)self = strlen(text);
}

/* A note may hold the name of a file, and an archive sets its length. */
TEST(events, a_note_of_any_length)
{
	(void)state;
	static char name[100000];
	size_t n = 0;
	const struct work_events e = { .note = measure, .self = &n };
	memset(name, 'x', sizeof name - 1);
	work_note(&e, WORK_NOTE, "%s: gone", name);
	assert_int_equal(n, sizeof name - 1 + strlen(": gone"));
}

struct told {
	uint64_t bytes;
	const struct codec_spec *spec;
};

static void hear_slow(void *self, uint64_t bytes, const struct codec_spec *spec)
{
	*(struct told *)self = (struct told){ bytes, spec };
}

TEST(events, slow_work_names_bytes_and_encoding)
{
	(void)state;
	struct told told = { 0 };
	const struct codec_spec spec = { 0 };
	const struct work_events e = { .slow = hear_slow, .self = &told };
	work_slow(&e, 1ull << 40, &spec);
	assert_true(told.bytes == 1ull << 40);
	assert_ptr_equal(told.spec, &spec);
}

/* A server may leave any of them out. */
TEST(events, nobody_has_to_listen)
{
	(void)state;
	const struct work_events nobody = { 0 };
	const struct codec_spec spec = { 0 };
	work_note(&nobody, WORK_NOTE, "%s", "x");
	work_slow(&nobody, 1, &spec);
}

TESTS_MAIN(unit(events, notes_come_in_order_with_their_level),
	   unit(events, a_note_of_any_length),
	   unit(events, slow_work_names_bytes_and_encoding),
	   unit(events, nobody_has_to_listen))

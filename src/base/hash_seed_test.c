/* SPDX-License-Identifier: Apache-2.0 */
#include "base/hash_seed.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/macros.h"
#include "base/test.h" /* last: cmocka defines skip */

enum { KEYS = 20000, SLOTS_LOG = 15 };

/* Slots that a row of keys begins at, of 2^15: by chance 14,970. A row of numbers
 * may fall more evenly or less, and never onto a few slots. */
static unsigned slots_taken(uint64_t first, uint64_t step)
{
	static bool taken[1 << SLOTS_LOG];
	unsigned n = 0;
	memset(taken, 0, sizeof taken);
	for (uint64_t i = 0; i < KEYS; i++) {
		bool *slot = &taken[hash_number(first + i * step) >>
				    (64 - SLOTS_LOG)];
		n += !*slot;
		*slot = true;
	}
	return n;
}

TEST(hash_seed, scatters_what_was_chosen)
{
	static const uint64_t seeds[] = { 0, 1, UINT64_MAX,
					  0x1234567890abcdef };
	(void)state;
	const uint64_t drawn = hash_seed;
	for (size_t i = 0; i < ARRAY_LEN(seeds); i++) {
		hash_seed_set(seeds[i]);
		/* Neighbours; the same low 20 bits; the same high 32 bits as
		 * the first bytes of a digest; what golden-ratio hashing sends
		 * to one slot (the inverse of the ratio, again and again). */
		assert_in_range(slots_taken(0, 1), 8000, KEYS);
		assert_in_range(slots_taken(77, 1 << 20), 8000, KEYS);
		assert_in_range(slots_taken(77, UINT64_C(1) << 40), 8000, KEYS);
		assert_in_range(slots_taken(0, 0xf1de83e19937733d), 8000, KEYS);
	}
	hash_seed_set(drawn);
}

/* Two processes of one program: each draws its own. Forked ones would share
 * theirs, so this program runs itself. */
TEST(hash_seed, is_another_in_every_process)
{
	uint64_t seen[2] = { 0 };
	(void)state;
	for (int i = 0; i < 2; i++) {
		FILE *other = popen("/proc/$PPID/exe --tell", "r");
		assert_non_null(other);
		assert_int_equal(fread(&seen[i], sizeof seen[i], 1, other), 1);
		assert_int_equal(pclose(other), 0);
	}
	assert_int_not_equal(seen[0], 0);
	assert_int_not_equal(seen[0], seen[1]);
	assert_int_not_equal(seen[0], hash_seed);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		unit(hash_seed, scatters_what_was_chosen),
		unit(hash_seed, is_another_in_every_process),
	};
	(void)argv;
	if (argc > 1)
		return fwrite(&hash_seed, sizeof hash_seed, 1, stdout) != 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}

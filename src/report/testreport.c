/* SPDX-License-Identifier: Apache-2.0 */
#include "report/testreport.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/test.h"

enum { FIXTURE_MAX = 1 << 20 };

void testreport_expect(const char *dir, const char *name, const char *format,
		       const struct buf *got)
{
	char path[1024];
	bool write = getenv("REPORT_WRITE") != NULL;
	snprintf(path, sizeof path, "%s/%s.%s", dir, name, format);
	FILE *f = fopen(path, write ? "w" : "r");
	if (!f)
		fail_msg("%s is not there", path);
	if (write) {
		assert_int_equal(fwrite(got->p, 1, got->n, f), got->n);
		assert_int_equal(fclose(f), 0);
		return;
	}
	char *want = calloc(1, FIXTURE_MAX);
	assert_non_null(want);
	size_t n = fread(want, 1, FIXTURE_MAX - 1, f);
	assert_int_equal(fclose(f), 0);
	if (n != got->n || memcmp(got->p, want, n) != 0)
		fail_msg("%s is not what came out:\n%.*s", path, (int)got->n,
			 got->p);
	free(want);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/list.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

struct list_type report_list_type(const struct tree_entry *e)
{
	static const struct list_type types[] = {
		[TAR_FILE] = { "file", '-' },
		[TAR_SYMLINK] = { "symlink", 'l' },
		[TAR_CHAR] = { "char", 'c' },
		[TAR_BLOCK] = { "block", 'b' },
		[TAR_DIR] = { "dir", 'd' },
		[TAR_FIFO] = { "fifo", 'p' },
	};
	if (e->type >= ARRAY_LEN(types) || !types[e->type].name)
		return (struct list_type){ "other", '?' };
	return types[e->type];
}

/* A layer may claim any time; years that gmtime has no room for are told in
 * seconds. */
struct list_time report_list_time(struct instant t)
{
	struct list_time r = { { 0 } };
	time_t s = t.s;
	struct tm tm;
	if (!gmtime_r(&s, &tm) || tm.tm_year < -1900 || tm.tm_year > 8099) {
		snprintf(r.text, sizeof r.text, "@%" PRId64, t.s);
		return r;
	}
	size_t n = (size_t)snprintf(
		r.text, sizeof r.text, "%04d-%02d-%02dT%02d:%02d:%02d",
		tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		tm.tm_min, tm.tm_sec);
	if (t.ns)
		n += (size_t)snprintf(r.text + n, sizeof r.text - n, ".%09u",
				      t.ns);
	snprintf(r.text + n, sizeof r.text - n, "Z");
	return r;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/instant.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct instant_parts instant_parts(struct instant t)
{
	if (t.s >= 0)
		return (struct instant_parts){ false, (uint64_t)t.s, t.ns };
	if (t.ns == 0)
		return (struct instant_parts){ true, -(uint64_t)t.s, 0 };
	return (struct instant_parts){ true, -(uint64_t)t.s - 1,
				       INSTANT_NS - t.ns };
}

bool instant_of(struct instant_parts p, struct instant *out)
{
	const uint64_t least = (uint64_t)INT64_MAX + 1;
	if (p.s > (p.negative && p.ns == 0 ? least : INT64_MAX))
		return false;
	if (!p.negative)
		*out = (struct instant){ (int64_t)p.s, p.ns };
	else if (p.ns == 0)
		*out = (struct instant){ (int64_t)-p.s, 0 };
	else
		*out = (struct instant){ (int64_t)-p.s - 1, INSTANT_NS - p.ns };
	return true;
}

/* Digits that end at `end`, at least so many; returns where they begin. */
static char *put_digits(char *end, uint64_t v, int least)
{
	for (; v || least > 0; v /= 10, least--)
		*--end = (char)('0' + v % 10);
	return end;
}

/* No printf: a tree digest takes one of every inode. */
struct instant_text instant_in_ns(struct instant t)
{
	struct instant_parts p = instant_parts(t);
	struct instant_text out;
	char digits[sizeof out.text], *end = digits + sizeof digits;
	char *at = put_digits(end, p.ns, p.s ? 9 : 1);
	at = put_digits(at, p.s, 0);
	if (p.negative)
		*--at = '-';
	size_t n = (size_t)(end - at);
	memcpy(out.text, at, n);
	out.text[n] = 0;
	return out;
}

struct instant_text instant_in_s(struct instant t)
{
	struct instant_parts p = instant_parts(t);
	struct instant_text out;
	int digits = 9;
	int n = snprintf(out.text, sizeof out.text, "%s%" PRIu64,
			 p.negative ? "-" : "", p.s);
	if (p.ns == 0)
		return out;
	while (p.ns % 10 == 0) {
		p.ns /= 10;
		digits--;
	}
	snprintf(out.text + n, sizeof out.text - (size_t)n, ".%0*" PRIu32,
		 digits, p.ns);
	return out;
}

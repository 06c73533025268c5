/* SPDX-License-Identifier: Apache-2.0 */
/* base/instant.h - a point in time to the nanosecond, in any year that 64 bits
 * of seconds reach.
 *
 * Nanoseconds count forward from the second below: half a second before 1970
 * is { -1, 500000000 }. Written with a sign it is "-0.5": struct instant_parts.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum { INSTANT_NS = 1000000000 }; /* in a second */

struct instant {
	int64_t s;   /* since 1970-01-01T00:00:00Z */
	uint32_t ns; /* below INSTANT_NS */
};

static inline bool instant_eq(struct instant a, struct instant b)
{
	return a.s == b.s && a.ns == b.ns;
}

/* A sign, then how far it is from 1970. */
struct instant_parts {
	bool negative;
	uint64_t s;
	uint32_t ns; /* below INSTANT_NS */
};
struct instant_parts instant_parts(struct instant t);
/* False: further away than an instant can be. */
bool instant_of(struct instant_parts p, struct instant *out);

struct instant_text {
	char text[32];
};
/* Whole nanoseconds since 1970, in decimal. */
struct instant_text instant_in_ns(struct instant t);
/* Seconds since 1970, with as many digits behind the point as they need. */
struct instant_text instant_in_s(struct instant t);

/* SPDX-License-Identifier: Apache-2.0 */
/* base/macros.h - the few attribute macros of the house. */
#pragma once

/* Releases a variable when its scope ends: scoped(buf_done) struct buf b = ...;
 * The release function takes the variable's address, accepts an empty one,
 * leaves it empty and keeps errno. */
#define scoped(release) __attribute__((cleanup(release)))

#define must_check __attribute__((warn_unused_result))
#define printf_like(fmt, args) __attribute__((format(printf, fmt, args)))

/* Hands a scoped pointer over: returns it and leaves NULL behind. */
#define take(pp)                                        \
	({                                              \
		__typeof__(pp) take_pp = (pp);          \
		__typeof__(*take_pp) take_p = *take_pp; \
		*take_pp = NULL;                        \
		take_p;                                 \
	})

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define MIN(a, b)                              \
	({                                     \
		__typeof__(a) min_a = (a);     \
		__typeof__(b) min_b = (b);     \
		min_a < min_b ? min_a : min_b; \
	})
#define MAX(a, b)                              \
	({                                     \
		__typeof__(a) max_a = (a);     \
		__typeof__(b) max_b = (b);     \
		max_a > max_b ? max_a : max_b; \
	})

#define container_of(ptr, type, member) \
	((type *)(void *)((char *)(ptr)-offsetof(type, member)))

/* SPDX-License-Identifier: Apache-2.0 */
/* base/span.h - where something stands in a file.
 *
 * A span is a byte offset and a length; lines and columns are derived. An
 * empty span is a place between two bytes. */
#pragma once
#include <stdint.h>

#include "base/str.h"

struct span {
	uint32_t at, n;
};

/* Both from 1; columns count bytes. A byte order mark takes its three. */
struct text_pos {
	uint32_t line, column;
};

static inline uint32_t span_end(struct span s)
{
	return s.at + s.n;
}

static inline struct span span_of(uint32_t from, uint32_t to)
{
	return (struct span){ from, to - from };
}

/* Borrowed from the text that the span was made for. */
static inline struct str span_str(struct str text, struct span s)
{
	return (struct str){ text.p + s.at, s.n };
}

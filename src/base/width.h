/* SPDX-License-Identifier: Apache-2.0 */
/* base/width.h - how many columns of a terminal text takes.
 *
 * As wcwidth(3) has it, without a locale: ideographs and most emoji take two
 * columns, combining marks none, all else one. Text is what buf_shown made, so
 * it has no control characters. */
#pragma once
#include "base/str.h"

size_t width_of_str(struct str s);
/* Bytes of the longest beginning that takes at most this many columns; marks
 * stay with their letter. */
size_t width_fit(struct str s, size_t columns);
/* Where the longest end begins that takes at most this many columns. */
size_t width_fit_end(struct str s, size_t columns);

/* SPDX-License-Identifier: Apache-2.0 */
/* report/human.h - numbers for people. */
#pragma once
#include <stdint.h>

#include "base/str.h"

struct human {
	char text[40];
};
/* "0 B", "999 B", "1.2 kB", "340.1 MB", "9.4 GB": powers of 1000, one digit
 * behind the point. */
struct human report_human_bytes(uint64_t n);
/* "26,732". */
struct human report_human_count(uint64_t n);
/* "69.3 %" of whole; "100.0 %" of 0. */
struct human report_human_part(uint64_t part, uint64_t whole);
/* "62.7 % smaller", "3.1 % larger", "12 B smaller" where a tenth of a percent
 * says nothing, "the same size". */
struct human report_human_change(uint64_t before, uint64_t after);
/* An instruction on one line: "/bin/sh -c #(nop) " and "RUN |1 A=b" prefixes
 * gone, runs of blanks one blank, its own characters (buf_shown). */
must_check int report_human_instruction(struct buf *b, struct str created_by,
					struct err *err);
/* "1 layer", "26,732 layers". */
struct counted {
	char text[64];
};
struct counted report_human_things(uint64_t n, const char *one,
				   const char *many);

/* SPDX-License-Identifier: Apache-2.0 */
/* dockerfile/csv.h - one line of comma-separated values (RFC 4180), as
 * encoding/csv of Go reads it: a quote may only stand around a whole field, and
 * within it two of them are one. */
#pragma once
#include "base/str.h"

/* The field of text from *pos on, without its quotes: in room, which has as
 * many bytes as are left of text; *from is where its inside begins in text, and
 * *pos is then behind its comma (text.n + 1: it was the last). 1; 0: a quote
 * stands wrong. */
int dockerfile_csv_field(struct str text, size_t *pos, char *room,
			 struct str *field, size_t *from);

/* SPDX-License-Identifier: Apache-2.0 */
/* json/scan.h - steps over a JSON text without recursion and without memory.
 *
 * Safe on any bytes, exact on texts that jansson accepts: it looks at
 * brackets, strings and separators only and leaves the grammar to jansson. */
#pragma once
#include "base/str.h"

/* Bytes [start, end) of the text. */
struct json_span {
	size_t start, end;
};

enum json_mark {
	JSON_MARK_BROKEN = 0, /* a string that never ends */
	JSON_MARK_STRING = '"',
	JSON_MARK_PLAIN = 'a', /* a number, true, false, null, or rubbish */
			       /* else the byte itself: { } [ ] : , */
};

struct json_token {
	char kind; /* enum json_mark, or one of {}[]:, */
	struct json_span at;
};

/* The next token at or behind *at, which moves past it; false at the end. */
bool json_scan(struct str text, size_t *at, struct json_token *out);
/* The next value; false when there is none or it never ends. */
bool json_scan_value(struct str text, size_t *at, struct json_span *out);
/* The text between the quotes of a string token. */
struct str json_token_inside(struct str text, struct json_token t);

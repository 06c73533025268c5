/* SPDX-License-Identifier: Apache-2.0 */
#include "json/scan.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_mark(char c)
{
	switch (c) {
	case '{':
	case '}':
	case '[':
	case ']':
	case ':':
	case ',':
		return true;
	default:
		return false;
	}
}

/* start is behind the opening quote. Position behind the closing one, or 0. */
static size_t string_end(struct str text, size_t start)
{
	for (size_t i = start; i < text.n; i++) {
		if (text.p[i] == '"')
			return i + 1;
		if (text.p[i] == '\\')
			i++;
	}
	return 0;
}

static size_t plain_end(struct str text, size_t start)
{
	size_t i = start;
	while (i < text.n && !is_space(text.p[i]) && !is_mark(text.p[i]) &&
	       text.p[i] != '"')
		i++;
	return i;
}

bool json_scan(struct str text, size_t *at, struct json_token *out)
{
	size_t i = *at;
	while (i < text.n && is_space(text.p[i]))
		i++;
	*at = i;
	if (i >= text.n)
		return false;
	size_t end = i + 1;
	char kind = text.p[i];
	if (kind == '"') {
		end = string_end(text, i + 1);
		if (end == 0) {
			kind = JSON_MARK_BROKEN;
			end = text.n;
		}
	} else if (!is_mark(kind)) {
		kind = JSON_MARK_PLAIN;
		end = plain_end(text, i);
	}
	*out = (struct json_token){ kind, { i, end } };
	*at = end;
	return true;
}

bool json_scan_value(struct str text, size_t *at, struct json_span *out)
{
	struct json_token t;
	if (!json_scan(text, at, &t))
		return false;
	*out = t.at;
	if (t.kind == JSON_MARK_STRING || t.kind == JSON_MARK_PLAIN)
		return true;
	if (t.kind != '{' && t.kind != '[')
		return false;
	/* Which bracket closes which was jansson's to check. */
	for (size_t open = 1; open > 0;) {
		if (!json_scan(text, at, &t) || t.kind == JSON_MARK_BROKEN)
			return false;
		if (t.kind == '{' || t.kind == '[')
			open++;
		else if (t.kind == '}' || t.kind == ']')
			open--;
	}
	out->end = t.at.end;
	return true;
}

struct str json_token_inside(struct str text, struct json_token t)
{
	return (struct str){ text.p + t.at.start + 1,
			     t.at.end - t.at.start - 2 };
}

/* SPDX-License-Identifier: Apache-2.0 */
/* One field of RFC 4180 with Go's strictness (encoding/csv, LazyQuotes off): a
 * quote may open a field and nothing else, two quotes within quotes are one,
 * and behind the closing one stands a comma or the end.
 *
 *	type=bind,"src=a,b",ro		three fields, the second is src=a,b
 *	type=bind,src="a"		wrong: a quote within a plain field */
#include "dockerfile/csv.h"

int dockerfile_csv_field(struct str text, size_t *pos, char *room,
			 struct str *field, size_t *from)
{
	size_t at = *pos, n = 0;
	bool quoted = at < text.n && text.p[at] == '"';
	*from = at + quoted;
	for (at += quoted; at < text.n; at++) {
		char c = text.p[at];
		if (quoted && c == '"') {
			if (at + 1 == text.n || text.p[at + 1] != '"')
				break;
			at++;
		} else if (!quoted && c == ',') {
			break;
		} else if (!quoted && c == '"') {
			return 0;
		}
		room[n++] = c;
	}
	if (quoted && at++ == text.n)
		return 0;
	if (at < text.n && text.p[at] != ',')
		return 0;
	*field = (struct str){ room, n };
	*pos = at + 1;
	return 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What every step of the reader needs: lines, and a place to complain.
 *
 * Below all other files of the reader: it uses none of them. */
#include <stdarg.h>
#include <stdio.h>

#include "dockerfile/internal.h"

const char DF_RULE_SYNTAX[] = "PARE-SYNTAX";

void dockerfile_report(struct reader *r, struct span at, const char *message)
{
	struct diag d = { DF_RULE_SYNTAX, SEV_ERROR, at, message };
	if (r->sink && r->sink->push)
		r->sink->push(r->sink->self, &d);
}

/* The first error of an instruction alone: the next ones mostly follow from it.
 */
void dockerfile_bad(struct reader *r, struct df_instr *in, struct span at,
		    const char *fmt, ...)
{
	char text[400];
	va_list ap;
	if (in->bad)
		return;
	in->bad = true;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	dockerfile_report(r, at, text);
}

int dockerfile_too_many(const struct reader *r, uint32_t at, int most,
			const char *what)
{
	unsigned line = 1;
	for (uint32_t i = 0; i < at; i++)
		line += r->df->text.p[i] == '\n';
	return err_set(r->err, ERR_LIMIT, "line %u: more than %d %s", line,
		       most, what);
}

struct str dockerfile_line_str(const struct reader *r, struct line l)
{
	return span_str(r->df->text, span_of(l.from, l.to));
}

/* A line ends at a line feed; carriage returns in front of it are part of the
 * line end, not of the line. One that is too long is told of and read all the
 * same: BuildKit's scanner would stop there. */
bool dockerfile_next_line(struct reader *r, struct line *out)
{
	struct str text = r->df->text;
	if (r->at >= text.n)
		return false;
	struct str rest = str_from(text, r->at);
	size_t nl = str_find(rest, '\n');
	size_t end = r->at + nl;
	out->from = r->at;
	out->next = (uint32_t)MIN(end + 1, text.n);
	if (nl > DF_LINE_MAX)
		dockerfile_report(r, span_of(r->at, (uint32_t)end),
				  "a line is longer than 65535 bytes");
	while (end > r->at && text.p[end - 1] == '\r')
		end--;
	out->to = (uint32_t)end;
	r->at = out->next;
	return true;
}

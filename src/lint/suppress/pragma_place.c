/* SPDX-License-Identifier: Apache-2.0 */
/* Which part of the file a pragma holds for. */
#include "base/chars.h"
#include "lint/internal.h"

/* The first instruction behind the place; NULL at the end. */
static const struct df_instr *next_instr(const struct lint_file *f, uint32_t at)
{
	size_t from = 0, to = f->df->n_instrs;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (f->df->instrs[mid]->at.at < at)
			from = mid + 1;
		else
			to = mid;
	}
	return from < f->df->n_instrs ? f->df->instrs[from] : NULL;
}

/* From the FROM of the stage that the place is in, or that begins right
 * below it, to the next one. */
static struct span stage_at(const struct lint_file *f, uint32_t at)
{
	const struct df_instr *next = next_instr(f, at);
	uint32_t from = 0, to = (uint32_t)f->df->text.n;
	bool below = next && next->kind == DF_FROM;
	for (uint32_t i = 0; i < f->graph->n; i++) {
		const struct df_instr *in = f->graph->stages[i].from;
		if (!in)
			continue;
		if (in->at.at < at || (below && in == next)) {
			from = in->at.at;
		} else {
			to = in->at.at;
			break;
		}
	}
	return span_of(from, to);
}

/* The line behind a comment inside an instruction, more comments and blank
 * lines left out. */
static struct span next_line(const struct lint_file *f, uint32_t at)
{
	struct str text = f->df->text;
	uint32_t from = at;
	for (;;) {
		from += (uint32_t)str_find(str_from(text, from), '\n');
		if (from >= text.n)
			return span_of((uint32_t)text.n, (uint32_t)text.n);
		struct str rest = str_from(text, ++from);
		rest.n = str_find(rest, '\n');
		size_t lead = 0;
		while (lead < rest.n && is_blank(rest.p[lead]))
			lead++;
		if (lead < rest.n && rest.p[lead] != '#')
			return span_of(from, from + (uint32_t)rest.n);
	}
}

struct span lint_pragma_place(const struct lint_file *f,
			      enum lint_pragma_kind kind, struct span at,
			      bool inside)
{
	uint32_t end = span_end(at);
	struct span s;
	switch (kind) {
	case PRAGMA_HADOLINT_STAGE:
		s = stage_at(f, end);
		return span_of(MAX(s.at, end), MAX(span_end(s), end));
	case PRAGMA_PARE_STAGE:
		return stage_at(f, end);
	case PRAGMA_HADOLINT_GLOBAL:
	case PRAGMA_PARE_FILE:
	case PRAGMA_CHECK_FILE:
		return span_of(0, (uint32_t)f->df->text.n);
	default:
		break;
	}
	if (inside)
		return next_line(f, end);
	const struct df_instr *in = next_instr(f, end);
	return in ? span_of(end, span_end(in->at)) : span_of(end, end);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/suppress/fingerprint.h"

#include "base/digest.h"
#include "dockerfile/dockerfile.h"

/* Instructions of the text, in its order; none for one that is too large. */
struct pages {
	const struct finding_list *r;
	struct dockerfile df;
};

static void pages_done(struct pages *p)
{
	dockerfile_done(&p->df);
}

static int read_pages(struct pages *p, struct err *err)
{
	if (dockerfile_parse(p->r->text, &(struct diag_sink){ 0 }, &p->df,
			     err) == 0)
		return 0;
	if (err->code != ERR_LIMIT)
		return -1;
	err_clear(err);
	return 0;
}

/* The last instruction that begins at or before the offset, when it reaches
 * there; NULL. */
static const struct df_instr *instruction_at(const struct dockerfile *df,
					     uint32_t at)
{
	size_t low = 0, high = df->n_instrs;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (df->instrs[mid]->at.at <= at)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == 0 || span_end(df->instrs[low - 1]->at) < at)
		return NULL;
	return df->instrs[low - 1];
}

static struct str physical_line(const struct finding_list *r, uint32_t line)
{
	if (line == 0 || line > r->n_lines)
		return (struct str){ 0 };
	uint32_t from = r->lines[line - 1];
	size_t to = line < r->n_lines ? r->lines[line] : r->text.n;
	return (struct str){ r->text.p + from, to - from };
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Runs of blanks as one, none at the ends. */
static int add_squeezed(struct buf *to, struct str s, struct err *err)
{
	bool blank = false, any = false;
	for (size_t i = 0; i < s.n; i++) {
		if (is_blank(s.p[i])) {
			blank = true;
			continue;
		}
		if (blank && any && buf_byte(to, ' ', err) < 0)
			return -1;
		blank = false;
		any = true;
		if (buf_byte(to, s.p[i], err) < 0)
			return -1;
	}
	return 0;
}

static int add_line(struct buf *to, const struct finding_list *r,
		    const struct df_instr *in, const struct finding *f,
		    struct err *err)
{
	if (!in)
		return add_squeezed(to, physical_line(r, f->from.line), err);
	if (add_squeezed(to, in->line.text, err) < 0)
		return -1;
	for (size_t i = 0; i < in->n_heredocs; i++)
		if (buf_byte(to, '\n', err) < 0 ||
		    add_squeezed(to, span_str(r->text, in->heredocs[i].body),
				 err) < 0)
			return -1;
	return 0;
}

/* Of all findings; those of one instruction are hashed once.
 *
 * "RUN  a \" and "b" below it is the line "RUN a b", however it is broken: a
 * reformatted file keeps its baseline. */
static int digest_lines(const struct pages *p, struct finding_fingerprint *v,
			struct err *err)
{
	scoped(buf_done) struct buf line = BUF_INIT(SIZE_MAX);
	const struct df_instr *last = NULL;
	for (size_t i = 0; i < p->r->n; i++) {
		const struct finding *f = &p->r->findings[i];
		const struct df_instr *in = instruction_at(&p->df, f->at.at);
		struct digest d;
		if (in && in == last) {
			v[i] = v[i - 1];
			continue;
		}
		last = in;
		buf_reset(&line);
		if (add_line(&line, p->r, in, f, err) < 0 ||
		    digest_of(DIGEST_SHA256, line.p, line.n, &d, err) < 0)
			return -1;
		memcpy(v[i].hex, digest_hex(&d).text, sizeof v[i].hex - 1);
	}
	return 0;
}

int lint_fingerprints(const struct finding_list *r, struct arena *a,
		      struct finding_fingerprint **out, struct err *err)
{
	scoped(pages_done) struct pages p = { .r = r };
	struct finding_fingerprint *v = arena_array(a, r->n, sizeof *v, err);
	if (!v || (r->n && read_pages(&p, err) < 0) ||
	    digest_lines(&p, v, err) < 0 || finding_number(r, a, v, err) < 0)
		return -1;
	*out = v;
	return 0;
}

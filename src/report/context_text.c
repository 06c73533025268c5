/* SPDX-License-Identifier: Apache-2.0 */
#include "report/context.h"
#include "report/human.h"
#include "report/table.h"

enum { DIRS_SHOWN = 10, LINES_SHOWN = 20 };

struct page {
	const struct context *c;
	const struct report_context *p;
	const struct text_style *style;
	struct buf *out;
};

static int heading(const struct page *g, const char *text, struct err *err)
{
	return buf_addf(g->out, err, "\n%s%s%s\n",
			g->style->color ? "\033[1m" : "", text,
			g->style->color ? "\033[0m" : "");
}

static int amount(struct buf *out, struct context_sum s, struct err *err)
{
	return buf_addf(out, err, "%10s %-5s %10s",
			report_human_count(s.files).text,
			plural(s.files, "file", "files"),
			report_human_bytes(s.bytes).text);
}

/* Files and bytes, and whose they are. */
static const struct column amounts[] = {
	{ "", COLUMN_NUMBER, 10, 0 },
	{ "", COLUMN_WORD, 5, 1 },
	{ "", COLUMN_NUMBER, 10, 1 },
	{ "", COLUMN_PATH, 16, 2 },
};

static struct table amounts_table(const struct page *g)
{
	struct table t = TABLE_INIT(amounts, g->style->width);
	t.untitled = true;
	t.whole = g->style->verbose;
	return t;
}

static int add_amount(struct table *t, struct context_sum s, struct err *err)
{
	if (report_table_cell(t, str_of(report_human_count(s.files).text),
			      err) < 0 ||
	    report_table_cell(t, str_of(plural(s.files, "file", "files")),
			      err) < 0)
		return -1;
	return report_table_cell(t, str_of(report_human_bytes(s.bytes).text),
				 err);
}

static int row(const struct page *g, const char *name, struct context_sum s,
	       struct err *err)
{
	if (buf_addf(g->out, err, "%-26s", name) < 0 ||
	    amount(g->out, s, err) < 0)
		return -1;
	return buf_byte(g->out, '\n', err);
}

static int totals(const struct page *g, struct err *err)
{
	const struct context *c = g->c;
	if (row(g, "sent", c->sent, err) < 0)
		return -1;
	if (c->has_dockerfile &&
	    row(g, "sent, never copied", c->unused, err) < 0)
		return -1;
	if (!g->p->ignore_exists)
		return buf_addf(g->out, err,
				"no ignore file: nothing is left out\n");
	if (buf_addf(g->out, err, "%-26s", "left out by") < 0 ||
	    amount(g->out, c->excluded, err) < 0 ||
	    buf_addf(g->out, err, "  ") < 0 ||
	    buf_shown(g->out, g->p->ignore_file, err) < 0)
		return -1;
	return buf_byte(g->out, '\n', err);
}

static int reasons(const struct page *g, struct err *err)
{
	bool any = false;
	for (int r = REASON_NONE + 1; r < REASONS; r++) {
		struct context_sum s = g->c->reasons[r];
		const char *name = catalog_reason_name((enum catalog_reason)r);
		if (s.files == 0)
			continue;
		if (!any && heading(g, "of what is sent", err) < 0)
			return -1;
		any = true;
		if (row(g, name, s, err) < 0)
			return -1;
	}
	return 0;
}

static int add_entry(const struct page *g, struct table *t, uint32_t i,
		     struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(UINT32_MAX);
	if (i == CONTEXT_ROOT)
		return report_table_cell(t, STR("."), err);
	if (context_path(&g->c->tree, CONTEXT_ROOT, i, &path, err) < 0 ||
	    buf_shown(&t->text, buf_str(&path), err) < 0)
		return -1;
	return report_table_cell(t, STR(""), err);
}

static int dirs(const struct page *g, struct err *err)
{
	scoped(report_context_dirs_done) struct context_dirs d = { 0 };
	scoped(report_table_done) struct table t = amounts_table(g);
	if (report_context_dirs(g->c, g->p->depth, &d, err) < 0)
		return -1;
	size_t n = g->style->verbose ? d.n : MIN(d.n, (size_t)DIRS_SHOWN);
	if (n && heading(g, "by directory", err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (add_amount(&t, d.v[i].sum, err) < 0 ||
		    add_entry(g, &t, d.v[i].entry, err) < 0)
			return -1;
	return report_table_put(&t, g->out, err);
}

/* What is wrong with a source, when something is. */
static int source_trouble(const struct page *g,
			  const struct context_copy_result *k, size_t s,
			  struct err *err)
{
	uint32_t at = k->copied.excluded[s];
	enum context_source_state state = k->copied.states[s];
	if (state == SOURCE_FOUND)
		return 0;
	if (buf_addf(g->out, err, "%24s", "") < 0 ||
	    buf_shown(g->out, k->copy.sources[s].written, err) < 0)
		return -1;
	switch (state) {
	case SOURCE_EXCLUDED:
		if (at == CONTEXT_NONE ||
		    g->c->verdicts[at].pattern == CONTEXT_NONE)
			return buf_addf(g->out, err, ": is not sent\n");
		return buf_addf(
			g->out, err,
			": excluded by line %u: the build will fail\n",
			g->c->ig.patterns[g->c->verdicts[at].pattern].line);
	case SOURCE_MISSING:
		return buf_addf(g->out, err,
				": is not there: the build will fail\n");
	case SOURCE_LOOP:
		return buf_addf(g->out, err,
				": links in a circle: the build will fail\n");
	case SOURCE_NOTHING:
		return buf_addf(g->out, err, ": matches nothing\n");
	default:
		return buf_addf(g->out, err, ": hangs on a variable\n");
	}
}

static int copy(const struct page *g, const struct context_copy_result *k,
		struct err *err)
{
	if (amount(g->out, k->copied.sum, err) < 0 ||
	    buf_addf(g->out, err, "  line %u: %s", k->copy.line,
		     report_context_use_name(k->copy.kind)) < 0)
		return -1;
	for (size_t s = 0; s < k->copy.n; s++)
		if (buf_byte(g->out, ' ', err) < 0 ||
		    buf_shown(g->out,
			      k->copy.sources[s].written.n
				      ? k->copy.sources[s].written
				      : STR("."),
			      err) < 0)
			return -1;
	if (buf_addf(g->out, err, "%s%s\n", k->copy.onbuild ? " (ONBUILD)" : "",
		     k->needed ? "" : " (not needed for the target)") < 0)
		return -1;
	for (size_t s = 0; s < k->copy.n; s++)
		if (source_trouble(g, k, s, err) < 0)
			return -1;
	return 0;
}

static int copies(const struct page *g, struct err *err)
{
	if (g->c->n_own && heading(g, "what each instruction takes", err) < 0)
		return -1;
	for (size_t i = 0; i < g->c->n_own; i++)
		if (copy(g, &g->c->copy_results[i], err) < 0)
			return -1;
	return 0;
}

static int additions(const struct page *g, struct err *err)
{
	const struct context_advice *ad = &g->c->advice;
	size_t n = g->style->verbose ? ad->n : MIN(ad->n, (size_t)LINES_SHOWN);
	scoped(report_table_done) struct table t = amounts_table(g);
	for (size_t i = 0; i < n; i++)
		if (add_amount(&t, ad->v[i].saves, err) < 0 ||
		    buf_shown(&t.text, ad->v[i].line, err) < 0 ||
		    report_table_cell(&t, STR(""), err) < 0)
			return -1;
	if (report_table_put(&t, g->out, err) < 0)
		return -1;
	if (n < ad->n &&
	    buf_addf(g->out, err, "and %zu more (-v)\n", ad->n - n) < 0)
		return -1;
	return 0;
}

static int put_found(const struct report_context *p,
		     const struct text_style *style, struct buf *out,
		     struct err *err)
{
	const struct context *c = p->c;
	struct page g = { .c = c, .p = p, .style = style, .out = out };
	if (totals(&g, err) < 0 || reasons(&g, err) < 0 || dirs(&g, err) < 0 ||
	    copies(&g, err) < 0)
		return -1;
	if (c->advice.n == 0)
		return 0;
	if (heading(&g, "lines that --write would add", err) < 0 ||
	    additions(&g, err) < 0)
		return -1;
	return buf_addf(out, err, "saves %s of %s\n",
			report_human_bytes(c->advice.saves.bytes).text,
			report_human_bytes(c->sent.bytes).text);
}

static int put_written(const struct report_context *p, struct buf *out,
		       struct err *err)
{
	const struct context *c = p->c;
	static const struct text_style style = { .verbose = true };
	struct page g = { .c = c, .p = p, .style = &style, .out = out };
	if (buf_shown(out, p->ignore_file, err) < 0)
		return -1;
	if (!p->written)
		return buf_addf(out, err, ": nothing to add\n");
	if (buf_addf(out, err, ": %s %s:\n",
		     p->ignore_exists ? "added" : "made, with",
		     report_human_things(c->advice.n, "line", "lines").text) <
		    0 ||
	    additions(&g, err) < 0)
		return -1;
	return buf_addf(out, err, "saves %s of %s\n",
			report_human_bytes(c->advice.saves.bytes).text,
			report_human_bytes(c->sent.bytes).text);
}

int report_context_text(const struct report_context *p,
			const struct text_style *style, struct buf *out,
			struct err *err)
{
	switch (p->show) {
	case CONTEXT_DIFF:
		return report_context_diff(p, out, err);
	case CONTEXT_WRITTEN:
		return put_written(p, out, err);
	case CONTEXT_FOUND:
		break;
	}
	return put_found(p, style, out, err);
}

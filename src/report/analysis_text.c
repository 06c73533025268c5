/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "report/human.h"
#include "oci/history.h"
#include "report/report.h"
#include "report/table.h"

/* What the text of one image is made from. */
struct page {
	const struct analysis *a;
	const struct tree *t;
	const struct text_style *style;
	struct buf *out;
};

static const char *bold(const struct page *p)
{
	return p->style->color ? "\033[1m" : "";
}

static const char *plain(const struct page *p)
{
	return p->style->color ? "\033[0m" : "";
}

static int put_path(const struct page *p, uint32_t node, struct buf *to,
		    struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
	if (buf_byte(to, '/', err) < 0 || tree_path(p->t, node, &path, err) < 0)
		return -1;
	return buf_shown(to, buf_str(&path), err);
}

static int put_head(const struct page *p, struct err *err)
{
	const struct image *img = p->a->loaded->image;
	scoped(buf_done) struct buf platform = BUF_INIT(4096);
	scoped(buf_done) struct buf name = BUF_INIT(1 << 20);
	if (oci_platform_text(&img->platform, &platform, err) < 0 ||
	    buf_shown(&name, img->name, err) < 0)
		return -1;
	return buf_addf(p->out, err, "%s%.*s%s  %.*s\ntree %s\n\n", bold(p),
			STR_ARG(buf_str(&name)), plain(p),
			STR_ARG(buf_str(&platform)),
			digest_text(&p->a->loaded->digest).text);
}

static int put_amount(const struct page *p, const char *label, uint64_t n,
		      const char *rest, struct err *err)
{
	return buf_addf(p->out, err, "  %-15s %10s%s%s\n", label,
			report_human_bytes(n).text, *rest ? "  " : "", rest);
}

static int put_totals(const struct page *p, struct err *err)
{
	const struct tree_totals *s = &p->a->totals;
	static const char *const kinds[DEAD_KINDS] = {
		[DEAD_OVERWRITTEN] = "  overwritten",
		[DEAD_REMOVED] = "  removed",
		[DEAD_HIDDEN] = "  hidden",
		[DEAD_REPLACED] = "  replaced",
		[DEAD_METADATA] = "  metadata only",
	};
	char rest[160];
	snprintf(rest, sizeof rest, "%s in %s",
		 report_human_things(s->entries, "entry", "entries").text,
		 report_human_things(tree_n_layers(p->t), "layer", "layers")
			 .text);
	if (put_amount(p, "stored", s->stored, rest, err) < 0)
		return -1;
	snprintf(rest, sizeof rest, "%s of stored, %s",
		 report_human_part(s->live, s->stored).text,
		 report_human_things(s->files, "file", "files").text);
	if (put_amount(p, "live", s->live, rest, err) < 0)
		return -1;
	snprintf(rest, sizeof rest, "%s in the base (%s: %s)",
		 report_human_bytes(s->dead_base).text,
		 report_human_things(p->a->n_base, "layer", "layers").text,
		 p->a->base_why);
	if (put_amount(p, "dead", s->dead, p->a->n_base ? rest : "", err) < 0)
		return -1;
	for (int k = 0; k < DEAD_KINDS; k++)
		if (s->by_kind[k] &&
		    put_amount(p, kinds[k], s->by_kind[k], "", err) < 0)
			return -1;
	if (put_amount(p, "duplicate", s->duplicate,
		       "equal files that are live", err) < 0)
		return -1;
	if (s->apparent != s->live && put_amount(p, "apparent", s->apparent,
						 "with the holes of sparse "
						 "files",
						 err) < 0)
		return -1;
	if (s->has_compressed)
		return put_amount(p, "compressed", s->compressed, "on the wire",
				  err);
	return 0;
}

static int add_layer(const struct page *p, uint32_t i, bool wire,
		     struct table *table, struct err *err)
{
	const struct image *img = p->a->loaded->image;
	const struct tree_layer *l = tree_layer(p->t, i);
	const struct oci_history *h = oci_history_of(&img->config, i);
	uint64_t dead = 0;
	for (int k = 0; k < DEAD_KINDS; k++)
		dead += l->dead[k];
	if (report_table_cellf(table, err, "%u", i + 1) < 0 ||
	    report_table_cellf(table, err, "%s",
			       report_human_bytes(l->stored).text) < 0 ||
	    report_table_cellf(table, err, "%s",
			       dead ? report_human_bytes(dead).text : "-") <
		    0 ||
	    (wire &&
	     report_table_cellf(table, err, "%s",
				report_human_bytes(l->blob_size).text) < 0) ||
	    (h &&
	     report_human_instruction(&table->text, h->created_by, err) < 0))
		return -1;
	return report_table_cell(table, STR(""), err);
}

static int put_layers(const struct page *p, struct err *err)
{
	static const struct column raw[] = {
		{ "LAYER", COLUMN_NUMBER, 5, 0 },
		{ "STORED", COLUMN_NUMBER, 10, 1 },
		{ "DEAD", COLUMN_NUMBER, 10, 1 },
		{ "INSTRUCTION", COLUMN_TEXT, 16, 2 },
	};
	static const struct column compressed[] = {
		{ "LAYER", COLUMN_NUMBER, 5, 0 },
		{ "STORED", COLUMN_NUMBER, 10, 1 },
		{ "DEAD", COLUMN_NUMBER, 10, 1 },
		{ "COMPRESSED", COLUMN_NUMBER, 10, 1 },
		{ "INSTRUCTION", COLUMN_TEXT, 16, 2 },
	};
	bool wire = p->a->totals.has_compressed;
	scoped(report_table_done) struct table table =
		TABLE_INIT(raw, p->style->width);
	table.color = p->style->color;
	table.whole = p->style->verbose;
	if (wire) {
		table.columns = compressed;
		table.n_columns = ARRAY_LEN(compressed);
	}
	for (uint32_t i = 0; i < tree_n_layers(p->t); i++)
		if (add_layer(p, i, wire, &table, err) < 0)
			return -1;
	if (buf_byte(p->out, '\n', err) < 0)
		return -1;
	return report_table_put(&table, p->out, err);
}

static int put_costliest(const struct page *p, struct err *err)
{
	static const struct column columns[] = {
		{ "DEAD BYTES", COLUMN_NUMBER, 10, 0 },
		{ "LAYER", COLUMN_NUMBER, 6, 1 },
		{ "BY", COLUMN_NUMBER, 4, 1 },
		{ "KIND", COLUMN_WORD, 13, 2 },
		{ "PATH", COLUMN_PATH, 20, 1 },
	};
	const struct analysis *a = p->a;
	scoped(report_table_done) struct table table =
		TABLE_INIT(columns, p->style->width);
	table.color = p->style->color;
	table.whole = p->style->verbose;
	for (uint32_t i = 0; i < a->n_costliest; i++) {
		const struct dead_copy *d = &a->costliest[i];
		const struct tree_entry *e = tree_entry(p->t, d->inode);
		struct tree_fate f = tree_fate(p->t, e);
		enum dead_kind k = tree_dead_kind((enum tree_loss)f.loss);
		if (report_table_cellf(&table, err, "%s",
				       report_human_bytes(d->bytes).text) < 0 ||
		    report_table_cellf(&table, err, "%u", e->born + 1u) < 0 ||
		    report_table_cellf(&table, err, "%u", f.lost + 1u) < 0 ||
		    report_table_cell(&table, str_of(tree_dead_kind_name[k]),
				      err) < 0 ||
		    put_path(p, e->node, &table.text, err) < 0 ||
		    report_table_cell(&table, STR(""), err) < 0)
			return -1;
	}
	if (a->n_costliest == 0)
		return 0;
	if (buf_byte(p->out, '\n', err) < 0)
		return -1;
	return report_table_put(&table, p->out, err);
}

static int put_finding_paths(const struct page *p, const struct finding *f,
			     struct err *err)
{
	uint32_t shown = p->style->verbose ? f->n_paths : MIN(f->n_paths, 3u);
	for (uint32_t i = 0; i < shown; i++)
		if (buf_str_add(p->out, STR("      /"), err) < 0 ||
		    buf_shown(p->out, f->paths[i], err) < 0 ||
		    buf_byte(p->out, '\n', err) < 0)
			return -1;
	if (f->n_paths_all > shown)
		return buf_addf(
			p->out, err, "      and %s more\n",
			report_human_count(f->n_paths_all - shown).text);
	return 0;
}

static int put_finding(const struct page *p, const struct finding *f,
		       struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(1 << 20);
	size_t width = p->style->verbose ? 0 : p->style->width;
	char where[64], bytes[64] = "";
	snprintf(where, sizeof where, "layer %u", f->layer + 1);
	if (f->removed_in != FINDING_NO_LAYER && f->removed_in != f->layer)
		snprintf(where, sizeof where, "layer %u, by layer %u",
			 f->layer + 1, f->removed_in + 1);
	if (f->bytes)
		snprintf(bytes, sizeof bytes, "  %s",
			 report_human_bytes(f->bytes).text);
	if (buf_addf(&text, err, "%s%s: %.*s", where, bytes,
		     STR_ARG(f->message)) < 0 ||
	    buf_addf(p->out, err, "  %s%s%s  ", bold(p), f->id, plain(p)) < 0 ||
	    report_table_wrap(buf_str(&text), width, strlen(f->id) + 4, 6,
			      p->out, err) < 0 ||
	    buf_byte(p->out, '\n', err) < 0 ||
	    put_finding_paths(p, f, err) < 0 ||
	    buf_str_add(p->out, STR("      -> "), err) < 0 ||
	    report_table_wrap(str_of(f->remedy), width, 9, 9, p->out, err) < 0)
		return -1;
	return buf_byte(p->out, '\n', err);
}

static int put_findings(const struct page *p, struct err *err)
{
	const struct analysis *a = p->a;
	if (a->n_findings == 0)
		return 0;
	if (buf_addf(p->out, err, "\n%sFINDINGS%s\n", bold(p), plain(p)) < 0)
		return -1;
	for (uint32_t i = 0; i < a->n_findings; i++)
		if (put_finding(p, &a->findings[i], err) < 0)
			return -1;
	return 0;
}

static int put_next(const struct page *p, struct err *err)
{
	if (p->a->gain == 0)
		return 0;
	return buf_addf(p->out, err,
			"\n%s can go without a trace: `%.*s` drops them and "
			"proves that the files are the same.\n",
			report_human_bytes(p->a->gain).text,
			STR_ARG(p->a->gain_by));
}

static int put_image(const struct analysis *a, const struct text_style *style,
		     struct buf *out, struct err *err)
{
	struct page p = { a, a->loaded->tree, style, out };
	if (put_head(&p, err) < 0 || put_totals(&p, err) < 0 ||
	    put_layers(&p, err) < 0 || put_costliest(&p, err) < 0 ||
	    put_findings(&p, err) < 0)
		return -1;
	return put_next(&p, err);
}

int report_analysis_text(const struct report_analyses *r,
			 const struct text_style *style, struct buf *out,
			 struct err *err)
{
	for (size_t i = 0; i < r->n; i++)
		if ((i && buf_byte(out, '\n', err) < 0) ||
		    put_image(&r->v[i], style, out, err) < 0)
			return -1;
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Each part of an analysis whole: what --show names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/analysis_page.h"
#include "report/human.h"

/* --- layers ---------------------------------------------------------------- */

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
	if (buf_addf(p->out, err, "tree %s\n\n",
		     digest_text(&p->a->loaded->digest).text) < 0)
		return -1;
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
	const struct tree_layer *l = tree_layer(p->t, i);
	uint64_t dead = tree_layer_dead(l);
	if (report_table_cellf(table, err, "%u", i + 1) < 0 ||
	    report_table_cellf(table, err, "%s",
			       report_human_bytes(l->stored).text) < 0 ||
	    report_table_cellf(table, err, "%s",
			       dead ? report_human_bytes(dead).text : "-") <
		    0 ||
	    (wire &&
	     report_table_cellf(table, err, "%s",
				report_human_bytes(l->blob_size).text) < 0) ||
	    report_page_instruction(p, i, &table->text, err) < 0)
		return -1;
	return report_table_cell(table, STR(""), err);
}

/* The costliest first; equals from the lowest up. */
static int larger(const void *x, const void *y, void *tree)
{
	const uint32_t *a = x, *b = y;
	uint64_t m = tree_layer(tree, *a)->stored;
	uint64_t n = tree_layer(tree, *b)->stored;
	if (m != n)
		return m > n ? -1 : 1;
	return *a < *b ? -1 : *a > *b;
}

static void free_order(uint32_t **v)
{
	free(*v);
}

static int add_layers(const struct page *p, bool wire, struct table *table,
		      struct err *err)
{
	uint32_t n = tree_n_layers(p->t);
	scoped(free_order) uint32_t *order =
		calloc((size_t)n + 1, sizeof *order);
	if (!order)
		return err_nomem(err, n * sizeof *order);
	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	qsort_r(order, n, sizeof *order, larger, (void *)p->t);
	for (size_t i = 0; i < report_page_top(p, n); i++)
		if (add_layer(p, order[i], wire, table, err) < 0)
			return -1;
	return 0;
}

int report_page_layers(const struct page *p, struct err *err)
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
		report_page_table(p, raw, ARRAY_LEN(raw));
	if (wire) {
		table.columns = compressed;
		table.n_columns = ARRAY_LEN(compressed);
	}
	if (put_totals(p, err) < 0 || buf_byte(p->out, '\n', err) < 0 ||
	    add_layers(p, wire, &table, err) < 0)
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
		report_page_table(p, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < report_page_top(p, a->n_costliest); i++) {
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
		    report_page_path(p, e->node, &table.text, err) < 0 ||
		    report_table_cell(&table, STR(""), err) < 0)
			return -1;
	}
	if (a->n_costliest == 0)
		return 0;
	if (report_table_put(&table, p->out, err) < 0)
		return -1;
	return buf_byte(p->out, '\n', err);
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
	    buf_addf(p->out, err, "  %s%s%s  ", report_page_bold(p), f->id,
		     report_page_plain(p)) < 0 ||
	    report_table_wrap(buf_str(&text), width, strlen(f->id) + 4, 6,
			      p->out, err) < 0 ||
	    buf_byte(p->out, '\n', err) < 0 ||
	    put_finding_paths(p, f, err) < 0 ||
	    buf_str_add(p->out, STR("      -> "), err) < 0 ||
	    report_table_wrap(str_of(f->remedy), width, 9, 9, p->out, err) < 0)
		return -1;
	return buf_byte(p->out, '\n', err);
}

int report_page_finding_list(const struct page *p, struct err *err)
{
	const struct analysis *a = p->a;
	if (buf_addf(p->out, err, "%sFINDINGS%s\n", report_page_bold(p),
		     report_page_plain(p)) < 0)
		return -1;
	if (a->n_findings == 0)
		return buf_str_add(p->out, STR("  none\n"), err);
	for (size_t i = 0; i < report_page_top(p, a->n_findings); i++)
		if (put_finding(p, &a->findings[i], err) < 0)
			return -1;
	return 0;
}

int report_page_findings(const struct page *p, struct err *err)
{
	return put_costliest(p, err) < 0 ? -1
					 : report_page_finding_list(p, err);
}

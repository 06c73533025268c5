/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>

#include "report/history.h"
#include "report/human.h"
#include "report/table.h"

enum { N_UNCOMMENTED = 6 };

struct page {
	const struct report_history *r;
	struct table *table;
	bool compressed; /* some layer is stored so */
};

/* "2024-05-01 10:00" of an RFC 3339 time; else the time as it stands. */
static int add_created(const struct page *p, struct str t, struct err *err)
{
	int64_t ns;
	if (p->r->human && oci_time_ns(t, &ns))
		return report_table_cellf(p->table, err, "%.10s %.5s", t.p,
					  t.p + 11);
	if (buf_shown(&p->table->text, t.n ? t : STR("-"), err) < 0)
		return -1;
	return report_table_cell(p->table, STR(""), err);
}

static struct human amount(const struct page *p, bool known, uint64_t n)
{
	struct human h = { "-" };
	if (known && p->r->human)
		return report_human_bytes(n);
	if (known)
		snprintf(h.text, sizeof h.text, "%" PRIu64, n);
	return h;
}

static int add_instruction(const struct page *p, struct str created_by,
			   struct err *err)
{
	struct buf *text = &p->table->text;
	if (created_by.n == 0)
		created_by = STR("-");
	if ((p->r->no_trunc
		     ? buf_shown(text, created_by, err)
		     : report_human_instruction(text, created_by, err)) < 0)
		return -1;
	return report_table_cell(p->table, STR(""), err);
}

static int add_amount(const struct page *p, bool known, uint64_t n,
		      struct err *err)
{
	return report_table_cell(p->table, str_of(amount(p, known, n).text),
				 err);
}

static int add_row(const struct page *p, const struct history_row *r,
		   struct err *err)
{
	static const struct oci_history none;
	const struct oci_history *h = r->entry ? r->entry : &none;
	char layer[16] = "";
	if (r->has_layer)
		snprintf(layer, sizeof layer, "%u", r->layer + 1);
	if (report_table_cell(p->table, str_of(layer), err) < 0 ||
	    add_created(p, h->created, err) < 0 ||
	    add_instruction(p, h->created_by, err) < 0 ||
	    add_amount(p, r->known, r->stored, err) < 0 ||
	    add_amount(p, r->known, r->dead, err) < 0 ||
	    add_amount(p, r->known && p->compressed, r->compressed, err) < 0)
		return -1;
	if (p->table->n_columns == N_UNCOMMENTED)
		return 0;
	if (buf_shown(&p->table->text, h->comment, err) < 0)
		return -1;
	return report_table_cell(p->table, STR(""), err);
}

static bool has_comment(const struct history_rows *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (h->v[i].entry && h->v[i].entry->comment.n)
			return true;
	return false;
}

static int put_image(const struct report_history *r,
		     const struct loaded_image *li,
		     const struct text_style *style, struct buf *out,
		     struct err *err)
{
	static const struct column columns[] = {
		{ "LAYER", COLUMN_NUMBER, 5, 0 },
		{ "CREATED", COLUMN_WORD, 16, 2 },
		{ "CREATED BY", COLUMN_TEXT, 22, 1 },
		{ "STORED", COLUMN_NUMBER, 10, 1 },
		{ "DEAD", COLUMN_NUMBER, 10, 1 },
		{ "COMPRESSED", COLUMN_NUMBER, 10, 1 },
		/* On a line of its own below 100 columns. */
		{ "COMMENT", COLUMN_TEXT, 19, 2 },
	};
	scoped(report_history_rows_done) struct history_rows h = { 0 };
	scoped(report_table_done) struct table table =
		TABLE_INIT(columns, style->width);
	struct page p = { .r = r, .table = &table };
	table.color = style->color;
	table.whole = r->no_trunc;
	if (report_history_rows(li, &h, err) < 0)
		return -1;
	if (style->width && style->width < 100 && !has_comment(&h))
		table.n_columns = N_UNCOMMENTED;
	for (uint32_t i = 0; i < li->n_layers; i++)
		p.compressed |= tree_layer(li->tree, i)->compressed;
	for (size_t i = 0; i < h.n; i++)
		if (add_row(&p, &h.v[i], err) < 0)
			return -1;
	if (report_table_put(&table, out, err) < 0)
		return -1;
	if (h.in_step || li->image->config.n_history == 0)
		return 0;
	return buf_addf(
		out, err,
		"The history is out of step: it does not tell which of "
		"its entries made which of the %s.\n",
		report_human_things(li->n_layers, "layer", "layers").text);
}

int report_history_text(const struct report_history *r,
			const struct text_style *style, struct buf *out,
			struct err *err)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct image *img = r->v[i].image;
		if (r->n > 1 &&
		    ((i && buf_byte(out, '\n', err) < 0) ||
		     oci_platform_text(&img->platform, out, err) < 0 ||
		     buf_byte(out, '\n', err) < 0))
			return -1;
		if (put_image(r, &r->v[i], style, out, err) < 0)
			return -1;
	}
	return 0;
}

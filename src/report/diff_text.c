/* SPDX-License-Identifier: Apache-2.0 */
#include "report/diff.h"

#include "oci/history.h"
#include "report/human.h"
#include "report/table.h"

enum { FILES_SHOWN = 10 };

struct page {
	struct buf *out;
	const struct text_style *style;
};

/* "+ /path", "- /path", "~ /path  mode, mtime". */
static int put_file(void *self, const struct file_change *f, struct err *err)
{
	static const char marks[] = "+-~";
	struct buf *out = ((struct page *)self)->out;
	const char *before = "  ";
	if (buf_addf(out, err, "%c /", marks[f->change]) < 0 ||
	    buf_shown(out, f->path, err) < 0)
		return -1;
	for (enum tree_field i = 0; i < FIELDS; i++) {
		if (!(f->fields & 1u << i))
			continue;
		if (buf_addf(out, err, "%s%s", before, tree_field_name[i]) < 0)
			return -1;
		before = ", ";
	}
	return buf_byte(out, '\n', err);
}

static int put_value(struct buf *out, struct str json, struct err *err)
{
	return json.n ? buf_shown(out, json, err)
		      : buf_str_add(out, STR("(nothing)"), err);
}

static int put_config(void *self, struct str key, struct str a, struct str b,
		      struct err *err)
{
	struct buf *out = ((struct page *)self)->out;
	if (buf_str_add(out, STR("config "), err) < 0 ||
	    buf_shown(out, key, err) < 0 ||
	    buf_str_add(out, STR(": "), err) < 0 ||
	    put_value(out, a, err) < 0 ||
	    buf_str_add(out, STR(" -> "), err) < 0 ||
	    put_value(out, b, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}

static int put_package(void *self, const struct package *a,
		       const struct package *b, struct err *err)
{
	struct buf *out = ((struct page *)self)->out;
	const struct package *p = a ? a : b;
	if (!p)
		return 0;
	if (buf_addf(out, err, "package %.*s:", STR_ARG(p->manager)) < 0 ||
	    buf_shown(out, p->name, err) < 0 ||
	    buf_str_add(out, STR(": "), err) < 0 ||
	    buf_shown(out, a ? a->version : STR("(none)"), err) < 0 ||
	    buf_str_add(out, STR(" -> "), err) < 0 ||
	    buf_shown(out, b ? b->version : STR("(none)"), err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}

static int put_platform(const struct work_diff_pair *v, struct buf *out,
			struct err *err)
{
	if (v->platform.n == 0)
		return 0;
	if (buf_shown(out, v->platform, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}

static int put_changes(const struct work_diff_pair *v,
		       const struct text_style *style, struct buf *out,
		       struct err *err)
{
	struct page p = { out, style };
	struct diff_sink to = { put_file, put_config, &p };
	struct diff_counts n;
	if (put_platform(v, out, err) < 0 ||
	    analyze_diff(v->a, v->b, &to, &n, err) < 0 ||
	    analyze_compare_packages(&v->packages[0], &v->packages[1],
				     put_package, &p, err) < 0)
		return -1;
	return buf_addf(
		out, err,
		"%s added, %s removed, %s changed; %s of the config\n",
		report_human_things(n.files[CHANGE_ADDED], "file", "files")
			.text,
		report_human_count(n.files[CHANGE_REMOVED]).text,
		report_human_count(n.files[CHANGE_CHANGED]).text,
		report_human_things(n.config, "change", "changes").text);
}

static int add_layer(const struct transfer *w, size_t i, struct table *table,
		     struct err *err)
{
	const struct transfer_layer *l = &w->layers[i];
	const struct oci_history *h = oci_history_of(&w->to->image->config, i);
	if (report_table_cellf(table, err, "%zu", i + 1) < 0 ||
	    report_table_cellf(table, err, "%s",
			       report_human_bytes(l->size).text) < 0 ||
	    report_table_cellf(table, err, "%s",
			       l->fetched ? report_human_bytes(l->size).text
					  : "-") < 0 ||
	    (l->same_tar &&
	     buf_str_add(&table->text,
			 STR("(OLD has its tar, compressed in another way) "),
			 err) < 0) ||
	    (h &&
	     report_human_instruction(&table->text, h->created_by, err) < 0))
		return -1;
	return report_table_cell(table, STR(""), err);
}

static int put_layers(const struct page *p, const struct transfer *w,
		      struct err *err)
{
	static const struct column columns[] = {
		{ "LAYER", COLUMN_NUMBER, 5, 0 },
		{ "BLOB", COLUMN_NUMBER, 10, 1 },
		{ "FETCHED", COLUMN_NUMBER, 10, 1 },
		{ "INSTRUCTION", COLUMN_TEXT, 16, 2 },
	};
	scoped(report_table_done) struct table table =
		TABLE_INIT(columns, p->style->width);
	table.color = p->style->color;
	table.whole = p->style->verbose;
	for (size_t i = 0; i < w->to->n_layers; i++)
		if (add_layer(w, i, &table, err) < 0)
			return -1;
	return report_table_put(&table, p->out, err);
}

static const char *const cause_text[TRANSFER_CAUSES] = {
	[TRANSFER_NEW] = "new, or other content",
	[TRANSFER_UNCHANGED] = "unchanged, but its layer is another",
	[TRANSFER_TIME] = "only the mtime is another",
	[TRANSFER_METADATA] = "same content, other mode, owner or xattrs",
	[TRANSFER_MOVED] = "same content as another file of OLD",
	[TRANSFER_BYTECODE] = "Python bytecode, only its stamp is another",
	[TRANSFER_ARCHIVE] = "archive, same members in other order or times",
	[TRANSFER_COMPRESSED] = "same content, compressed in another way",
};

static struct human cost_of(const struct transfer *w, uint64_t compressed)
{
	return w->compressed ? report_human_bytes(compressed)
			     : (struct human){ "-" };
}

static int put_causes(const struct page *p, const struct transfer *w,
		      struct err *err)
{
	static const struct column columns[] = {
		{ "FILES", COLUMN_NUMBER, 8, 0 },
		{ "BYTES", COLUMN_NUMBER, 10, 1 },
		{ "IN BLOBS", COLUMN_NUMBER, 10, 1 },
		{ "FETCHED AS", COLUMN_WRAP, 24, 2 },
	};
	scoped(report_table_done) struct table table =
		TABLE_INIT(columns, p->style->width);
	table.color = p->style->color;
	for (enum transfer_cause c = 0; c < TRANSFER_CAUSES; c++) {
		const struct transfer_sum *s = &w->by[c];
		if (s->files &&
		    (report_table_cellf(&table, err, "%s",
					report_human_count(s->files).text) <
			     0 ||
		     report_table_cellf(&table, err, "%s",
					report_human_bytes(s->bytes).text) <
			     0 ||
		     report_table_cellf(&table, err, "%s",
					cost_of(w, s->compressed).text) < 0 ||
		     report_table_cell(&table, str_of(cause_text[c]), err) < 0))
			return -1;
	}
	if (w->n_fetched == 0)
		return 0;
	if (buf_byte(p->out, '\n', err) < 0)
		return -1;
	return report_table_put(&table, p->out, err);
}

static int add_file(const struct transfer *w, const struct transfer_file *f,
		    struct table *table, struct err *err)
{
	scoped(buf_done) struct buf path = BUF_INIT(1 << 20);
	if (f->node != TREE_NONE &&
	    tree_path(w->to->tree, f->node, &path, err) < 0)
		return -1;
	if (report_table_cellf(table, err, "%u", f->layer + 1u) < 0 ||
	    report_table_cellf(table, err, "%s",
			       report_human_bytes(f->bytes).text) < 0 ||
	    report_table_cellf(table, err, "%s",
			       cost_of(w, f->compressed).text) < 0 ||
	    report_table_cell(table,
			      str_of(analyze_transfer_cause_name[f->cause]),
			      err) < 0 ||
	    buf_byte(&table->text, '/', err) < 0 ||
	    buf_shown(&table->text, buf_str(&path), err) < 0)
		return -1;
	return report_table_cell(table, STR(""), err);
}

static int put_files(const struct page *p, const struct transfer *w,
		     struct err *err)
{
	static const struct column columns[] = {
		{ "LAYER", COLUMN_NUMBER, 5, 0 },
		{ "BYTES", COLUMN_NUMBER, 10, 1 },
		{ "IN BLOBS", COLUMN_NUMBER, 10, 1 },
		{ "AGAIN", COLUMN_WORD, 10, 2 },
		{ "PATH", COLUMN_PATH, 20, 2 },
	};
	uint32_t n = p->style->verbose ? w->n_files
				       : MIN(w->n_files, (uint32_t)FILES_SHOWN);
	scoped(report_table_done) struct table table =
		TABLE_INIT(columns, p->style->width);
	table.color = p->style->color;
	table.whole = p->style->verbose;
	for (uint32_t i = 0; i < n; i++)
		if (add_file(w, &w->files[i], &table, err) < 0)
			return -1;
	if (n && (buf_byte(p->out, '\n', err) < 0 ||
		  report_table_put(&table, p->out, err) < 0))
		return -1;
	if (n < w->n_files)
		return buf_addf(p->out, err,
				"      and %s more; -v shows all\n",
				report_human_count(w->n_files - n).text);
	return 0;
}

static int put_transfer(const struct work_diff_pair *v,
			const struct text_style *style, struct buf *out,
			struct err *err)
{
	struct page p = { out, style };
	const struct transfer *w = &v->transfer;
	uint64_t fetch = w->layer_fetch + w->doc_fetch;
	if (put_platform(v, out, err) < 0 ||
	    buf_addf(out, err,
		     "a node that has OLD fetches %s of NEW's %s: %u of %s, "
		     "and %s of config and manifest\n\n",
		     report_human_bytes(fetch).text,
		     report_human_bytes(w->layer_bytes + w->doc_bytes).text,
		     w->n_fetched,
		     report_human_things(w->to->n_layers, "layer", "layers")
			     .text,
		     report_human_bytes(w->doc_fetch).text) < 0 ||
	    put_layers(&p, w, err) < 0 || put_causes(&p, w, err) < 0)
		return -1;
	if (w->n_fetched && !w->compressed &&
	    buf_str_add(out,
			STR("the fetched layers are not compressed; a registry "
			    "would hold fewer bytes\n"),
			err) < 0)
		return -1;
	return put_files(&p, w, err);
}

/* Platforms that one image alone has. */
static int put_alone(const struct platform_pairs *of, struct buf *out,
		     struct err *err)
{
	for (size_t i = 0; i < of->n; i++) {
		const struct platform_pair *one = &of->v[i];
		if ((!one->image[0] || !one->image[1]) &&
		    buf_addf(out, err, "%c platform %s\n",
			     one->image[1] ? '+' : '-',
			     str_quoted(one->name).text) < 0)
			return -1;
	}
	return 0;
}

int report_diff_text(const struct report_diff *r,
		     const struct text_style *style, struct buf *out,
		     struct err *err)
{
	const struct work_diff *d = r->d;
	if (put_alone(&d->platforms, out, err) < 0)
		return -1;
	for (size_t i = 0; i < d->n; i++)
		if ((r->transfer ? put_transfer(&d->v[i], style, out, err)
				 : put_changes(&d->v[i], style, out, err)) < 0)
			return -1;
	return 0;
}

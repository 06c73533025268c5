/* SPDX-License-Identifier: Apache-2.0 */
/* The table of rules that --drop takes. */
#include <stdio.h>

#include "json/write.h"
#include "report/report.h"
#include "report/table.h"

static int put_presets(const struct catalog_drop *r, struct buf *out,
		       struct err *err)
{
	bool first = true;
	for (size_t i = 0; i < ARRAY_LEN(catalog_presets); i++) {
		if (!(r->presets & catalog_presets[i].bit))
			continue;
		if (buf_addf(out, err, "%s%s", first ? "" : " ",
			     catalog_presets[i].name) < 0)
			return -1;
		first = false;
	}
	return 0;
}

/* A place as a shell would match it; two stars stand for any depth. */
static int put_place(const struct catalog_place *p, struct buf *out,
		     struct err *err)
{
	const char *anywhere = strncmp(p->root, "**", 2) == 0 ? "" : "/";
	const char *below = p->flags & PLACE_FLAT   ? ""
			    : p->flags & PLACE_DEEP ? "/*/**"
						    : "/**";
	if (*p->root == 0)
		return buf_addf(out, err, "/**/{%s}", p->take);
	if (buf_addf(out, err, "%s%s%s", anywhere, p->root, below) < 0)
		return -1;
	if (p->take && buf_addf(out, err, "/{%s}", p->take) < 0)
		return -1;
	return p->keep ? buf_addf(out, err, " but %s", p->keep) : 0;
}

static int add_line(struct table *t, const char *label, const char *text,
		    struct err *err)
{
	if (report_table_cellf(t, err, "%s%s", *label ? "  " : "", label) < 0)
		return -1;
	return report_table_cell(t, str_of(text), err);
}

/* The rule's places, in the order of the catalogue. */
static const struct catalog_place *next_place(struct catalog_at *at,
					      const struct catalog_drop *r)
{
	const struct catalog_place *p;
	while ((p = catalog_next_place(at)))
		if (catalog_drop_takes(r, p))
			return p;
	return NULL;
}

static int add_details(struct table *t, const struct catalog_drop *r,
		       struct err *err)
{
	const struct catalog_place *p;
	struct catalog_at at = { 0 };
	if (add_line(t, "can break", r->breaks, err) < 0 ||
	    report_table_cell(t, STR("  presets"), err) < 0 ||
	    (r->presets ? put_presets(r, &t->text, err)
			: buf_str_add(&t->text, STR("none"), err)) < 0 ||
	    report_table_cell(t, STR(""), err) < 0)
		return -1;
	for (bool first = true; (p = next_place(&at, r)); first = false)
		if (report_table_cell(t, first ? STR("  takes") : STR(""),
				      err) < 0 ||
		    put_place(p, &t->text, err) < 0 ||
		    report_table_cell(t, STR(""), err) < 0)
			return -1;
	return 0;
}

/* A card: the name and what it holds, r's details below; r NULL: none. */
static int put_card(const struct text_style *style, const char *name,
		    const char *holds, const struct catalog_drop *r,
		    struct buf *out, struct err *err)
{
	const struct column columns[] = {
		{ name, COLUMN_WORD, 16, 0 },
		{ holds, COLUMN_WRAP, 20, 1 },
	};
	scoped(report_table_done) struct table t =
		TABLE_INIT(columns, style->width);
	t.color = style->color;
	if (r && (buf_byte(out, '\n', err) < 0 || add_details(&t, r, err) < 0))
		return -1;
	return report_table_put(&t, out, err);
}

int report_drop_list_text(const struct text_style *style, struct buf *out,
			  struct err *err)
{
	const struct catalog_drop *d;
	struct catalog_at at = { 0 };
	for (size_t i = 0; i < ARRAY_LEN(catalog_presets); i++) {
		char holds[160];
		snprintf(holds, sizeof holds, "preset: %s",
			 catalog_presets[i].holds);
		if (put_card(style, catalog_presets[i].name, holds, NULL, out,
			     err) < 0)
			return -1;
	}
	while ((d = catalog_next_drop(&at)))
		if (put_card(style, d->name, d->holds, d, out, err) < 0)
			return -1;
	return 0;
}

static int put_rule(struct json_out *o, const struct catalog_drop *r,
		    struct err *err)
{
	scoped(buf_done) struct buf place = BUF_INIT(4096);
	const struct catalog_place *p;
	struct catalog_at at = { 0 };
	json_open_object(o);
	json_key(o, "rule");
	json_put_str(o, str_of(r->name));
	json_key(o, "holds");
	json_put_str(o, str_of(r->holds));
	json_key(o, "breaks");
	json_put_str(o, str_of(r->breaks));
	json_key(o, "presets");
	json_open_array(o);
	for (size_t i = 0; i < ARRAY_LEN(catalog_presets); i++)
		if (r->presets & catalog_presets[i].bit)
			json_put_str(o, str_of(catalog_presets[i].name));
	json_close_array(o);
	json_key(o, "takes");
	json_open_array(o);
	while ((p = next_place(&at, r))) {
		buf_reset(&place);
		if (put_place(p, &place, err) < 0)
			return -1;
		json_put_str(o, buf_str(&place));
	}
	json_close_array(o);
	json_close_object(o);
	return 0;
}

int report_drop_list_json(const struct text_style *style, struct buf *out,
			  struct err *err)
{
	(void)style;
	const struct catalog_drop *d;
	struct catalog_at at = { 0 };
	struct json_out o;
	json_out_begin(&o, out, true);
	json_open_object(&o);
	json_key(&o, "schema");
	json_put_u64(&o, REPORT_SCHEMA);
	json_key(&o, "rules");
	json_open_array(&o);
	while ((d = catalog_next_drop(&at)))
		if (put_rule(&o, d, err) < 0)
			return -1;
	json_close_array(&o);
	json_close_object(&o);
	return json_out_finish(&o, err);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "json/write.h"
#include "report/findings_parts.h"
#include "report/table.h"

static int add_rule(const struct lint_rule *r, struct table *t, struct err *err)
{
	if (report_table_cell(t, str_of(r->id), err) < 0 ||
	    report_table_cell(t, str_of(finding_severity_name[r->severity]),
			      err) < 0 ||
	    report_table_cell(t, str_of(r->off ? "off" : "on"), err) < 0)
		return -1;
	return report_table_cellf(
		t, err, "%s%s%s%s", r->summary, r->alias ? " (" : "",
		r->alias ? r->alias : "", r->alias ? ")" : "");
}

int report_rules_text(const struct lint_table *t,
		      const struct text_style *style, struct buf *out,
		      struct err *err)
{
	static const struct column columns[] = {
		{ "RULE", COLUMN_WORD, 30, 0 },
		{ "SEVERITY", COLUMN_WORD, 8, 1 },
		{ "RUN", COLUMN_WORD, 4, 1 },
		{ "FINDS", COLUMN_WRAP, 20, 1 },
	};
	scoped(report_table_done) struct table table =
		TABLE_INIT(columns, style->width);
	table.color = style->color;
	for (size_t i = 0; i < t->n; i++)
		if (add_rule(t->v[i], &table, err) < 0)
			return -1;
	return report_table_put(&table, out, err);
}

static void put_json(struct json_out *o, const struct lint_rule *r)
{
	json_open_object(o);
	json_member_name(o, "rule", r->id);
	json_key(o, "aliases");
	json_open_array(o);
	if (r->alias)
		json_put_str(o, str_of(r->alias));
	json_close_array(o);
	json_member_name(o, "severity", finding_severity_name[r->severity]);
	json_key(o, "default");
	json_put_bool(o, !r->off);
	json_member_name(o, "fix", NULL);
	json_member_name(o, "summary", r->summary);
	json_close_object(o);
}

int report_rules_json(const struct lint_table *t,
		      const struct text_style *style, struct buf *out,
		      struct err *err)
{
	(void)style;
	struct json_out o;
	json_out_begin(&o, out, true);
	json_open_object(&o);
	json_key(&o, "schema");
	json_put_u64(&o, 1);
	json_key(&o, "rules");
	json_open_array(&o);
	for (size_t i = 0; i < t->n; i++)
		put_json(&o, t->v[i]);
	json_close_array(&o);
	json_close_object(&o);
	if (json_out_finish(&o, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}

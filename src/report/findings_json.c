/* SPDX-License-Identifier: Apache-2.0 */
#include "json/write.h"
#include "report/findings_parts.h"

enum { LINT_SCHEMA = 1 };

static void put_aliases(struct json_out *o, const char *alias)
{
	json_key(o, "aliases");
	json_open_array(o);
	if (alias)
		json_put_str(o, str_of(alias));
	json_close_array(o);
}

static void put_bytes(struct json_out *o, const struct finding *f)
{
	json_key(o, "bytes");
	if (f->bytes_source != BYTES_UNKNOWN)
		json_put_u64(o, f->bytes);
	else
		json_put_null(o);
	json_member_name(o, "bytes_source", finding_bytes_name(f));
	json_member_name(o, "bytes_basis", f->basis);
	json_key(o, "typical");
	if (!f->typical) {
		json_put_null(o);
		return;
	}
	json_open_object(o);
	json_member_u64(o, "bytes", f->typical);
	json_member_name(o, "of", f->typical_of);
	json_close_object(o);
}

static void put_finding(struct json_out *o, const struct finding *f)
{
	json_open_object(o);
	json_member_name(o, "rule", f->id);
	put_aliases(o, finding_alias(f));
	json_member_name(o, "severity", finding_severity_name[f->severity]);
	json_member_u64(o, "line", f->from.line);
	json_member_u64(o, "column", f->from.column);
	json_member_u64(o, "end_line", f->to.line);
	json_member_u64(o, "end_column", f->to.column);
	json_key(o, "message");
	json_put_str(o, f->message);
	put_bytes(o, f);
	json_member_name(o, "fix", finding_fix_name(f));
	json_close_object(o);
}

static void put_file(struct json_out *o, const struct finding_list *file)
{
	json_open_object(o);
	json_put_path(o, "path", file->path);
	if (file->err)
		json_member_name(o, "error", file->err->text);
	json_member_u64(o, "suppressed", file->n_suppressed);
	json_key(o, "findings");
	json_open_array(o);
	for (size_t i = 0; i < file->n; i++)
		put_finding(o, &file->findings[i]);
	json_close_array(o);
	json_close_object(o);
}

static void put_totals(struct json_out *o, const struct report_findings *r)
{
	struct report_totals t = report_count(r);
	json_key(o, "totals");
	json_open_object(o);
	json_member_u64(o, "files", r->n);
	json_member_u64(o, "findings", t.findings);
	for (int s = 0; s < 4; s++)
		json_member_u64(o, finding_severity_name[s], t.by_severity[s]);
	json_member_u64(o, "suppressed", t.suppressed);
	json_member_u64(o, "small", t.small);
	json_member_u64(o, "bytes_estimate", t.estimated);
	json_member_u64(o, "bytes_measured", t.measured);
	json_close_object(o);
}

int report_findings_json(const struct report_findings *r,
			 const struct text_style *style, struct buf *out,
			 struct err *err)
{
	(void)style;
	struct json_out o;
	json_out_begin(&o, out, true);
	json_open_object(&o);
	json_member_u64(&o, "schema", LINT_SCHEMA);
	if (r->baseline)
		json_member_u64(&o, "in_baseline", r->n_known);
	json_key(&o, "files");
	json_open_array(&o);
	for (size_t i = 0; i < r->n; i++) {
		put_file(&o, &r->results[i]);
		if (o.err.code == ERR_NONE && report_drain(r, out, &o.err) < 0)
			break;
	}
	json_close_array(&o);
	put_totals(&o, r);
	json_close_object(&o);
	if (json_out_finish(&o, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}

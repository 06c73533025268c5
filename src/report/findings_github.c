/* SPDX-License-Identifier: Apache-2.0 */
/* Workflow commands of GitHub Actions: one line a finding, which becomes an
 * annotation of the changed file. */
#include "report/findings_parts.h"

static const char *const level[] = {
	[SEV_ERROR] = "error",
	[SEV_WARN] = "warning",
	[SEV_INFO] = "notice",
	[SEV_STYLE] = "notice",
};

/* What the runner decodes: %, line ends; in properties : and , as well. */
static int add_escaped(struct buf *to, struct str s, bool property,
		       struct err *err)
{
	const char *coded = property ? "%\r\n:," : "%\r\n";
	size_t from = 0;
	for (size_t i = 0; i <= s.n; i++) {
		bool code = i < s.n && s.p[i] && strchr(coded, s.p[i]);
		if (i < s.n && !code)
			continue;
		struct str plain = { s.p + from, i - from };
		if (report_add_visible(to, plain, err) < 0 ||
		    (code && buf_addf(to, err, "%%%02X", s.p[i]) < 0))
			return -1;
		from = i + 1;
	}
	return 0;
}

/* GitHub takes columns only for what stands in one line; its last column is
 * the last character's. */
static int put_place(const struct finding_list *file, const struct finding *f,
		     struct buf *out, struct err *err)
{
	if (file->subject == FINDING_IN_IMAGE)
		return 0;
	if (f->from.line != f->to.line)
		return buf_addf(out, err, ",line=%u,endLine=%u", f->from.line,
				f->to.column > 1 ? f->to.line : f->to.line - 1);
	return buf_addf(out, err, ",line=%u,endLine=%u,col=%u,endColumn=%u",
			f->from.line, f->to.line, f->from.column,
			MAX(f->from.column, f->to.column - 1));
}

static int put_finding(const struct finding_list *file, const struct finding *f,
		       struct buf *out, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(SIZE_MAX);
	const char *alias = finding_alias(f);
	if (report_add_message(&text, file, f, err) < 0)
		return -1;
	if (buf_addf(out, err, "::%s file=", level[f->severity]) < 0 ||
	    add_escaped(out, report_plain_path(file->path), true, err) < 0 ||
	    put_place(file, f, out, err) < 0 ||
	    buf_addf(out, err, ",title=%s%s%s%s::", f->id, alias ? " (" : "",
		     alias ? alias : "", alias ? ")" : "") < 0 ||
	    add_escaped(out, buf_str(&text), false, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}

static int put_error(const struct finding_list *file, struct buf *out,
		     struct err *err)
{
	if (buf_str_add(out, STR("::error file="), err) < 0 ||
	    add_escaped(out, report_plain_path(file->path), true, err) < 0 ||
	    buf_str_add(out, STR("::"), err) < 0 ||
	    add_escaped(out, str_of(file->err->text), false, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}

int report_findings_github(const struct report_findings *r,
			   const struct text_style *style, struct buf *out,
			   struct err *err)
{
	(void)style;
	for (size_t i = 0; i < r->n; i++) {
		const struct finding_list *file = &r->results[i];
		if (file->err && put_error(file, out, err) < 0)
			return -1;
		for (size_t k = 0; k < file->n; k++)
			if (put_finding(file, &file->findings[k], out, err) < 0)
				return -1;
		if (report_drain(r, out, err) < 0)
			return -1;
	}
	return 0;
}

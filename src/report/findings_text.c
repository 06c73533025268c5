/* SPDX-License-Identifier: Apache-2.0 */
#include "report/human.h"
#include "report/findings_source.h"

static const char *const ink[] = {
	[SEV_ERROR] = "\033[31m",
	[SEV_WARN] = "\033[33m",
	[SEV_INFO] = "\033[34m",
	[SEV_STYLE] = "\033[36m",
};

static const char *bold(const struct text_style *style)
{
	return style->color ? "\033[1m" : "";
}

static const char *plain(const struct text_style *style)
{
	return style->color ? "\033[0m" : "";
}

static int put_head(const struct text_style *style,
		    const struct finding_list *file, const struct finding *f,
		    struct buf *out, struct err *err)
{
	const char *alias = finding_alias(f);
	if (buf_str_add(out, str_of(bold(style)), err) < 0 ||
	    report_add_visible(out, file->path, err) < 0 ||
	    buf_addf(out, err, ":%u:%u:%s %s%s%s %s%s%s%s: ", f->from.line,
		     f->from.column, plain(style),
		     style->color ? ink[f->severity] : "",
		     finding_severity_name[f->severity], plain(style), f->id,
		     alias ? " (" : "", alias ? alias : "",
		     alias ? ")" : "") < 0 ||
	    report_add_visible(out, f->message, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}

/* What it costs, where that is explained. */
static int put_foot(const struct text_style *style, const struct finding *f,
		    struct buf *out, struct err *err)
{
	if (buf_str_add(out, STR("  = "), err) < 0)
		return -1;
	if (f->bytes_source != BYTES_UNKNOWN &&
	    buf_addf(out, err, "%scosts %s%s%s%s; ", bold(style),
		     f->bytes_source == BYTES_ESTIMATE ? "about " : "",
		     report_human_bytes(f->bytes).text, plain(style),
		     f->bytes_source == BYTES_ESTIMATE ? " (estimate)"
						       : " (measured)") < 0)
		return -1;
	if (f->typical &&
	    buf_addf(out, err, "typically %s (%s); ",
		     report_human_bytes(f->typical).text, f->typical_of) < 0)
		return -1;
	if (buf_str_add(out, STR("see "), err) < 0 ||
	    report_add_page(out, f->id, err) < 0)
		return -1;
	return buf_str_add(out, STR("\n\n"), err);
}

static int put_finding(const struct text_style *style,
		       const struct finding_list *file, const struct finding *f,
		       struct buf *out, struct err *err)
{
	if (put_head(style, file, f, out, err) < 0 ||
	    report_add_source(file, f, style->color ? ink[f->severity] : "",
			      out, err) < 0)
		return -1;
	return put_foot(style, f, out, err);
}

/* --- the last line -------------------------------------------------------- */

/* "1 error, 2 warnings, 3 info, 4 style". */
static int put_severities(const struct report_totals *c, struct buf *out,
			  struct err *err)
{
	const char *between = "";
	for (int s = 0; s < 4; s++) {
		size_t n = c->by_severity[s];
		bool counted = s == SEV_ERROR || s == SEV_WARN;
		if (n == 0)
			continue;
		if (buf_addf(out, err, "%s%zu %s%s", between, n,
			     finding_severity_name[s],
			     counted ? plural(n, "", "s") : "") < 0)
			return -1;
		between = ", ";
	}
	return 0;
}

/* "; 7 B (measured) and about 20.4 MB (estimate) in all". */
static int put_bytes(const struct report_totals *c, struct buf *out,
		     struct err *err)
{
	bool both = c->measured && c->estimated;
	if (!c->measured && !c->estimated)
		return 0;
	if (buf_str_add(out, STR("; they cost "), err) < 0)
		return -1;
	if (c->measured && buf_addf(out, err, "%s (measured)%s",
				    report_human_bytes(c->measured).text,
				    both ? " and " : "") < 0)
		return -1;
	if (c->estimated && buf_addf(out, err, "about %s (estimate)",
				     report_human_bytes(c->estimated).text) < 0)
		return -1;
	return buf_str_add(out, STR(" in all"), err);
}

static int put_rest(const struct report_findings *r,
		    const struct report_totals *c, struct buf *out,
		    struct err *err)
{
	if (put_bytes(c, out, err) < 0)
		return -1;
	if (c->small &&
	    buf_addf(out, err, "; %zu left out for the little %s cost%s",
		     c->small, plural(c->small, "it", "they"),
		     plural(c->small, "s", "")) < 0)
		return -1;
	if (c->suppressed &&
	    buf_addf(out, err, "; %zu suppressed", c->suppressed) < 0)
		return -1;
	if (r->n_known && r->baseline &&
	    (buf_addf(out, err, "; %zu in the baseline ", r->n_known) < 0 ||
	     report_add_visible(out, str_of(r->baseline), err) < 0))
		return -1;
	if (c->unread && buf_addf(out, err, "; %zu file%s could not be read",
				  c->unread, plural(c->unread, "", "s")) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}

static int put_summary(const struct report_findings *r,
		       const struct text_style *style, struct buf *out,
		       struct err *err)
{
	struct report_totals c = report_count(r);
	if (c.findings == 0) {
		if (buf_addf(out, err, "no findings in %zu file%s", r->n,
			     plural(r->n, "", "s")) < 0)
			return -1;
		return put_rest(r, &c, out, err);
	}
	if (buf_addf(out, err, "%s%zu finding%s%s (", bold(style), c.findings,
		     plural(c.findings, "", "s"), plain(style)) < 0 ||
	    put_severities(&c, out, err) < 0 ||
	    buf_addf(out, err, ") in %zu of %zu file%s", c.files, r->n,
		     plural(r->n, "", "s")) < 0)
		return -1;
	return put_rest(r, &c, out, err);
}

int report_findings_text(const struct report_findings *r,
			 const struct text_style *style, struct buf *out,
			 struct err *err)
{
	if (report_each_finding(r, style, out, put_finding, err) < 0)
		return -1;
	return put_summary(r, style, out, err);
}

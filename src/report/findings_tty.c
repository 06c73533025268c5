/* SPDX-License-Identifier: Apache-2.0 */
/* One line a finding: hadolint's, and that of compilers. */
#include "report/findings_parts.h"

/* hadolint's colours. */
static const char *const color[] = {
	[SEV_ERROR] = "\033[1m\033[91m",
	[SEV_WARN] = "\033[1m\033[93m",
	[SEV_INFO] = "\033[92m",
	[SEV_STYLE] = "\033[96m",
};

static int put_tty(const struct text_style *style,
		   const struct finding_list *file, const struct finding *f,
		   struct buf *out, struct err *err)
{
	if (report_add_visible(out, file->path, err) < 0 ||
	    buf_addf(out, err, ":%u %s %s%s%s: ", f->from.line, f->id,
		     style->color ? color[f->severity] : "",
		     finding_severity_name[f->severity],
		     style->color ? "\033[0m" : "") < 0 ||
	    report_add_visible(out, f->message, err) < 0)
		return -1;
	return buf_byte(out, '\n', err);
}

/* GNU coding standards, "Errors". */
static int put_gnu(const struct text_style *style,
		   const struct finding_list *file, const struct finding *f,
		   struct buf *out, struct err *err)
{
	(void)style;
	if (report_add_visible(out, file->path, err) < 0 ||
	    buf_addf(out, err, ":%u:%u: %s: ", f->from.line, f->from.column,
		     finding_severity_name[f->severity]) < 0 ||
	    report_add_visible(out, f->message, err) < 0)
		return -1;
	return buf_addf(out, err, " [%s]\n", f->id);
}

int report_findings_tty(const struct report_findings *r,
			const struct text_style *style, struct buf *out,
			struct err *err)
{
	return report_each_finding(r, style, out, put_tty, err);
}

int report_findings_gnu(const struct report_findings *r,
			const struct text_style *style, struct buf *out,
			struct err *err)
{
	return report_each_finding(r, style, out, put_gnu, err);
}

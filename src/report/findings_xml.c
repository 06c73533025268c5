/* SPDX-License-Identifier: Apache-2.0 */
/* The two formats in XML: checkstyle's and JUnit's. */
#include "report/findings_parts.h"

/* checkstyle knows error, warning, info and ignore. */
static const char *const level[] = {
	[SEV_ERROR] = "error",
	[SEV_WARN] = "warning",
	[SEV_INFO] = "info",
	[SEV_STYLE] = "info",
};

static int add_attribute(struct buf *out, const char *name, struct str value,
			 struct err *err)
{
	if (buf_addf(out, err, " %s=\"", name) < 0 ||
	    report_add_xml(out, value, err) < 0)
		return -1;
	return buf_byte(out, '"', err);
}

static int add_head(struct buf *out, struct err *err)
{
	return buf_str_add(
		out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), err);
}

/* --- checkstyle ----------------------------------------------------------- */

static int put_style_error(struct buf *out, const struct finding_list *file,
			   const struct finding *f, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(SIZE_MAX);
	if (report_add_message(&text, file, f, err) < 0 ||
	    buf_str_add(out, STR("    <error"), err) < 0 ||
	    (file->subject == FINDING_IN_FILE &&
	     buf_addf(out, err, " line=\"%u\" column=\"%u\"", f->from.line,
		      f->from.column) < 0) ||
	    buf_addf(out, err, " severity=\"%s\"", level[f->severity]) < 0 ||
	    add_attribute(out, "message", buf_str(&text), err) < 0)
		return -1;
	return buf_addf(out, err, " source=\"%s\"/>\n", f->id);
}

static int put_style_file(struct buf *out, const struct finding_list *file,
			  struct err *err)
{
	if (buf_str_add(out, STR("  <file"), err) < 0 ||
	    add_attribute(out, "name", file->path, err) < 0 ||
	    buf_str_add(out, STR(">\n"), err) < 0)
		return -1;
	if (file->err &&
	    (buf_str_add(out, STR("    <exception>"), err) < 0 ||
	     report_add_xml(out, str_of(file->err->text), err) < 0 ||
	     buf_str_add(out, STR("</exception>\n"), err) < 0))
		return -1;
	for (size_t k = 0; k < file->n; k++)
		if (put_style_error(out, file, &file->findings[k], err) < 0)
			return -1;
	return buf_str_add(out, STR("  </file>\n"), err);
}

int report_findings_checkstyle(const struct report_findings *r,
			       const struct text_style *style, struct buf *out,
			       struct err *err)
{
	(void)style;
	if (add_head(out, err) < 0 ||
	    buf_str_add(out, STR("<checkstyle version=\"4.3\">\n"), err) < 0)
		return -1;
	for (size_t i = 0; i < r->n; i++)
		if (put_style_file(out, &r->results[i], err) < 0 ||
		    report_drain(r, out, err) < 0)
			return -1;
	return buf_str_add(out, STR("</checkstyle>\n"), err);
}

/* --- JUnit ---------------------------------------------------------------- */

static bool failed(const struct finding_list *file)
{
	return file->err != NULL;
}

/* What was tried: each finding failed; a file without any is one success. */
static size_t n_cases(const struct finding_list *file)
{
	return file->n ? file->n : 1;
}

static int open_case(struct buf *out, const struct finding_list *file,
		     struct str name, uint32_t line, struct err *err)
{
	if (buf_str_add(out, STR("    <testcase"), err) < 0 ||
	    add_attribute(out, "classname", file->path, err) < 0 ||
	    add_attribute(out, "name", name, err) < 0 ||
	    add_attribute(out, "file", file->path, err) < 0)
		return -1;
	return line ? buf_addf(out, err, " line=\"%u\"", line) : 0;
}

/* What one case is called: "DL3006 at 1:6", "PARE-REMOVED in layer 3". */
static int add_case_name(struct buf *to, const struct finding_list *file,
			 const struct finding *f, struct err *err)
{
	if (file->subject == FINDING_IN_IMAGE)
		return buf_addf(to, err, "%s in layer %u", f->id, f->layer + 1);
	return buf_addf(to, err, "%s at %u:%u", f->id, f->from.line,
			f->from.column);
}

/* The finding on one line, as text has it. */
static int add_line(struct buf *to, const struct finding_list *file,
		    const struct finding *f, struct str message,
		    struct err *err)
{
	if (report_add_visible(to, file->path, err) < 0 ||
	    (file->subject == FINDING_IN_FILE &&
	     buf_addf(to, err, ":%u:%u", f->from.line, f->from.column) < 0) ||
	    buf_addf(to, err, ": %s %s: ", finding_severity_name[f->severity],
		     f->id) < 0)
		return -1;
	return report_add_visible(to, message, err);
}

static int put_failure(struct buf *out, const struct finding_list *file,
		       const struct finding *f, struct err *err)
{
	scoped(buf_done) struct buf text = BUF_INIT(SIZE_MAX);
	scoped(buf_done) struct buf message = BUF_INIT(SIZE_MAX);
	if (report_add_message(&message, file, f, err) < 0 ||
	    add_case_name(&text, file, f, err) < 0 ||
	    open_case(out, file, buf_str(&text), f->from.line, err) < 0 ||
	    buf_addf(out, err, ">\n      <failure type=\"%s\"",
		     finding_severity_name[f->severity]) < 0 ||
	    add_attribute(out, "message", buf_str(&message), err) < 0)
		return -1;
	buf_reset(&text);
	if (add_line(&text, file, f, buf_str(&message), err) < 0 ||
	    buf_byte(out, '>', err) < 0 ||
	    report_add_xml(out, buf_str(&text), err) < 0)
		return -1;
	return buf_str_add(out, STR("</failure>\n    </testcase>\n"), err);
}

/* The one case of a file without findings. */
static int put_whole(struct buf *out, const struct report_findings *r,
		     const struct finding_list *file, struct err *err)
{
	if (open_case(out, file, str_of(r->command), 0, err) < 0)
		return -1;
	if (!failed(file))
		return buf_str_add(out, STR("/>\n"), err);
	if (buf_str_add(out, STR(">\n      <error"), err) < 0 ||
	    add_attribute(out, "message", str_of(file->err->text), err) < 0)
		return -1;
	return buf_str_add(out, STR("/>\n    </testcase>\n"), err);
}

static int put_suite(struct buf *out, const struct report_findings *r,
		     const struct finding_list *file, struct err *err)
{
	if (buf_str_add(out, STR("  <testsuite"), err) < 0 ||
	    add_attribute(out, "name", file->path, err) < 0 ||
	    buf_addf(out, err,
		     " tests=\"%zu\" failures=\"%zu\" errors=\"%d\">\n",
		     n_cases(file), file->n, failed(file)) < 0)
		return -1;
	for (size_t k = 0; k < file->n; k++)
		if (put_failure(out, file, &file->findings[k], err) < 0)
			return -1;
	if (file->n == 0 && put_whole(out, r, file, err) < 0)
		return -1;
	return buf_str_add(out, STR("  </testsuite>\n"), err);
}

int report_findings_junit(const struct report_findings *r,
			  const struct text_style *style, struct buf *out,
			  struct err *err)
{
	(void)style;
	size_t tests = 0, failures = 0, errors = 0;
	for (size_t i = 0; i < r->n; i++) {
		tests += n_cases(&r->results[i]);
		failures += r->results[i].n;
		errors += failed(&r->results[i]);
	}
	if (add_head(out, err) < 0 ||
	    buf_addf(out, err,
		     "<testsuites name=\"pare %s\" tests=\"%zu\" "
		     "failures=\"%zu\" errors=\"%zu\">\n",
		     r->command, tests, failures, errors) < 0)
		return -1;
	for (size_t i = 0; i < r->n; i++)
		if (put_suite(out, r, &r->results[i], err) < 0 ||
		    report_drain(r, out, err) < 0)
			return -1;
	return buf_str_add(out, STR("</testsuites>\n"), err);
}

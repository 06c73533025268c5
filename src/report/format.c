/* SPDX-License-Identifier: Apache-2.0 */
#include "report/findings.h"

#include "report/findings_parts.h"

const struct report_format report_formats[] = {
	{ "text", NULL, "the source with carets, for people",
	  report_findings_text },
	{ "json", NULL, "all that is known, for programs",
	  report_findings_json },
	{ "sarif", NULL, "SARIF 2.1.0", report_findings_sarif },
	{ "github", NULL, "annotations of GitHub Actions",
	  report_findings_github },
	{ "gitlab", "gitlab_codeclimate", "GitLab's code quality report",
	  report_findings_gitlab },
	{ "checkstyle", NULL, "checkstyle's XML", report_findings_checkstyle },
	{ "codeclimate", NULL, "Code Climate's issues, a NUL behind each",
	  report_findings_codeclimate },
	{ "junit", NULL, "JUnit's XML", report_findings_junit },
	{ "tty", NULL, "hadolint's line", report_findings_tty },
	{ "gnu", NULL, "FILE:LINE:COLUMN, as compilers have it",
	  report_findings_gnu },
};
const size_t n_lint_formats = ARRAY_LEN(report_formats);

const struct report_format *report_format_find(struct str name)
{
	for (size_t i = 0; i < n_lint_formats; i++) {
		const struct report_format *f = &report_formats[i];
		if (str_eqz(name, f->name) ||
		    (f->alias && str_eqz(name, f->alias)))
			return f;
	}
	return NULL;
}

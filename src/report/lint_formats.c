/* SPDX-License-Identifier: Apache-2.0 */
#include "report/lint.h"

#include "report/lint_parts.h"

const struct lint_format lint_formats[] = {
	{ "text", NULL, "the source with carets, for people",
	  report_lint_text },
	{ "json", NULL, "all that is known, for programs", report_lint_json },
	{ "sarif", NULL, "SARIF 2.1.0", report_lint_sarif },
	{ "github", NULL, "annotations of GitHub Actions", report_lint_github },
	{ "gitlab", "gitlab_codeclimate", "GitLab's code quality report",
	  report_lint_gitlab },
	{ "checkstyle", NULL, "checkstyle's XML", report_lint_checkstyle },
	{ "codeclimate", NULL, "Code Climate's issues, a NUL behind each",
	  report_lint_codeclimate },
	{ "junit", NULL, "JUnit's XML", report_lint_junit },
	{ "tty", NULL, "hadolint's line", report_lint_tty },
	{ "gnu", NULL, "FILE:LINE:COLUMN, as compilers have it",
	  report_lint_gnu },
};
const size_t n_lint_formats = ARRAY_LEN(lint_formats);

const struct lint_format *lint_format_find(struct str name)
{
	for (size_t i = 0; i < n_lint_formats; i++) {
		const struct lint_format *f = &lint_formats[i];
		if (str_eqz(name, f->name) ||
		    (f->alias && str_eqz(name, f->alias)))
			return f;
	}
	return NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/format.h"

#include "report/context.h"
#include "report/diff.h"
#include "report/findings_parts.h"
#include "report/list.h"
#include "report/report.h"

static const struct report_format formats[] = {
	{
		.name = "text",
		.help = "for people; findings in the source, with carets",
		.people = true,
		.rewrite = report_rewrite_text,
		.analysis = report_analysis_text,
		.difference = report_difference_text,
		.verify = report_verify_text,
		.diff = report_diff_text,
		.history = report_history_text,
		.list = report_list_text,
		.context = report_context_text,
		.context_why = report_context_why_text,
		.findings = report_findings_text,
		.rules = report_rules_text,
		.drops = report_drop_list_text,
	},
	{
		.name = "json",
		.help = "all that is known, for programs",
		.rewrite = report_rewrite_json,
		.analysis = report_analysis_json,
		.difference = report_difference_json,
		.verify = report_verify_json,
		.diff = report_diff_json,
		.history = report_history_json,
		.list = report_list_json,
		.context = report_context_json,
		.context_why = report_context_why_json,
		.findings = report_findings_json,
		.rules = report_rules_json,
		.drops = report_drop_list_json,
	},
	{
		.name = "sarif",
		.help = "SARIF 2.1.0",
		.images = true,
		.findings = report_findings_sarif,
	},
	{
		.name = "github",
		.help = "annotations of GitHub Actions",
		.images = true,
		.findings = report_findings_github,
	},
	{
		.name = "gitlab",
		.alias = "gitlab_codeclimate",
		.help = "GitLab's code quality report",
		.images = true,
		.findings = report_findings_gitlab,
	},
	{
		.name = "checkstyle",
		.help = "checkstyle's XML",
		.images = true,
		.findings = report_findings_checkstyle,
	},
	{
		.name = "codeclimate",
		.help = "Code Climate's issues, a NUL behind each",
		.images = true,
		.findings = report_findings_codeclimate,
	},
	{
		.name = "junit",
		.help = "JUnit's XML",
		.images = true,
		.findings = report_findings_junit,
	},
	{
		.name = "tty",
		.help = "hadolint's line",
		.findings = report_findings_tty,
	},
	{
		.name = "gnu",
		.help = "FILE:LINE:COLUMN, as compilers have it",
		.findings = report_findings_gnu,
	},
};

static bool writes(const struct report_format *f, enum report_kind kind)
{
	switch (kind) {
	case REPORT_REWRITE:
		return f->rewrite;
	case REPORT_ANALYSIS:
		return f->analysis || f->images;
	case REPORT_VERIFY:
		return f->verify;
	case REPORT_DIFF:
		return f->diff;
	case REPORT_HISTORY:
		return f->history;
	case REPORT_LIST:
		return f->list;
	case REPORT_CONTEXT:
		return f->context;
	case REPORT_FINDINGS:
		return f->findings;
	case REPORT_RULES:
		return f->rules;
	case REPORT_DROPS:
		return f->drops;
	}
	return false;
}

const struct report_format *report_format_at(enum report_kind kind, size_t i)
{
	for (size_t k = 0; k < ARRAY_LEN(formats); k++)
		if (writes(&formats[k], kind) && i-- == 0)
			return &formats[k];
	return NULL;
}

const struct report_format *report_format_find(enum report_kind kind,
					       struct str name)
{
	const struct report_format *f;
	for (size_t i = 0; (f = report_format_at(kind, i)); i++)
		if (str_eqz(name, f->name) ||
		    (f->alias && str_eqz(name, f->alias)))
			return f;
	return NULL;
}

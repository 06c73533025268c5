/* SPDX-License-Identifier: Apache-2.0 */
/* report/findings.h - findings, for people and for other programs.
 *
 * A format is one function that the table lists (report/format.h). It lets the
 * buffer be emptied between files. docs/lint-formats.md describes each to the
 * byte. */
#pragma once
#include "lint/lint.h"
#include "report/style.h"

struct sink;

struct report_findings {
	const char *command;		    /* "lint" */
	const struct finding_list *results; /* in the order of the user */
	size_t n;
	const char *version;  /* of pare */
	const char *baseline; /* its file as named; or NULL */
	size_t n_known;	      /* findings that the baseline hid */
	bool by_bytes;	      /* formats of lines: the costliest of all first */
	struct sink *to;      /* takes what is in the buffer; or NULL */
};

/* The page of a rule (lint/pages.h): pare lint --explain. */
must_check int report_explain(struct str name, const struct text_style *style,
			      struct buf *out, struct err *err);
/* All rules there are: pare lint --list-rules (docs/lint-formats.md). */
must_check int report_rules_text(const struct lint_table *t,
				 const struct text_style *style,
				 struct buf *out, struct err *err);
must_check int report_rules_json(const struct lint_table *t,
				 const struct text_style *style,
				 struct buf *out, struct err *err);

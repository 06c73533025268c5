/* SPDX-License-Identifier: Apache-2.0 */
/* report/findings.h - what lint found, for people and for other programs.
 *
 * A format is one file with one function that the table lists; it appends to
 * a buffer all that is to be printed, the last line end included (Code
 * Climate's has none), and lets the buffer be emptied between files; only cli/
 * prints. docs/lint-formats.md describes each to the byte.
 * Paths, sources and messages are bytes of others: whatever they hold, the
 * output stays well-formed and no line of it is theirs. */
#pragma once
#include "lint/lint.h"

struct sink;

struct report_findings {
	const struct finding_list *results; /* in the order of the user */
	size_t n;
	const char *version;  /* of pare */
	const char *baseline; /* its file as named; or NULL */
	size_t n_known;	      /* findings that the baseline hid */
	bool color;	      /* text and tty alone heed it */
	struct sink *to;      /* takes what is in the buffer; or NULL */
};

struct report_format {
	const char *name;
	const char *alias; /* hadolint's name for it; or NULL */
	const char *help;
	/* -1: ERR_NOMEM, or ERR_LIMIT of the buffer. */
	int (*put)(const struct report_findings *r, struct buf *out,
		   struct err *err);
};

/* The first is the default. */
extern const struct report_format report_formats[];
extern const size_t n_lint_formats;
/* By name or alias; NULL. */
const struct report_format *report_format_find(struct str name);

/* All rules there are: pare lint --list-rules (docs/lint-formats.md). width 0:
 * a line each, however long. */
must_check int report_rules_text(const struct lint_table *t, bool color,
				      unsigned width, struct buf *out,
				      struct err *err);
must_check int report_rules_json(const struct lint_table *t,
				      struct buf *out, struct err *err);

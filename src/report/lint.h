/* SPDX-License-Identifier: Apache-2.0 */
/* report/lint.h - what lint found, for people and for other programs.
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

struct lint_report {
	const struct finding_list *results; /* in the order of the user */
	size_t n;
	const char *version;  /* of pare */
	const char *baseline; /* its file as named; or NULL */
	size_t n_known;	      /* findings that the baseline hid */
	bool color;	      /* text and tty alone heed it */
	struct sink *to;      /* takes what is in the buffer; or NULL */
};

struct lint_format {
	const char *name;
	const char *alias; /* hadolint's name for it; or NULL */
	const char *help;
	/* -1: ERR_NOMEM, or ERR_LIMIT of the buffer. */
	int (*put)(const struct lint_report *r, struct buf *out,
		   struct err *err);
};

/* The first is the default. */
extern const struct lint_format lint_formats[];
extern const size_t n_lint_formats;
/* By name or alias; NULL. */
const struct lint_format *lint_format_find(struct str name);

/* All rules there are: pare lint --list-rules (docs/lint-formats.md). width 0:
 * a line each, however long. */
must_check int report_lint_rules_text(const struct lint_table *t, bool color,
				      unsigned width, struct buf *out,
				      struct err *err);
must_check int report_lint_rules_json(const struct lint_table *t,
				      struct buf *out, struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* report/format.h - every format of every command, in one table.
 *
 * A row is a format, a member of it what it makes of one kind of result; NULL
 * where it has no form for that. What a command's --format takes, its help,
 * man page and completions are read from here, so a format that is added for
 * a kind of result is there at once for each command that has such a result.
 *
 * All of them append to a buffer whole lines (Code Climate's issues end with a
 * NUL instead); only cli/ prints. Paths, names and messages are bytes of
 * others: whatever they hold, the output stays well-formed and no line of it
 * is theirs. -1: ERR_NOMEM, or ERR_LIMIT of the buffer. */
#pragma once
#include <stddef.h>

#include "base/str.h"
#include "report/style.h"

struct context_why;
struct lint_table;
struct report_analyses;
struct report_context;
struct report_diff;
struct report_findings;
struct report_history;
struct report_list;
struct report_rewrite;
struct report_verify;
struct tree_difference;

/* What a command has to tell. */
enum report_kind {
	REPORT_REWRITE,	 /* optimize, squash, flatten */
	REPORT_ANALYSIS, /* analyze */
	REPORT_VERIFY,	 /* verify */
	REPORT_DIFF,	 /* diff */
	REPORT_HISTORY,	 /* history */
	REPORT_LIST,	 /* ls */
	REPORT_CONTEXT,	 /* context, and its --why */
	REPORT_FINDINGS, /* lint */
	REPORT_RULES,	 /* lint --list-rules */
	REPORT_DROPS,	 /* optimize --drop-list */
};

struct report_format {
	const char *name;
	const char *alias; /* hadolint's name for it; or NULL */
	const char *help;  /* a phrase */
	/* For people: what to do next may follow, and --quiet silences it. */
	bool people;
	/* findings has a form for those of an image, too. */
	bool images;

	int (*rewrite)(const struct report_rewrite *r,
		       const struct text_style *style, struct buf *out,
		       struct err *err);
	int (*analysis)(const struct report_analyses *r,
			const struct text_style *style, struct buf *out,
			struct err *err);
	/* One difference behind others, gathered for verify. */
	int (*difference)(const struct tree_difference *d, bool first,
			  struct buf *out, struct err *err);
	int (*verify)(const struct report_verify *r, struct buf *out,
		      struct err *err);
	int (*diff)(const struct report_diff *r, const struct text_style *style,
		    struct buf *out, struct err *err);
	int (*history)(const struct report_history *r,
		       const struct text_style *style, struct buf *out,
		       struct err *err);
	int (*list)(const struct report_list *r, const struct text_style *style,
		    struct buf *out, struct err *err);
	int (*context)(const struct report_context *r,
		       const struct text_style *style, struct buf *out,
		       struct err *err);
	int (*context_why)(const struct context_why *r, struct buf *out,
			   struct err *err);
	int (*findings)(const struct report_findings *r,
			const struct text_style *style, struct buf *out,
			struct err *err);
	int (*rules)(const struct lint_table *t, const struct text_style *style,
		     struct buf *out, struct err *err);
	int (*drops)(const struct text_style *style, struct buf *out,
		     struct err *err);
};

enum { REPORT_FORMATS_MAX = 16 };

/* The i-th that has a form for this kind; NULL past the last. The first is
 * the default. */
const struct report_format *report_format_at(enum report_kind kind, size_t i);
/* By name or alias; NULL. */
const struct report_format *report_format_find(enum report_kind kind,
					       struct str name);
/* Writes an analysis in a format that report_format_at gave for it: its own
 * form, or the list of its findings (report/analysis_findings.c). */
must_check int report_analysis(const struct report_format *f,
			       const struct report_analyses *r,
			       const struct text_style *style, struct buf *out,
			       struct err *err);

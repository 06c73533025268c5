/* SPDX-License-Identifier: Apache-2.0 */
/* report/context.h - a build context as text and as JSON (docs/json.md). */
#pragma once
#include "context/context.h"
#include "report/style.h"

enum { CONTEXT_SCHEMA = 1 };

enum report_context_show {
	CONTEXT_FOUND,	 /* what is sent, and what need not be */
	CONTEXT_DIFF,	 /* the ignore file before and after, as diff -u */
	CONTEXT_WRITTEN, /* the lines that were added to it */
};

struct report_context {
	const struct context *c;
	enum report_context_show show; /* in a text; JSON has it all */
	struct str root;	       /* as the user named it */
	struct str dockerfile;	       /* empty: there is none */
	const char *builder;	       /* whose rules count */
	struct str ignore_file;	       /* that holds, or that would be made */
	struct str patch_name;	       /* the same, for the head of a diff */
	bool ignore_exists;
	bool written; /* the lines are in it now */
	unsigned depth;
};

must_check int report_context_text(const struct report_context *p,
				   const struct text_style *style,
				   struct buf *out, struct err *err);
must_check int report_context_json(const struct report_context *p,
				   const struct text_style *style,
				   struct buf *out, struct err *err);
/* CONTEXT_DIFF. */
must_check int report_context_diff(const struct report_context *p,
				   struct buf *out, struct err *err);

struct context_why {
	const struct ignore *ig;
	struct str text;	/* of the ignore file */
	struct str ignore_file; /* empty: there is none */
	struct str path;	/* clean; need not be there */
};
/* "included" or "excluded", then the pattern that decides and its line. */
must_check int report_context_why_text(const struct context_why *w,
				       struct buf *out, struct err *err);
must_check int report_context_why_json(const struct context_why *w,
				       struct buf *out, struct err *err);

/* Sent files at and below directories, the costliest first. */
struct context_dir {
	uint32_t entry; /* CONTEXT_ROOT: the files of the root itself */
	struct context_sum sum;
};
struct context_dirs {
	struct context_dir *v;
	size_t n;
};
void report_context_dirs_done(struct context_dirs *d);
must_check int report_context_dirs(const struct context *c, unsigned depth,
				   struct context_dirs *out, struct err *err);

/* "COPY", "ADD", "RUN --mount". */
const char *report_context_use_name(enum context_copy_kind kind);
/* "ok", "unknown", "no match", "missing", "excluded", "loop". */
const char *report_context_state_name(enum context_source_state s);

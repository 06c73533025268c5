/* SPDX-License-Identifier: Apache-2.0 */
/* report/report.h - results as text for people and as JSON for programs
 * (docs/json.md). Everything is appended to a buffer; only cli/ prints. */
#pragma once
#include "analyze/analysis.h"
#include "analyze/drop.h"
#include "report/style.h"
#include "shrink/result.h"
#include "tree/compare.h"

enum { REPORT_SCHEMA = 1, REPORT_MAX_LOG = 32 };

/* Parts of the text of an analysis. */
enum {
	SHOW_LAYERS = 1,
	SHOW_FILES = 2,
	SHOW_TREE = 4,
	SHOW_FINDINGS = 8,
	SHOW_ALL = 15,
};
struct report_show {
	unsigned parts; /* 0: the first screen */
	unsigned top;	/* at most so many rows of a part; 0: all of them */
	unsigned depth; /* of the tree; 0: SHOW_DEPTH */
};
enum { SHOW_DEPTH = 3 };

/* One an image of the source. */
struct report_analyses {
	const struct analysis *v;
	size_t n;
	struct report_show show;
	const char *version; /* of pare */
};
must_check int report_analysis_text(const struct report_analyses *r,
				    const struct text_style *style,
				    struct buf *out, struct err *err);
/* One image's object, or {"schema", "platforms": [...]} for several. */
must_check int report_analysis_json(const struct report_analyses *r,
				    const struct text_style *style,
				    struct buf *out, struct err *err);

/* What was asked for, source and destination as the user named them, and what
 * was done, or would be. */
struct report_rewrite {
	const struct optimize_result *result;
	const char *command;		/* "optimize" */
	struct str source, destination; /* destination empty for a dry run */
	const struct dropping *drops;	/* one an image; NULL: no rule named */
};
must_check int report_rewrite_text(const struct report_rewrite *r,
				   const struct text_style *style,
				   struct buf *out, struct err *err);
must_check int report_rewrite_json(const struct report_rewrite *r,
				   const struct text_style *style,
				   struct buf *out, struct err *err);

/* One line a name: bytes, rule, package or "-", and the path, quoted. */
must_check int report_removed_list(const struct tree *t,
				   const struct dropping *d, struct buf *out,
				   struct err *err);
/* The rules there are (docs/drop-rules.md). */
must_check int report_drop_list_text(const struct text_style *style,
				     struct buf *out, struct err *err);
must_check int report_drop_list_json(const struct text_style *style,
				     struct buf *out, struct err *err);

struct report_history {
	const struct loaded_image *v; /* one a platform */
	size_t n;
	bool no_trunc; /* instructions as they are stored */
	bool human;    /* else times and bytes as they are */
};
/* Newest first, as docker history. */
must_check int report_history_text(const struct report_history *r,
				   const struct text_style *style,
				   struct buf *out, struct err *err);
must_check int report_history_json(const struct report_history *r,
				   const struct text_style *style,
				   struct buf *out, struct err *err);

/* Two images compared. */
struct verification {
	struct digest digest[2]; /* of the trees */
	struct buf *differences; /* one line (text) or object (JSON) each */
	uint64_t n_differences;
	struct str name[2];
	struct str platform; /* empty with one pair only */
};
must_check int report_difference_text(const struct tree_difference *d,
				      bool first, struct buf *out,
				      struct err *err);
must_check int report_difference_json(const struct tree_difference *d,
				      bool first, struct buf *out,
				      struct err *err);
/* All platforms that both images have. */
struct report_verify {
	const struct verification *v;
	size_t n;
	bool several;	  /* there are more platforms than one, of either */
	struct str alone; /* differences: platforms that one image lacks */
};
must_check int report_verify_text(const struct report_verify *r,
				  struct buf *out, struct err *err);
must_check int report_verify_json(const struct report_verify *r,
				  struct buf *out, struct err *err);

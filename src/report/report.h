/* SPDX-License-Identifier: Apache-2.0 */
/* report/report.h - results as text for people and as JSON for programs
 * (docs/json.md). Everything is appended to a buffer; only cli/ prints. */
#pragma once
#include "analyze/analysis.h"
#include "analyze/drop.h"
#include "shrink/result.h"
#include "tree/compare.h"

enum { REPORT_SCHEMA = 1, REPORT_MAX_LOG = 32 };

struct text_style {
	bool color;
	bool verbose;	/* every path of a finding, digests in full */
	unsigned width; /* of tables, in columns */
};

must_check int report_analysis_text(const struct analysis *a,
				    const struct text_style *style,
				    struct buf *out, struct err *err);
/* One image's object, or {"schema", "platforms": [...]} for several. */
must_check int report_analysis_json(const struct analysis *v, size_t n,
				    struct buf *out, struct err *err);

/* What was asked for: source and destination as the user named them. */
struct report_job {
	const char *command;		/* "optimize" */
	struct str source, destination; /* destination empty for a dry run */
	const struct dropping *drops;	/* one an image; NULL: no rule named */
};
/* What was done, or would be. */
must_check int report_optimize_text(const struct optimize_result *r,
				    const struct report_job *job,
				    const struct text_style *style,
				    struct buf *out, struct err *err);
must_check int report_optimize_json(const struct optimize_result *r,
				    const struct report_job *job,
				    struct buf *out, struct err *err);

/* One line a name: bytes, rule, package or "-", and the path, quoted. */
must_check int report_removed_list(const struct tree *t,
				   const struct dropping *d, struct buf *out,
				   struct err *err);
/* The rules there are (docs/drop-rules.md). */
must_check int report_drop_list_text(const struct text_style *style,
				     struct buf *out, struct err *err);
must_check int report_drop_list_json(struct buf *out, struct err *err);

struct history_style {
	bool color, no_trunc;
	bool human;	/* else times and bytes as they are */
	bool wire;	/* set by the report */
	unsigned width; /* of the table, in columns */
};
/* Newest first, as docker history. */
must_check int report_history_text(const struct loaded_image *li,
				   const struct history_style *style,
				   struct buf *out, struct err *err);
must_check int report_history_json(const struct loaded_image *v, size_t n,
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
				      struct buf *out, struct err *err);
must_check int report_difference_json(const struct tree_difference *d,
				      bool first, struct buf *out,
				      struct err *err);
must_check int report_verify_text(const struct verification *v, struct buf *out,
				  struct err *err);
must_check int report_verify_json(const struct verification *v, struct buf *out,
				  struct err *err);
/* Several platforms; alone: differences (JSON) for those that one image
 * lacks. */
must_check int report_verify_platforms_json(const struct verification *v,
					    size_t n, struct str alone,
					    struct buf *out, struct err *err);

/* SPDX-License-Identifier: Apache-2.0 */
/* report/analysis_page.h - the text of one image, part by part (private to
 * analysis_*.c). What they share is in analysis_page.c. */
#pragma once
#include "report/report.h"
#include "report/table.h"

struct page {
	const struct analysis *a;
	const struct tree *t;
	const struct text_style *style;
	const struct report_show *show;
	struct buf *out;
};

/* Escapes of a colour terminal; empty where there is none. */
const char *report_page_bold(const struct page *p);
const char *report_page_plain(const struct page *p);
/* "/a/b". */
must_check int report_page_path(const struct page *p, uint32_t node,
				struct buf *to, struct err *err);
/* A table for the page. */
struct table report_page_table(const struct page *p,
			       const struct column *columns, size_t n);
/* Rows to show of n: --top, else all. */
size_t report_page_top(const struct page *p, size_t n);
/* The instruction that made a layer, or what stands for it. */
must_check int report_page_instruction(const struct page *p, uint32_t layer,
				       struct buf *to, struct err *err);

/* The first screen (analysis_screen.c). */
must_check int report_page_screen(const struct page *p, struct err *err);
/* The parts of --show (analysis_parts.c). */
must_check int report_page_layers(const struct page *p, struct err *err);
must_check int report_page_files(const struct page *p, struct err *err);
must_check int report_page_tree(const struct page *p, struct err *err);
must_check int report_page_findings(const struct page *p, struct err *err);
/* The findings alone, without the costliest dead copies. */
must_check int report_page_finding_list(const struct page *p, struct err *err);

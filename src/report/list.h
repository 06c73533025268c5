/* SPDX-License-Identifier: Apache-2.0 */
/* report/list.h - what stands in a directory of an image. */
#pragma once
#include "report/report.h"
#include "work/list.h"

struct report_list {
	const struct work_list *list;
	bool in_full; /* a line with mode, owner, size and time each */
};
/* As ls: a name a line, escaped as buf_shown does it. */
must_check int report_list_text(const struct report_list *r,
				const struct text_style *style, struct buf *out,
				struct err *err);
must_check int report_list_json(const struct report_list *r,
				const struct text_style *style, struct buf *out,
				struct err *err);

/* How an entry's type is called in JSON, and the letter that ls has for it. */
struct list_type {
	const char *name;
	char letter;
};
struct list_type report_list_type(const struct tree_entry *e);
/* "2001-09-09T01:46:40Z", fractions of a second only where there are some. */
struct list_time {
	char text[64];
};
struct list_time report_list_time(struct instant t);

/* SPDX-License-Identifier: Apache-2.0 */
/* report/findings_source.h - the lines that a finding stands in, with carets. */
#pragma once
#include "report/findings_parts.h"

/* Appends the lines with numbers in front and carets below. Tabs become
 * blanks, what a terminal would obey is shown as \xHH, of a long line the
 * part around the finding is shown, of many lines the first and the last.
 * ink switches colour on, "" for none. */
must_check int report_add_source(const struct finding_list *file,
				 const struct finding *f, const char *ink,
				 struct buf *out, struct err *err);
